"""Customers that come again: known by their number, compared, asked about without one (FIL-1, CUS-3, CUS-4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.check import check
from ordersdesk.customers.finding import duplicate_queries
from ordersdesk.customers.finding.find_queries import find
from ordersdesk.customers.model.queries import ADDRESS, CUSTOMER, PHONE
from ordersdesk.files.imports import Plan, commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer, as_role
from tests.files.tables import text
from tests.files.test_imports import rows, said


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return as_role(desk, "manager")


def brought(desk: Desk, path: Path, *, source: str = "", update: bool = False) -> Plan:
    """Import customers, from a system with a name if it has one."""
    table = f'kind="customers"\nsource="{source}"\n[fields]\nnumber="No"\nname="Name"\nterritory="Area"\n'
    mapping = text(path.parent, table, name="m.toml") if source else None
    planned = plan(desk, "customers", path, mapping, update=update)
    commit(desk, planned, keep_good=True)
    return planned


def test_a_customer_of_another_system_that_differs_is_told_and_written_when_asked(boss: Desk, tmp_path: Path) -> None:
    head = "No,Name,Area\n"
    brought(boss, text(tmp_path, head + "K1,Li,North\nK2,Wu,North\n"), source="old")
    path = text(tmp_path, head + "K1,Li,South\nK2,Wu,North\n", name="new.csv")

    left, written, again = (brought(boss, path, source="old", update=update) for update in (False, True, True))

    assert [each.counts for each in (left, written, again)] == [
        Counts(same=1, differs=1), Counts(changed=1, same=1), Counts(same=2),
    ]  # fmt: skip
    assert [(each.row, each.column, each.value) for each in left.problems.remarks.first(9)] == [
        (2, "Area", "North → South")
    ]
    assert rows(boss, CUSTOMER.c.name, CUSTOMER.c.territory) == [("Li", "South"), ("Wu", "North")]


def test_the_number_of_the_old_system_finds_its_customer_and_is_shown(boss: Desk, tmp_path: Path) -> None:
    brought(boss, text(tmp_path, "No,Name,Area\nCG-12520,Claire Gute,North\n"), source="old")

    assert [(each.number, each.matched) for each in find(boss, "cg-125")] == [("C000001", "CG-12520")]
    assert [fault for proof in check(boss) for fault in proof.faults] == []


def test_one_bad_phone_spoils_none_beside_it(boss: Desk, tmp_path: Path) -> None:
    planned = brought(boss, text(tmp_path, "Name,Phone,Territory\nLi,62345678、1380013800,North\nWu,12,North\n"))

    assert ([number for (number,) in rows(boss, PHONE.c.e164)], said(planned)) == (
        ["+862162345678"], {(3, "CUS-3", "Phone")},
    )  # fmt: skip
    assert [(each.row, each.rule) for each in planned.problems.remarks.first(9)] == [(2, "CUS-3")]
    assert rows(boss, CUSTOMER.c.note) == [("Phone: 62345678、1380013800",)]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Xu,13800138000,South", True),
        ("明远办公,62345678,浦东", True),
        ("明远办公,62345678,South", False),
        ("Xu,62345678,South", False),
    ],
)
def test_a_customer_without_a_number_is_asked_about_as_at_the_desk(
    boss: Desk, tmp_path: Path, line: str, asked: bool
) -> None:
    a_customer(boss)

    planned = plan(boss, "customers", text(tmp_path, f"Name,Phone,Territory\n{line}\n"))

    assert said(planned) == ({(2, "CUS-4", "Name")} if asked else set())


@pytest.mark.parametrize(
    ("name", "territory", "asked"),
    [
        ("明远办公有限公司", "浦东", True),
        ("明远办公（有限公司）", "South", False),
        ("明远商行", "浦东", False),
        ("ACME Trading Ltd", "浦东", True),
        ("Acme-Trading", "浦东", True),
        ("Acme Trade", "浦东", False),
    ],
)
def test_a_name_that_differs_by_its_legal_form_only_is_asked_about(
    boss: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, territory: str, asked: bool
) -> None:
    head = "Name,Phone,Territory\n"
    brought(boss, text(tmp_path, head + "明远办公,62345671,浦东\nACME Trading Limited,62345672,浦东\n"))
    path = text(tmp_path, f"{head}{name},62345678,{territory}\n", name="n.csv")

    for names_read in (0, 10):  # a large book is looked up in, a small one read
        monkeypatch.setattr(duplicate_queries, "READ", names_read)
        assert said(plan(boss, "customers", path)) == ({(2, "CUS-4", "Name")} if asked else set())


def test_two_rows_that_may_be_one_customer_are_asked_about_before_they_are_two(boss: Desk, tmp_path: Path) -> None:
    head = "Name,Phone,Territory,Another customer because\n"
    lines = "Li Ltd,62345678,North,\nLi Limited,62345679,North,\nLi,62345670,North,his cousin\n"

    planned = brought(boss, text(tmp_path, head + lines))

    assert (said(planned), planned.counts) == ({(3, "CUS-4", "Name")}, Counts(new=2))
    assert [note for (note,) in rows(boss, CUSTOMER.c.note)] == ["", "Another customer, because: his cousin"]


def test_addresses_get_their_province_and_those_without_one_are_named(boss: Desk, tmp_path: Path) -> None:
    lines = "Li,62345678,A,江苏省苏州市观前街1号\nWu,62345679,B,中山路8号\nHe,62345670,浦东,浦东大道8号\n"

    planned = brought(boss, text(tmp_path, "Name,Phone,Territory,Address\n" + lines))

    assert rows(boss, ADDRESS.c.id, ADDRESS.c.region) == [(1, "江苏"), (2, ""), (3, "上海")]
    assert [(each.row, each.rule, each.message.partition(":")[0]) for each in planned.problems.remarks.first(9)] == [
        (3, "CUS-12", "names no province"),
        (4, "CUS-12", "names no city"),
    ]


CARD = "No,Name,Area,Contact,Phone,Address\n"
ROW = "K1,Li,North,王芳,13800138000,江苏省苏州市观前街1号\n"


def card_of(desk: Desk, path: Path, *, update: bool) -> Plan:
    """Import customers with contact, phone and address from a system with a name."""
    ours = ("number", "name", "territory", "contact", "phone", "address")
    fields = "".join(f'{name} = "{column}"\n' for name, column in zip(ours, CARD.strip().split(","), strict=True))
    mapping = text(path.parent, f'kind="customers"\nsource="old"\n[fields]\n{fields}', name="c.toml")
    planned = plan(desk, "customers", path, mapping, update=update)
    commit(desk, planned, keep_good=True)
    return planned


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (ROW.replace("13800138000", "62345678/13800138000"), "Phone", "+8613800138000 → +862162345678"),
        (ROW.replace("王芳", "李明"), "Contact", "王芳 → 李明"),
        (ROW.replace("观前街1号", "观前街2号"), "Address", "江苏省苏州市观前街1号 → 江苏省苏州市观前街2号"),
    ],
)
def test_contact_phone_and_address_of_a_known_customer_are_compared_too(
    boss: Desk, tmp_path: Path, row: str, field: str, value: str
) -> None:
    card_of(boss, text(tmp_path, CARD + ROW), update=False)
    path = text(tmp_path, CARD + row, name="new.csv")

    left, written, again = (card_of(boss, path, update=update) for update in (False, True, True))

    assert [(each.column, each.value) for each in left.problems.remarks.first(9)] == [(field, value)]
    assert [each.counts for each in (left, written, again)] == [Counts(differs=1), Counts(changed=1), Counts(same=1)]
    assert [each.number for each in find(boss, "K1")] == ["C000001"]
    assert [fault for proof in check(boss) for fault in proof.faults] == []


def test_what_a_file_adds_to_a_card_takes_nothing_away_and_is_found(boss: Desk, tmp_path: Path) -> None:
    card_of(boss, text(tmp_path, CARD + ROW), update=False)
    card_of(boss, text(tmp_path, CARD + "K1,Li,North,李明,62345678,江苏省苏州市观前街2号\n", name="n.csv"), update=True)

    asked = ("李明", "王芳", "62345678", "13800138000", "观前街2号")
    assert [[each.number for each in find(boss, typed)] for typed in asked] == [["C000001"]] * 5
    assert rows(boss, PHONE.c.e164, PHONE.c.contact_id) == [("+8613800138000", 1), ("+862162345678", 2)]
    assert [region for (region,) in rows(boss, ADDRESS.c.region)] == ["江苏", "江苏"]


def test_a_bad_phone_of_a_known_customer_is_named(boss: Desk, tmp_path: Path) -> None:
    card_of(boss, text(tmp_path, CARD + ROW), update=False)

    planned = card_of(boss, text(tmp_path, CARD + ROW.replace("13800138000", "12"), name="n.csv"), update=True)

    assert said(planned) == {(2, "CUS-3", "Phone")}

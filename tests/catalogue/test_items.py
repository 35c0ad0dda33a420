"""Adding, changing and taking in items (CAT-1, CAT-2), on both databases."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.actions import add_item, add_many, edit_item
from ordersdesk.catalogue.queries import ITEM, TERM, UNIT
from ordersdesk.catalogue.writing import Taken
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from tests.builders import as_role

PAPER = {"code": "a4-80", "name": "复印纸", "unit": "包", "list_price": Decimal("25.00"), "packs": "箱=5"}


@pytest.fixture
def planner(desk: Desk) -> Desk:
    return as_role(desk, "planning")


def stored(desk: Desk, code: str = "A4-80") -> dict[str, Any]:
    with desk.reading() as session:
        row = session.connection().execute(select(ITEM).where(ITEM.c.code == code)).mappings().one()
        return dict(row)


def term_pairs(desk: Desk, item_id: int) -> set[tuple[str, str]]:
    with desk.reading() as session:
        rows = session.connection().execute(select(TERM.c.why, TERM.c.term).where(TERM.c.owner_id == item_id))
        return {(row.why, row.term) for row in rows}


def taken(desk: Desk, *rows: dict[str, Any]) -> Taken:
    return desk.database.write(lambda session: add_many(desk, session, rows))


def test_a_new_item_gets_its_mnemonic_terms_and_packs(planner):
    assert add_item(planner, PAPER) == "A4-80"
    row = stored(planner)
    assert (row["mnemonic"], row["version"], row["list_price"], row["tax_rate"]) == ("FYZ", 1, Decimal("25.00"), 13)
    assert {("name", "复印纸"), ("name", "fyz"), ("code", "a480"), ("mnemonic", "fyz")} <= term_pairs(
        planner, row["id"]
    )
    with planner.reading() as session:
        assert [*session.connection().execute(select(UNIT.c.name, UNIT.c.factor))] == [("箱", 5)]


def test_a_code_is_given_once(planner):
    add_item(planner, PAPER)
    with pytest.raises(Refused, match="item A4-80 already") as refused:
        add_item(planner, PAPER)
    assert (refused.value.rule, refused.value.field) == ("CAT-1", "code")


def test_only_planning_manager_and_administrator_change_the_catalogue(desk):
    for attempt in (lambda: add_item(desk, PAPER), lambda: edit_item(desk, "A4-80", {}), lambda: taken(desk, PAPER)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.rule == "USR-2"


def test_a_changed_name_moves_the_terms_and_the_made_mnemonic(planner):
    add_item(planner, PAPER)
    edit_item(planner, "a4-80", {"name": "打印纸"}, version=1)
    row = stored(planner)
    assert (row["name"], row["mnemonic"], row["version"]) == ("打印纸", "DYZ", 2)
    assert {term for why, term in term_pairs(planner, row["id"]) if why in ("name", "mnemonic")} == {
        term for why, term in particulars.terms(row) if why in ("name", "mnemonic")
    }


def test_a_mnemonic_somebody_chose_stays(planner):
    add_item(planner, PAPER | {"mnemonic": "zhi"})
    edit_item(planner, "A4-80", {"name": "打印纸"})
    assert stored(planner)["mnemonic"] == "ZHI"


def test_an_edit_over_somebody_elses_is_stale(planner):
    add_item(planner, PAPER)
    edit_item(planner, "A4-80", {"brand": "得力"}, version=1)
    with pytest.raises(Stale):
        edit_item(planner, "A4-80", {"brand": "晨光"}, version=1)
    assert stored(planner)["brand"] == "得力"


def test_an_edit_that_changes_nothing_leaves_the_version(planner):
    add_item(planner, PAPER)
    edit_item(planner, "A4-80", {"unit": "包", "packs": {"箱": 5}})
    assert stored(planner)["version"] == 1


@pytest.mark.parametrize(
    ("code", "changes", "says"),
    [
        ("NONE", {}, "no item NONE"),
        ("\x00", {}, "no item"),
        ("A4-80", {"code": "B5"}, "never changes"),
        ("A4-80", {"name": " "}, "name is missing"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(planner, code, changes, says):
    add_item(planner, PAPER)
    with pytest.raises(Refused, match=says) as refused:
        edit_item(planner, code, changes)
    assert refused.value.rule == "CAT-1"


def test_packs_are_replaced_by_an_edit(planner):
    add_item(planner, PAPER)
    edit_item(planner, "A4-80", {"packs": "盒=2，箱=10"})
    with planner.reading() as session:
        rows = session.connection().execute(select(UNIT.c.name, UNIT.c.factor).order_by(UNIT.c.factor))
        assert [*rows] == [("盒", 2), ("箱", 10)]


def test_many_items_come_in_and_again_change_nothing(planner):
    rows = [{"code": f"i{number}", "name": f"商品{number}", "packs": {"箱": 12}} for number in range(1201)]
    assert taken(planner, *rows) == Taken(added=1201)
    assert taken(planner, *rows) == Taken(same=1201)
    assert taken(planner, {"code": "I7", "list_price": Decimal("3.5")}, {"code": "I8"}) == Taken(changed=1, same=1)
    assert stored(planner, "I7")["list_price"] == Decimal("3.50")
    assert stored(planner, "I7")["name"] == "商品7"


def test_the_progress_of_an_import_is_told(planner):
    told: list[int] = []
    rows = [{"code": f"I{number}", "name": "x"} for number in range(700)]
    planner.database.write(lambda session: add_many(planner, session, rows, done=told.append))
    assert told == [500, 700]


def test_of_two_rows_with_one_code_the_fields_come_together(planner):
    assert taken(planner, {"code": "I1", "name": "old"}, {"code": "i1", "name": "new", "brand": "B"}) == Taken(added=1)
    assert (stored(planner, "I1")["name"], stored(planner, "I1")["brand"]) == ("new", "B")


def test_a_wrong_row_takes_the_whole_import_back(planner):
    with pytest.raises(Refused):
        taken(planner, PAPER, {"code": "NEW"})
    with planner.reading() as session:
        assert session.connection().execute(select(ITEM.c.id)).all() == []


@pytest.mark.parametrize(
    ("values", "rule", "field"),
    [
        ({"code": ""}, "CAT-1", "code"),
        ({"name": ""}, "CAT-1", "name"),
        ({"code": "x\x00"}, "FIL-3", "code"),
        ({"name": "\x1b[31mred"}, "FIL-3", "name"),
        ({"name": "长" * 201}, "FIL-3", "name"),
        ({"category": "food"}, "CAT-1", "category"),
        ({"listing": "secret"}, "CAT-1", "listing"),
        ({"list_price": Decimal("-0.01")}, "CAT-1", "list_price"),
        ({"list_price": Decimal("NaN")}, "CAT-1", "list_price"),
        ({"list_price": 1.1}, "CAT-1", "list_price"),
        ({"tax_rate": 12}, "CAT-1", "tax_rate"),
        ({"weight_g": -1}, "CAT-1", "weight_g"),
        ({"weight_g": 2**31}, "CAT-1", "weight_g"),
        ({"weight_g": True}, "CAT-1", "weight_g"),
        ({"packs": "箱"}, "CAT-1", "packs"),
        ({"packs": "箱=1"}, "CAT-1", "packs"),
        ({"packs": {"箱": 0}}, "CAT-1", "packs"),
        ({"size": 3}, "CAT-1", "size"),
    ],
)
def test_what_an_item_cannot_be_is_refused_at_its_field(policy, values, rule, field):
    with pytest.raises(Refused) as refused:
        particulars.complete(particulars.checked(PAPER | values, policy))
    assert (refused.value.rule, refused.value.field) == (rule, field)


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("", {}),
        ("盒=12, 箱=240", {"盒": 12, "箱": 240}),
        ("盒12 箱240", {"盒": 12, "箱": 240}),
        ("box: 12; carton*24", {"box": 12, "carton": 24}),
    ],
)
def test_packs_are_read_as_people_write_them(text, packs):
    assert particulars.packs(text) == packs


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("得力复印纸A4 80g", "DLFYZA480G"),
        ("重庆火锅", "CQHG"),
        ("Bush Somerset Bookcase 2 Shelf", "BSB2S"),
        ("Pencil", "PENCIL"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_mnemonics_are_made_from_the_name(name, made):
    assert particulars.mnemonic(name) == made

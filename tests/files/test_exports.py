"""Exports: what names people needs a manager and is on record; what goes out can come in again (FIL-2, USR-5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from ordersdesk.files.exports import export
from ordersdesk.files.imports import plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.files.tables.reading import read
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import submit
from tests.builders import a_customer, a_draft, an_item, as_role
from tests.files.tables import cells

TIMELINE = table_of(Timeline)


@pytest.mark.parametrize("kind", ["customers", "orders"])
def test_an_agent_does_not_export_what_names_people(desk: Desk, tmp_path: Path, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        export(desk, kind, tmp_path / "out.csv")

    assert (refused.value.rule, (tmp_path / "out.csv").exists()) == ("USR-2", False)


def test_an_export_of_customers_is_on_record(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)

    assert export(as_role(desk, "manager"), "customers", tmp_path / "out.xlsx") == 1

    chosen = select(TIMELINE.c.by, TIMELINE.c.note, TIMELINE.c.rule).where(TIMELINE.c.kind == "export")
    with desk.reading() as session:
        assert [tuple(row) for row in session.connection().execute(chosen)] == [("mei", "customers", "USR-5")]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", ["customers", "items"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_goes_out_comes_in_again_unchanged(desk: Desk, tmp_path: Path, code: str, kind: str, ending: str) -> None:
    boss = as_role(desk, "manager")
    a_customer(desk, name="=1+1 & 王", note="two\nlines", credit_limit=5000)
    an_item(desk, mnemonic="FYZ", warranty_months=12)
    language.use(code)

    export(boss, kind, tmp_path / f"out{ending}")

    assert plan(boss, kind, tmp_path / f"out{ending}").counts == Counts(same=1)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_codes_that_look_like_numbers_come_back_as_they_were(desk: Desk, tmp_path: Path, ending: str) -> None:
    codes = ["00123", "1E5", "3-4", "TRUE"]
    for code in codes:
        an_item(desk, code, barcode="0012345678905" if code == "00123" else "")

    export(as_role(desk, "manager"), "items", tmp_path / f"out{ending}")

    again = plan(as_role(desk, "manager"), "items", tmp_path / f"out{ending}")
    assert (again.counts, [row.values["code"] for row in again.sample]) == (Counts(same=4), codes)
    assert again.sample[0].values["barcode"] == "0012345678905"


def test_orders_go_out_line_by_line(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, "A1", price="2.00", stock=9)
    an_item(desk, "A2", price="3.00", stock=9)
    submit(desk, a_draft(("A1", 2), ("A2", 1)))

    export(as_role(desk, "manager"), "orders", tmp_path / "out.csv")

    sheet = read(tmp_path / "out.csv")
    wanted = [sheet.columns.index(name) for name in ("Order number", "Customer number", "Item code", "Amount", "State")]
    assert [[row[place] for place in wanted] for row in cells(sheet)] == [
        ["SO20261123-0001", "C100001", "A1", "4.00", "confirmed"],
        ["SO20261123-0001", "C100001", "A2", "3.00", "confirmed"],
    ]


def test_another_kind_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        export(desk, "users", tmp_path / "out.csv")

    assert refused.value.rule == "FIL-2"

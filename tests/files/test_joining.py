"""A second file beside the first: heads of orders, bar codes of products; what matches nothing or twice is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.files.imports import Plan, bad_rows, commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.files.mapping.joining import Join
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import LINE
from tests.builders import a_customer, an_item, as_role
from tests.datasets import dataset
from tests.files.tables import text
from tests.files.test_imports import rows

PRODUCTS = "Item code,Name\nA1,Pen\nA2,Ink\n"


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return as_role(desk, "manager")


def joined(boss: Desk, folder: Path, second: str, *, kind: str = "items", first: str = PRODUCTS, on: str = "Item code",
           theirs: str = "") -> Plan:  # fmt: skip
    text(folder, second, name="second.csv")
    join = Join("second.csv", on, theirs or on)
    return plan(boss, kind, text(folder, first), join=join, history=kind == "orders")


def named(planned: Plan) -> set[tuple[int, str, str]]:
    """Return what is said of which row and column, problems and remarks."""
    every = [*planned.problems.first(99), *planned.problems.remarks.first(99)]
    return {(each.row, each.column, each.message) for each in every}


def test_bar_codes_come_out_of_a_second_file(boss: Desk, tmp_path: Path) -> None:
    planned = joined(boss, tmp_path, "code,EAN\na2,6901826888138\nＡ1,6911266881088\n", theirs="code")
    commit(boss, planned)

    assert named(planned) == set()
    assert rows(boss, ITEM.c.code, ITEM.c.barcode) == [("A1", "6911266881088"), ("A2", "6901826888138")]


def test_what_matches_nothing_is_named_by_row_and_comes_in_without(boss: Desk, tmp_path: Path) -> None:
    planned = joined(boss, tmp_path, "Item code,EAN\nA1,6901826888138\nA9,6911266881088\n,1\n")

    assert planned.counts == Counts(new=2)
    assert named(planned) == {
        (3, "Item code", "is not in the file joined"),
        (3, "second.csv: Item code", "is joined to no row"),
        (4, "second.csv: Item code", "has no key to be joined by"),
    }


def test_a_key_that_stands_twice_is_named_and_its_rows_are_not_taken(boss: Desk, tmp_path: Path) -> None:
    planned = joined(boss, tmp_path, "Item code,EAN\nA1,6901826888138\nA1,6911266881088\nA2,1\nA2,1\n")

    assert planned.counts == Counts(new=1)
    assert named(planned) == {
        (2, "", "its key stands more than once in the file joined"),
        (2, "second.csv: Item code", "stands there more than once, and not the same"),
        (3, "second.csv: Item code", "stands there more than once, and not the same"),
    }


def test_bad_rows_are_written_as_the_first_file_has_them_and_joined_again(boss: Desk, tmp_path: Path) -> None:
    first, heads = "No,Item code,Quantity,Price\n1,A1,many,5\n", "No,Date,Customer\n1,2026-11-20,C100001\n"
    a_customer(boss)
    an_item(boss, "A1")
    planned = joined(boss, tmp_path, heads, kind="orders", first=first.replace("No", "Order number"),
                     on="Order number", theirs="No")  # fmt: skip
    bad = tmp_path / "bad.csv"

    assert bad_rows(planned, bad) == 1
    assert bad.read_text("utf-8-sig").splitlines()[0].split(",")[:3] == ["Order number", "Item code", "Quantity"]
    mended = text(tmp_path, bad.read_text("utf-8-sig").replace("many", "2"), name="mended.csv")
    again = plan(boss, "orders", mended, join=Join("second.csv", "Order number", "No"), history=True)
    assert (again.counts, len(again.problems)) == (Counts(new=1), 0)


def test_a_column_of_both_files_is_the_first_files(boss: Desk, tmp_path: Path) -> None:
    commit(boss, joined(boss, tmp_path, "Item code,Name,EAN\nA1,Stift,6901826888138\nA2,Tinte,\n"))

    assert rows(boss, ITEM.c.code, ITEM.c.name) == [("A1", "Pen"), ("A2", "Ink")]


def test_a_mapping_joins_lines_to_their_heads_and_takes_the_discount_off(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss)
    an_item(boss, "A1")
    text(tmp_path, "no,d,c\n7,2026-11-20,C100001\n", name="heads.csv")
    table = 'kind = "orders"\n[join]\nfile = "heads.csv"\non = "order"\ntheirs = "no"\n[fields]\nnumber = "order"\n'
    table += 'date = "d"\ncustomer = "c"\nitem = "i"\nquantity = "q"\nprice = "p"\ndiscount = "off"\n'
    lines = text(tmp_path, "order,i,q,p,off\n7,A1,3,19.99,15%\n")

    commit(boss, plan(boss, "orders", lines, text(tmp_path, table, name="m.toml"), history=True))

    assert rows(boss, LINE.c.price, LINE.c.amount) == [(Decimal("16.99"), Decimal("50.97"))]


@pytest.mark.parametrize("join", ['on = "a"', 'file = "b.csv"', 'file = "b.csv"\non = 1', 'by = "a"'])
def test_a_join_that_says_too_little_is_refused_by_its_entry(boss: Desk, tmp_path: Path, join: str) -> None:
    mapping = text(tmp_path, f'kind = "items"\n[join]\n{join}\n[fields]\nname = "n"\n', name="m.toml")

    with pytest.raises(Refused) as refused:
        plan(boss, "items", text(tmp_path, "n\nPen\n"), mapping)
    assert (refused.value.rule, str(refused.value.field).partition(".")[0]) == ("FIL-1", "join")


def test_a_column_that_is_not_there_is_refused_with_those_that_are(boss: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"second.csv has no column “EAN” to join on; it has: code"):
        joined(boss, tmp_path, "code\n1\n", theirs="EAN")


def test_another_sheet_of_the_same_workbook_is_joined(boss: Desk, tmp_path: Path) -> None:
    made = Workbook()
    first, second = made.worksheets[0], made.create_sheet("EAN")
    for sheet, rows_ in ((first, [("Item code", "Name"), (1, "Pen")]), (second, [("Item code", "EAN"), (1, "123")])):
        for row in rows_:
            sheet.append(row)
    made.save(tmp_path / "book.xlsx")

    planned = plan(boss, "items", tmp_path / "book.xlsx", join=Join("", "Item code", "Item code", sheet="EAN"))

    assert (planned.counts, named(planned)) == (Counts(new=1), set())


def test_a_samples_lines_and_heads_come_in_together(boss: Desk) -> None:
    taken: list[tuple[int, int, int]] = []
    for kind, name in (("items", "products"), ("customers", "customers"), ("orders", "order-details")):
        path = dataset(f"northwind/csv/{name}.csv")
        planned = plan(boss, kind, path, Path(f"northwind-{kind}"), history=kind == "orders")
        commit(boss, planned, keep_good=True)
        taken.append((planned.rows, planned.counts.new, len(planned.problems)))

    # 176 heads and 24 customers hold commas without quotes: their lines are named.
    assert taken == [(77, 77, 0), (91, 67, 24), (2155, 654, 439)]

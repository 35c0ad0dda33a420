"""Mapping files and the values they make; what is wrong is refused by entry, what is odd is said by row (FIL-1)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.files.mapping.mapping import default
from ordersdesk.files.mapping.mapping_file import load
from ordersdesk.files.mapping.rows import Bad, LeftOut, Mapped, outcomes
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.refusals import Refused
from tests.files.tables import book, text

TODAY = date(2026, 11, 23)


def mapped(mapping: str, kind: str, path: Path) -> list[Any]:
    """Read a file through a mapping file, or through its own headers when the mapping is empty."""
    plan = load(text(path.parent, mapping, name="mapping.toml"), kind) if mapping else default(kind)
    sheet = plan.opened(path)
    return list(outcomes(plan.fitted(sheet), sheet, today=TODAY))


def values(mapping: str, kind: str, path: Path) -> list[dict[str, Any]]:
    """Return the values of the good rows."""
    return [dict(row.values) for row in mapped(mapping, kind, path) if isinstance(row, Mapped)]


def test_our_own_headers_need_no_mapping_in_either_language(tmp_path: Path) -> None:
    english = text(tmp_path, "Item code,Name,List price,Discontinued\nA1,Pen,2.5,no\n", name="en.csv")
    chinese = text(tmp_path, "商品编码,商品名称,单价,停产\nA1,Pen,2.50,否\n", encoding="gb18030", name="zh.csv")

    one = {"code": "A1", "name": "Pen", "list_price": Decimal("2.50"), "discontinued": False}
    assert values("", "items", english) == values("", "items", chinese) == [one]


ORDERS = """
kind = "orders"
key = ["number", "customer"]
[file]
empty = ["NULL"]
[fields]
number = "Order"
date = { column = "When", format = "%d.%m.%Y" }
customer = { template = "{Firm}-{Site}" }
item = { column = "Goods", take = '^(\\w+)' }
quantity = "Pieces"
amount = { column = "Sum", decimal = "," }
payment = { column = "Paid", values = { Bar = "cash", Rechnung = "account" } }
channel = { constant = "web" }
note = { column = "Remark", default = "none" }
[[skip]]
column = "Order"
starts = "C"
reason = "a cancellation"
"""
HEADER = "Order,When,Firm,Site,Goods,Pieces,Sum,Paid,Remark\n"


def test_a_mapping_fits_a_foreign_layout(tmp_path: Path) -> None:
    path = text(tmp_path, HEADER + '7,31.12.2025,F1,2,A1 pen,3,"1.234,50",bar,NULL\nC8,,,,,,,,\n')

    good, left_out = mapped(ORDERS, "orders", path)

    assert left_out == LeftOut(3, "a cancellation")
    assert good.values == {
        "number": "7",
        "date": datetime(2025, 12, 31),
        "customer": "F1-2",
        "item": "A1",
        "quantity": 3,
        "amount": Decimal("1234.50"),
        "payment": "cash",
        "channel": "web",
        "note": "none",
    }


def test_everything_wrong_in_a_row_is_said_by_column(tmp_path: Path) -> None:
    path = text(tmp_path, HEADER + "7,2025-12-31,F1,2,,2.5,1.23,Gold,\n")

    (bad,) = mapped(ORDERS, "orders", path)

    assert isinstance(bad, Bad)
    assert {(problem.column, problem.value, problem.message) for problem in bad.problems} == {
        ("When", "2025-12-31", "is no date that exists, or not in the format given"),
        ("Goods", "", "is missing"),
        ("Pieces", "2.5", "is no whole number"),
        ("Sum", "1.23", "is no number"),
        ("Paid", "Gold", "is no value the mapping knows"),
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-31", datetime(2026, 1, 31)),
        ("2026/1/31 8:05", datetime(2026, 1, 31, 8, 5)),
        ("2026年1月31日", datetime(2026, 1, 31)),
        ("20260131", datetime(2026, 1, 31)),
        ("2011-01-07 0:00:00", datetime(2011, 1, 7)),
        ("31/01/2026", "is no date like 2026-01-31; the mapping can name another format, such as DD/MM/YYYY"),
        ("2026-02-30", "is no date that exists, or not in the format given"),
        ("0001-01-01", "is a date no order desk has seen"),
    ],
)
def test_dates_are_read_when_they_can_mean_one_day_only(tmp_path: Path, written: str, read: object) -> None:
    path = text(tmp_path, f"Order,Date,Customer,Item,Qty\n1,{written},C1,A1,1\n")

    (row,) = mapped("", "orders", path)

    assert (row.values["date"] if isinstance(row, Mapped) else row.problems[0].message) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("￥１２.5", Decimal("12.50")),
        ("731.9399999999999", Decimal("731.94")),
        ("0.005", Decimal("0.01")),
        ("1,5", None),
        ("12 pieces", None),
        ("NaN", None),
        ("1e99", None),
        ("9" * 20, None),
    ],
)
def test_amounts_are_read_when_they_can_mean_one_sum_only(tmp_path: Path, written: str, read: Decimal | None) -> None:
    path = text(tmp_path, f'Item code,Name,Price\nA1,Pen,"{written}"\n')

    (row,) = mapped("", "items", path)

    assert (row.values["list_price"] if isinstance(row, Mapped) else None) == read


def test_what_a_workbook_holds_typed_is_taken_as_it_is(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER.strip().split(","), [7.0, datetime(2025, 12, 31), "F", 2.0, "A1", 3.0, 1.5, "bar", ""])

    (row,) = values(ORDERS, "orders", path)

    assert (row["number"], row["date"], row["customer"], row["amount"]) == (
        "7",
        datetime(2025, 12, 31),
        "F-2",
        Decimal("1.50"),
    )


def test_days_ago_and_a_spreadsheets_day_numbers_are_dates(tmp_path: Path) -> None:
    head = 'kind = "orders"\n[fields]\nnumber = "n"\ncustomer = "n"\nitem = "n"\nquantity = "n"\n'
    path = text(tmp_path, "n,ago,serial\n1,3,45000\n")
    mapping = head + 'date = { column = "ago", format = "days ago" }\n'
    mapping += 'delivery_date = { column = "serial", format = "excel" }\n'

    (row,) = values(mapping, "orders", path)

    assert (row["date"], row["delivery_date"]) == (datetime(2026, 11, 20), date(2023, 3, 15))


def test_cents_are_carried_so_that_the_totals_stay_true(tmp_path: Path) -> None:
    mapping = ORDERS.replace('decimal = ","', 'carry = "Paid"').replace('empty = ["NULL"]\n', "")
    rows = "".join(f"{n},31.12.2025,F1,2,A1,1,{sum_},bar,\n" for n, sum_ in enumerate(("0.004",) * 5 + ("0.01",)))

    amounts = [row["amount"] for row in values(mapping, "orders", text(tmp_path, HEADER + rows))]

    assert (sum(amounts), amounts[-1]) == (Decimal("0.03"), Decimal("0.01"))


WRONG = {
    "no toml": ("kind = [", "it is no TOML"),
    "of another kind": ('kind = "stock"', "“kind” is wrong: it maps stock, not items"),
    "an unknown entry": ("colour = 1", "“colour” is wrong: there is no such entry"),
    "an unknown field": ('[fields]\nprise = "a"', "“fields.prise” is wrong: there is no such field"),
    "a required field left out": ('[fields]\ncode = "a"', "“fields” is wrong: it does not say where to find: name"),
    "two places for one field": (
        '[fields]\nname = "a"\ncode = { column = "a", constant = "b" }',
        "“fields.code” is wrong: it needs one of column, template or constant",
    ),
    "a pattern that is none": (
        '[fields]\nname = "a"\ncode = { column = "a", take = "(" }',
        "“fields.code” is wrong: “take” is no pattern",
    ),
    "a column the table has not": ('[fields]\ncode = "a"\nname = "Bezeichnung"', "has no column “Bezeichnung”"),
    "a key that is no field": ('key = ["ean"]\n[fields]\ncode = "a"\nname = "a"', "“key” is wrong"),
    "a skip without a reason": ('[fields]\ncode="a"\nname="a"\n[[skip]]\ncolumn="a"\nis="x"', "“skip.1” is wrong"),
    "a value of the wrong kind": ('[file]\nheader = "two"', "“file.header” is wrong: its value is of the wrong kind"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_mapping_is_refused_naming_the_entry(tmp_path: Path, what: str) -> None:
    mapping, said = WRONG[what]

    with pytest.raises(Refused) as refused:
        mapped(mapping, "items", text(tmp_path, "a,b\n1,2\n"))

    assert (refused.value.rule, said in refused.value.message) == ("FIL-1", True), refused.value.message


def test_a_table_with_other_headers_is_refused_naming_what_is_missing_in_the_users_language(tmp_path: Path) -> None:
    language.use("zh_CN")
    with pytest.raises(Refused) as refused:
        mapped("", "items", text(tmp_path, "a,b\n1,2\n"))

    assert (refused.value.rule, "商品名称" in refused.value.message) == ("FIL-1", True)

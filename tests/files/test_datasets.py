"""Real files: every row is taken or explained, and the sums are the files' own (FIL-1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.files.imports import commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.files.mapping.mapping_file import load
from ordersdesk.files.mapping.rows import LeftOut, outcomes
from ordersdesk.files.tables.reading import read
from ordersdesk.files.tables.workbooks import text_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.orders.model.queries import LINE, ORDER
from tests.builders import as_role
from tests.datasets import dataset

GLOBAL = "global-superstore/global_superstore_51290.csv.xz"
US = "us-superstore/Sample-Superstore-2014-2017.xls.xz"
CATEGORIES = {"Office Supplies": "stationery", "Technology": "oa_equipment", "Furniture": "other"}


def brought_in(desk: Desk, name: str, path: Path) -> list[Counts]:
    """Import customers, items and past orders of a superstore."""
    boss = as_role(desk, "manager")
    counts: list[Counts] = []
    for kind in ("customers", "items", "orders"):
        planned = plan(boss, kind, path, data_path("imports", f"{name}-{kind}.toml"), history=kind == "orders")
        counts.append(commit(boss, planned))
    return counts


def booked(desk: Desk) -> dict[str, Decimal]:
    """Add up the amounts in the book by year and by category."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines = select(ORDER.c.business_date, ITEM.c.category, LINE.c.amount)
    lines = lines.join(LINE, LINE.c.order_id == ORDER.c.id).join(ITEM, ITEM.c.id == LINE.c.item_id)
    with desk.reading() as session:
        for day, category, amount in session.connection().execute(lines):
            sums[str(day.year)] += amount
            sums[category] += amount
    return dict(sums)


def added_up(path: Path, *, day: str, category: str, amount: str) -> dict[str, Decimal]:
    """Add up a file's own columns."""
    sheet = read(path)
    places = [sheet.columns.index(name) for name in (day, category, amount)]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in sheet.rows():
        at, kind, money = (text_of(row.cells[place]) for place in places)
        sums[at[:4]] += Decimal(money)
        sums[CATEGORIES[kind]] += Decimal(money)
    return dict(sums)


def test_the_us_superstore_comes_in_with_the_files_totals(desk: Desk) -> None:
    path = dataset(US)

    first, again = brought_in(desk, "us-superstore", path), brought_in(desk, "us-superstore", path)

    assert [counts.new for counts in first] == [793, 1862, 5009]
    assert [(counts.new, counts.changed, counts.same) for counts in again] == [(0, 0, 793), (0, 0, 1862), (0, 0, 5009)]
    ours, theirs = booked(desk), added_up(path, day="Order Date", category="Category", amount="Sales")
    # Its amounts are finer than a cent: no booking in whole cents comes closer for years and categories together.
    assert {name: abs(ours[name] - total) < Decimal("0.01") for name, total in theirs.items()} == dict.fromkeys(
        ours, True
    )
    years = sum((total for name, total in theirs.items() if name.isdigit()), Decimal(0))
    assert sum(total for name, total in ours.items() if name.isdigit()) == rounded(years)


def test_the_global_superstore_comes_in_with_the_files_totals(desk: Desk) -> None:
    if desk.database.dialect != "sqlite":
        pytest.skip("once is enough: the small superstore runs on both")
    path = dataset(GLOBAL)

    counts = brought_in(desk, "global-superstore", path)

    assert [count.new for count in counts] == [4873, 10292, 25754]
    assert booked(desk) == added_up(path, day="order_date", category="category", amount="sales")


def test_every_row_of_the_online_retail_lines_is_taken_or_explained() -> None:
    mapping = load(data_path("imports", "online-retail-orders.toml"), "orders")
    sheet = mapping.opened(dataset("online-retail/online_retail_2010-12_2011-12.csv.xz"))
    rows = outcomes(mapping.fitted(sheet), sheet, today=date(2026, 11, 23))

    found = Counter(row.reason if isinstance(row, LeftOut) else type(row).__name__ for row in rows)

    assert found == {
        "Mapped": 396_337,
        "no customer is recorded": 131_421,
        "a cancellation": 9_288,
        "a code for postage, fees, vouchers or tests, not for goods": 2_363,
        "a stock correction: the quantity is negative": 1_336,
        "without a price: a correction or a gift": 1_161,
        "a write-off of bad debt": 3,
    }
    assert sum(found.values()) == 541_909

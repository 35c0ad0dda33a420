"""Files that come twice, changed or in another order: what the dry run passed is written, and nothing is doubled."""

from __future__ import annotations

import random
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ordersdesk.files.imports import Plan, commit, plan
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.model.queries import ORDER
from tests.builders import a_customer, a_warehouse, an_item, as_role
from tests.files.tables import text

# number, day, customer, item, quantity, price: few of each, so that they meet; some are bad.
Row = tuple[str, str, str, str, str, str]
ROWS = st.lists(
    st.tuples(
        st.sampled_from("123"),
        st.sampled_from(["2026-11-20", "2026-11-21", "2026-11-23"]),
        st.sampled_from(["C100001", "C100002", "C9"]),
        st.sampled_from(["A1", "A2", "ａ１", "A9"]),
        st.sampled_from(["1", "2", "0"]),
        st.sampled_from(["5", "5.00", "6", ""]),
    ),
    min_size=1,
    max_size=6,
)
KEYS = st.sampled_from(['"number"', '"number", "customer"', '"number", "customer", "date"'])
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RUN = count(1)  # every example has numbers of its own


@pytest.fixture
def boss(desk: Desk) -> Desk:
    boss = as_role(desk, "manager")
    for number in ("C100001", "C100002"):
        a_customer(boss, number)
    for code in ("A1", "A2"):
        an_item(boss, code, price="5.00", stock=10_000)
    return boss


def written(desk: Desk, folder: Path, rows: list[Row], key: str, *, run: int, history: bool, update: bool) -> Plan:
    """Import rows and prove that the dry run told how many orders the book has more of."""
    lines = "\n".join(",".join((f"R{run}-{number}", *rest)) for number, *rest in rows)
    table = (
        f'kind="orders"\nkey=[{key}]\n[fields]\nnumber="n"\ndate="d"\ncustomer="c"\nitem="i"\nquantity="q"\nprice="p"\n'
    )
    path, mapping = text(folder, f"n,d,c,i,q,p\n{lines}\n"), text(folder, table, name="m.toml")
    before = orders(desk)
    planned = plan(desk, "orders", path, mapping, history=history, update=update)
    assert orders(desk) == before
    commit(desk, planned, keep_good=True)
    assert orders(desk) == before + planned.counts.new
    return planned


def orders(desk: Desk) -> int:
    with desk.reading() as session:
        return int(session.connection().execute(select(func.count()).select_from(ORDER)).scalar_one())


@pytest.mark.parametrize("history", [True, False])
@FEW
@given(rows=ROWS, key=KEYS, seed=st.integers(0, 99))
def test_a_file_read_again_in_another_order_brings_nothing_new(
    boss: Desk, tmp_path: Path, rows: list[Row], key: str, seed: int, history: bool
) -> None:
    run = next(RUN)
    written(boss, tmp_path, rows, key, run=run, history=history, update=False)
    random.Random(seed).shuffle(rows)

    again = written(boss, tmp_path, rows, key, run=run, history=history, update=False)

    assert (again.counts.new, again.counts.changed, again.counts.differs) == (0, 0, 0)


@FEW
@given(first=ROWS, second=ROWS, keys=st.tuples(KEYS, KEYS))
def test_a_changed_file_is_written_as_the_dry_run_said_and_is_the_same_after(
    boss: Desk, tmp_path: Path, first: list[Row], second: list[Row], keys: tuple[str, str]
) -> None:
    run = next(RUN)
    written(boss, tmp_path, first, keys[0], run=run, history=True, update=False)
    written(boss, tmp_path, second, keys[1], run=run, history=True, update=True)

    again = written(boss, tmp_path, second, keys[1], run=run, history=True, update=True)

    assert (again.counts.new, again.counts.changed, again.counts.differs) == (0, 0, 0)


NAMES = st.sampled_from(["明远办公", "Li", "张三"])
PHONES = st.sampled_from(["62345678", "138 0013 8000", "021-62345678", "12", ""])
CUSTOMER_ROWS = st.tuples(st.sampled_from("123"), NAMES, PHONES, st.sampled_from(["浦东", "黄浦"]))
ITEM_ROWS = st.tuples(
    st.sampled_from(["B1", "Ｂ1", "B2"]),
    NAMES,
    st.sampled_from(["5", "5.00", "6", "0", "dear"]),
    st.sampled_from(["", "包"]),
)
STOCK_ROWS = st.tuples(
    st.sampled_from(["A1", "Ａ1", "A2", "A9"]), st.sampled_from(["MAIN", "EAST"]), st.sampled_from(["5", "7", "-1"])
)
SHEETS = st.one_of(
    st.tuples(st.just(("customers", "Number,Name,Phone,Territory")), st.lists(CUSTOMER_ROWS, min_size=1, max_size=5)),
    st.tuples(st.just(("items", "Code,Name,Price,Unit")), st.lists(ITEM_ROWS, min_size=1, max_size=5)),
    st.tuples(st.just(("stock", "Item,Warehouse,On hand")), st.lists(STOCK_ROWS, min_size=1, max_size=5)),
)


@FEW
@given(sheet=SHEETS, seed=st.integers(0, 99))
def test_customers_items_and_stock_read_again_in_another_order_change_nothing(
    boss: Desk, tmp_path: Path, sheet: tuple[tuple[str, str], list[tuple[str, ...]]], seed: int
) -> None:
    (kind, head), rows = sheet
    run = next(RUN)
    a_warehouse(boss, "MAIN")
    a_warehouse(boss, "EAST", "sibling")

    def brought() -> Plan:
        lines = (f"{name if kind == 'stock' else f'{name}-{run}'},{','.join(rest)}" for name, *rest in rows)
        planned = plan(boss, kind, text(tmp_path, "\n".join((head, *lines)) + "\n"))
        commit(boss, planned, keep_good=True)
        return planned

    brought()
    random.Random(seed).shuffle(rows)

    again = brought()

    assert (again.counts.new, again.counts.changed, again.counts.differs) == (0, 0, 0)

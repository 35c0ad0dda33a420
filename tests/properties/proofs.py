"""What must be true after every step of every desk, computed from plain rows and not with the program's own checks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, Table, select
from sqlmodel import SQLModel

from ordersdesk.catalogue.tables import Promotion, PromotionUse
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.foundation.store.database import Database
from ordersdesk.kinds import KINDS
from ordersdesk.orders.model.tables import Order, OrderLine, Usual
from ordersdesk.stock.tables import Movement, Reservation, Stock

Rows = list[dict[str, Any]]
Shelf = tuple[int, int]  # item, warehouse
FALLEN = ("cancelled", "rejected", "draft")  # orders that gave everything back


def prove(database: Database) -> None:
    """Assert all that design.md promises of the rows as they are now."""
    with database.reading() as session:
        connection = session.connection()
        prove_stock(connection)
        prove_sums(connection)
        prove_caps(connection)
        prove_usual(connection)
        prove_numbers(connection)
        prove_stories(connection)


def everything(database: Database) -> list[Any]:
    """Return every row of every table: what a refused act must leave as it was."""
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    with database.reading() as session:
        connection = session.connection()
        if database.dialect == "postgresql":  # in one go: every question is a journey
            asked = ", ".join(f'(SELECT json_agg(t ORDER BY t::text) FROM "{name}" t)' for name in names)
            return list(connection.exec_driver_sql(f"SELECT {asked}").one())
        return [sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr) for name in names]


def fingerprint(database: Database) -> object:
    """Return what is the same as long as nothing is written: of a SQLite file its own bytes, which are had at once."""
    if database.dialect == "postgresql":
        return everything(database)
    with database.reading() as session:
        driver: Any = session.connection().connection.dbapi_connection
        return sha256(driver.serialize()).hexdigest()


def prove_stock(connection: Connection) -> None:
    """Stock on hand is its ledger, reserved is its open reservations, and nothing is promised twice (STK-2, STK-3)."""
    counters = {_shelf(row): (row["on_hand"], row["reserved"]) for row in _rows(connection, Stock)}
    moved = _rows(connection, Movement)
    ledger = _pieces([row for row in moved if not row["quarantine"]])
    promised = _pieces(_rows(connection, Reservation))
    assert counters == {shelf: (ledger[shelf], promised[shelf]) for shelf in {*counters, *ledger, *promised}}
    aside = _pieces([row for row in moved if row["quarantine"]])
    assert {_shelf(row): row["quarantined"] for row in _rows(connection, Stock)} == {s: aside[s] for s in counters}
    assert {shelf: found for shelf, found in counters.items() if not 0 <= found[1] <= found[0]} == {}


def prove_sums(connection: Connection) -> None:
    """An order's total is the sum of its lines and the fee (CAT-5)."""
    goods: dict[int, Any] = defaultdict(int)
    for line in _rows(connection, OrderLine):
        goods[line["order_id"]] += line["amount"]
    orders = {row["id"]: (row["goods"], row["total"] - row["fee"]) for row in _rows(connection, Order)}
    assert orders == {order_id: (goods[order_id], goods[order_id]) for order_id in orders}


def prove_caps(connection: Connection) -> None:
    """What customers had of a promotion is what their standing orders have at its price (CAT-3)."""
    standing = {row["id"]: row["customer_id"] for row in _rows(connection, Order) if row["state"] not in FALLEN}
    had: Counter[Shelf] = Counter()
    for line in _rows(connection, OrderLine):
        if line["price_source"] == "promotion" and line["order_id"] in standing:
            had[standing[line["order_id"]], line["item_id"]] += line["quantity"]
    items = {row["id"]: row["item_id"] for row in _rows(connection, Promotion)}
    used: Counter[Shelf] = Counter()
    for row in _rows(connection, PromotionUse):
        used[row["customer_id"], items[row["promotion_id"]]] += row["pieces"]
    assert +used == +had


def prove_usual(connection: Connection) -> None:
    """What customers usually buy is what their standing orders say (CAL-4)."""
    standing = {row["id"]: row["customer_id"] for row in _rows(connection, Order) if row["state"] not in FALLEN}
    pieces: dict[tuple[int, int, int], int] = defaultdict(int)
    for line in _rows(connection, OrderLine):
        if line["order_id"] in standing and line["quantity"]:
            pieces[standing[line["order_id"]], line["item_id"], line["order_id"]] += line["quantity"]
    usual: dict[Shelf, tuple[int, int]] = {}
    for (customer, item, _order), count in pieces.items():
        orders, before = usual.get((customer, item), (0, 0))
        usual[customer, item] = (orders + 1, before + count)
    kept = {(row["customer_id"], row["item_id"]): (row["orders"], row["pieces"]) for row in _rows(connection, Usual)}
    assert kept == usual


def prove_numbers(connection: Connection) -> None:
    """Every order that is no draft has a number, and the numbers of a day count from one without a gap (ORD-2)."""
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in _rows(connection, Order):
        found = re.fullmatch(r"SO(\d{8})-(\d{4,})", row["number"] or "")
        # A draft that was pulled back keeps the number it was told (JOY-11).
        assert found or row["state"] == "draft", row
        if found:
            given[row["branch"], found[1]].append(int(found[2]))
    assert {day: sorted(numbers) for day, numbers in given.items()} == {
        day: list(range(1, len(numbers) + 1)) for day, numbers in given.items()
    }


def prove_stories(connection: Connection) -> None:
    """Each document's story is a chain of states, from its flow's first to the one it is in (ORD-8)."""
    stories: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for row in sorted(_rows(connection, Timeline), key=lambda row: row["id"]):
        if row["to_state"]:
            stories[row["kind"], row["document_id"]].append((row["from_state"], row["to_state"]))
    for kind in KINDS.values():
        for document in _rows(connection, kind.table):
            steps = stories[kind.flow.kind, document["id"]]
            left, reached = [step[0] for step in steps], [step[1] for step in steps]
            assert (left, reached[0], reached[-1]) == (["", *reached[:-1]], kind.flow.start, document["state"]), (
                document
            )


def _pieces(rows: Rows) -> Counter[Shelf]:
    pieces: Counter[Shelf] = Counter()
    for row in rows:
        pieces[_shelf(row)] += row["quantity"]
    return pieces


def _shelf(row: dict[str, Any]) -> Shelf:
    return row["item_id"], row["warehouse_id"]


def _rows(connection: Connection, model: type[SQLModel]) -> Rows:
    return [dict(row) for row in connection.execute(_all(table_of(model))).mappings()]


@cache
def _all(table: Table) -> Select[Any]:
    return select(table)

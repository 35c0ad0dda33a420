"""The same rows written by hand: what an order costs when nobody asks a rule, as the measure of what submit costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.types.json import Json

from ordersdesk.foundation.store.database import Database

Row = dict[str, Any]

# What a submit writes besides its head: the table, and the column that names the order.
PARTS = {"order_line": "order_id", "promise": "order_id", "reservation": "order_id", "timeline": "document_id"}
ONLY = {"timeline": " AND kind = 'order'"}
_COUNT = (
    "INSERT INTO counter (branch, kind, day, last) VALUES ('SH', 'order', 'raw', 1)"
    " ON CONFLICT (branch, kind, day) DO UPDATE SET last = counter.last + 1 RETURNING last"
)
_TAKE = (
    "UPDATE stock SET reserved = reserved + {v}"
    " WHERE item_id = {v} AND warehouse_id = {v} AND on_hand - reserved >= {v}"
)  # fmt: skip
_USUAL = (
    "INSERT INTO usual_item (customer_id, item_id, orders, pieces, last_on) VALUES ({v}, {v}, {v}, {v}, {v})"
    " ON CONFLICT (customer_id, item_id) DO UPDATE SET orders = usual_item.orders + excluded.orders,"
    " pieces = usual_item.pieces + excluded.pieces, last_on = excluded.last_on"
)


@dataclass(frozen=True)
class Written:
    """All that one submit wrote, as the driver takes it; the rows of its parts begin with the order's id."""

    head: tuple[Any, ...]
    parts: dict[str, list[tuple[Any, ...]]]
    taken: list[tuple[Any, ...]]
    usual: list[tuple[Any, ...]]


class Raw:
    """Writes copies of orders through the bare driver, in one transaction each."""

    def __init__(self, database: Database) -> None:
        if database.dialect == "sqlite":
            connection = sqlite3.connect(str(database.url.database), isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
                connection.execute(f"PRAGMA {pragma}")
            self.cursor: Any = connection.cursor()
            self._mark, self._begin, self._id = "?", "BEGIN IMMEDIATE", ""
        else:
            self.cursor = psycopg.connect(database.url.render_as_string(hide_password=False), autocommit=True).cursor()
            self._mark, self._begin, self._id = "%s", "BEGIN", " RETURNING id"
        self.close: Callable[[], None] = self.cursor.connection.close
        self._taking, self._usual = self._own(_TAKE), self._own(_USUAL)
        self._inserts: dict[str, str] = {}

    def read(self, number: str) -> Written:
        """Read what a submit wrote."""
        head = self._rows("SELECT * FROM sales_order WHERE number = {v}", number)[0]
        order_id, who, day = head.pop("id"), head["customer_id"], head["business_date"]
        del head["number"], head["key"]
        parts = {
            table: self._rows(f"SELECT * FROM {table} WHERE {key} = {{v}}{ONLY.get(table, '')} ORDER BY id", order_id)
            for table, key in PARTS.items()
        }
        self._inserts["sales_order"] = self._insert("sales_order", ("number", "key", *head)) + self._id
        for table, rows in parts.items():
            for row in rows:
                del row["id"], row[PARTS[table]]
            self._inserts[table] = self._insert(table, (PARTS[table], *rows[0]))
        return Written(
            head=tuple(head.values()),
            parts={table: [tuple(row.values()) for row in rows] for table, rows in parts.items()},
            taken=[(r["quantity"], r["item_id"], r["warehouse_id"], r["quantity"]) for r in parts["reservation"]],
            usual=[(who, line["item_id"], 1, line["quantity"], day) for line in parts["order_line"]],
        )

    def write(self, order: Written) -> None:
        """Write an order once more, with a number and a key of its own."""
        cursor = self.cursor
        cursor.execute(self._begin)
        number = f"RAW-{cursor.execute(_COUNT).fetchone()[0]:06d}"
        cursor.execute(self._inserts["sales_order"], (number, number, *order.head))
        order_id = cursor.fetchone()[0] if self._id else cursor.lastrowid
        for table, rows in order.parts.items():
            cursor.executemany(self._inserts[table], [(order_id, *row) for row in rows])
        cursor.executemany(self._taking, order.taken)
        cursor.executemany(self._usual, order.usual)
        cursor.execute("COMMIT")

    def _rows(self, statement: str, *values: Any) -> list[Row]:
        rows = self.cursor.execute(self._own(statement), values).fetchall()
        names = [column[0] for column in self.cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]

    def _insert(self, table: str, names: Sequence[str]) -> str:
        named = ", ".join(f'"{name}"' for name in names)
        return f"INSERT INTO {table} ({named}) VALUES ({', '.join([self._mark] * len(names))})"

    def _own(self, statement: str) -> str:
        return statement.replace("{v}", self._mark)


def _plain(value: Any) -> Any:
    return Json(value) if isinstance(value, dict | list) else value

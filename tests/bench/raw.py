"""The same rows written by hand: what an order costs when nobody asks a rule, as the measure of what submit costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.types.json import Json

from ordersdesk.foundation.database import Database

Row = dict[str, Any]

# What a submit writes besides its head: the table, and the column that names the order.
PARTS = {"order_line": "order_id", "reservation": "order_id", "timeline": "document_id"}
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


class Raw:
    """Writes copies of one order through the bare driver, in one transaction each."""

    def __init__(self, database: Database, number: str) -> None:
        self._made = 0
        self._connect(database)
        head = self._rows("SELECT * FROM sales_order WHERE number = {v}", number)[0]
        order_id = head.pop("id")
        self._head = head
        self._parts = {
            table: self._rows(f"SELECT * FROM {table} WHERE {key} = {{v}}{ONLY.get(table, '')} ORDER BY id", order_id)
            for table, key in PARTS.items()
        }
        items = [row["item_id"] for row in self._parts["order_line"]]
        self._usual = [tuple(self._rows(
            "SELECT * FROM usual_item WHERE customer_id = {v} AND item_id = {v}", head["customer_id"], item
        )[0].values()) for item in items]  # fmt: skip
        self._take = [
            (row["quantity"], row["item_id"], row["warehouse_id"], row["quantity"])
            for row in self._parts["reservation"]
        ]
        self._insert_head = self._insert("sales_order", self._head)
        self._inserts = {table: self._insert(table, _bare(rows[0])) for table, rows in self._parts.items()}
        self._take_all, self._usual_all = self._own(_TAKE), self._own(_USUAL)

    def _connect(self, database: Database) -> None:
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

    def write(self) -> None:
        """Write the order once more, with a number and a key of its own."""
        cursor = self.cursor
        cursor.execute(self._begin)
        count = cursor.execute(_COUNT).fetchone()[0]
        self._head["number"] = self._head["key"] = f"RAW-{count:06d}"
        cursor.execute(self._insert_head, tuple(self._head.values()))
        order_id = cursor.fetchone()[0] if self._id else cursor.lastrowid
        for table, rows in self._parts.items():
            key = PARTS[table]
            cursor.executemany(self._inserts[table], [tuple((_bare(row) | {key: order_id}).values()) for row in rows])
        cursor.executemany(self._take_all, self._take)
        cursor.executemany(self._usual_all, self._usual)
        cursor.execute("COMMIT")

    def _rows(self, statement: str, *values: Any) -> list[Row]:
        rows = self.cursor.execute(self._own(statement), values).fetchall()
        names = [column[0] for column in self.cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]

    def _insert(self, table: str, row: Row) -> str:
        names = ", ".join(f'"{name}"' for name in row)
        made = f"INSERT INTO {table} ({names}) VALUES ({', '.join([self._mark] * len(row))})"
        return made + self._id if table == "sales_order" else made

    def _own(self, statement: str) -> str:
        return statement.replace("{v}", self._mark)


def _plain(value: Any) -> Any:
    return Json(value) if isinstance(value, dict | list) else value


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}

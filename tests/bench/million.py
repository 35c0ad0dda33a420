"""A million customers on file: rows and sorted terms made by the rooms' own makers, then loaded in bulk.

The files are made once, by all cores, and loaded into SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import heapq
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import Table

from ordersdesk.customers.model.indexing import TERM
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rows import address_row, contact_row, customer_row, phone_rows, prepared
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people.queries import proven
from tests.bench.people import customer
from tests.conftest import MONDAY_TEN

CHUNK = 20_000
TABLES = (CUSTOMER, CONTACT, PHONE, ADDRESS)
TERMS = "customer_term"
_NOTHING = "\\N"


def made(folder: Path, count: int, console: Console) -> Path:
    """Make the files of so many customers, unless they are there, and return their folder."""
    own = folder / f"customers-{count}-{kind()}"
    if not (own / "made").exists():
        own.mkdir(parents=True, exist_ok=True)
        starts = range(1, count + 1, CHUNK)
        ends = [min(start + CHUNK, count + 1) for start in starts]
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            parts = pool.map(_make, [own] * len(starts), starts, ends)
            list(track(parts, f"making {count:,} customers", len(starts), console=console))
        (own / "made").touch()
    return own


@cache
def kind() -> str:
    """Name what the makers make: other columns or other terms are other files."""
    desk = _desk()
    some = [prepared(desk, customer(number)) for number in range(1, 40)]
    terms = [sorted(row.keys("C1").terms(desk.policy)) for row in some]
    columns = [column.name for table in TABLES for column in table.columns]
    return sha256(repr([columns, terms]).encode()).hexdigest()[:8]


def _desk() -> Desk:
    policy = load()
    return Desk(SYSTEM, policy.branch.code, FixedClock(MONDAY_TEN), policy, Database("sqlite://"), proven)


def _make(folder: Path, start: int, end: int) -> None:
    desk = _desk()
    terms: list[str] = []
    with ExitStack() as open_files:
        files = {
            table.name: open_files.enter_context((folder / f"{table.name}-{start:08d}.tsv").open("w", encoding="utf-8"))
            for table in TABLES
        }
        for own in range(start, end):
            row = prepared(desk, customer(own))
            keys = row.keys(f"C{own:07d}")
            kept: dict[str, list[dict[str, Any]]] = {
                CUSTOMER.name: [{"id": own, **customer_row(desk, row, keys, desk.now())}],
                CONTACT.name: [{"id": own, **contact_row(own, row.new)}],
                PHONE.name: [
                    {"id": 2 * own + place, **phone} for place, phone in enumerate(phone_rows(own, own, row.phones))
                ],
                ADDRESS.name: [{"id": own, **address_row(own, row.new)}],
            }
            for table in TABLES:
                files[table.name].writelines(_line(table, values) for values in kept[table.name])
            terms += [f"{term}\t{own}\t{why}\n" for why, term in keys.terms(desk.policy)]
    terms.sort(key=_by_bytes)
    (folder / f"{TERMS}-{start:08d}.tsv").write_text("".join(terms), encoding="utf-8")


def _by_bytes(line: str) -> bytes:
    return line.encode()


def _line(table: Table, values: dict[str, Any]) -> str:
    return "\t".join(_cell(values.get(column.name)) for column in table.columns) + "\n"


def _cell(value: Any) -> str:
    """Write a value so that both databases read it: money in minor units, times in UTC without a zone."""
    if value is None:
        return _NOTHING
    if isinstance(value, Decimal):
        return str(int(value * 100))
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list | dict):
        return json.dumps(value)
    return str(value)


def lines(folder: Path, name: str) -> Iterator[bytes]:
    """Return the lines of a table in the order of its key."""
    paths = sorted(folder.glob(f"{name}-*.tsv"))
    if name == TERMS:
        return heapq.merge(*(path.open("rb") for path in paths))
    return (line for path in paths for line in path.open("rb"))


def fields(line: bytes) -> Sequence[str | None]:
    """Return the values of a line."""
    return [None if cell == _NOTHING else cell for cell in line.decode().rstrip("\n").split("\t")]


COLUMNS = {table.name: [column.name for column in table.columns] for table in (*TABLES, TERM)}

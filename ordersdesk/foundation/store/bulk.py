"""Many rows at once, as imports write them: by COPY on PostgreSQL, prepared once on SQLite."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlmodel import Session

Entry = TypeVar("Entry")
CHUNK = 500  # values of one IN: SQLite takes 999 in a statement


@contextmanager
def uncollected() -> Generator[None, None, None]:
    """Let the collector of garbage rest while very much is made that stays: it would look through all of it again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def append(session: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of plain values (numbers and texts) in the caller's transaction; column types are not asked."""
    if not rows:
        return
    connection = session.connection()
    named = ", ".join(f'"{column}"' for column in columns)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({named}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _column in columns)
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({named}) VALUES ({marks})', list(rows))


def grown(session: Session, *tables: Table) -> None:
    """Tell PostgreSQL that tables are much larger than before: it would go on choosing plans for small ones."""
    if session.connection().dialect.name == "postgresql":
        for table in tables:
            session.connection().exec_driver_sql(f'ANALYZE "{table.name}"')


def chunks(entries: Sequence[Entry], size: int = CHUNK) -> Iterator[list[Entry]]:
    """Cut what would be too much for one statement."""
    rest = iter(entries)
    while piece := list(islice(rest, size)):
        yield piece

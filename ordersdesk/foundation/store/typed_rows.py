"""Many rows of several tables: ids taken beforehand, so that what belongs together is written without asking back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Table, text
from sqlmodel import Session

from ordersdesk.foundation.store.bulk import append

_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_NEXT = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")


def take_ids(session: Session, table: Table, count: int) -> list[int]:
    """Return so many new ids of a table, for the caller to write in this transaction."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return list(connection.execute(_NEXT, {"name": table.name, "count": count}).scalars())
    # A writer is alone on SQLite, and writing an id moves the table's sequence along.
    last = connection.execute(_LAST, {"name": table.name}).scalar() or 0
    return list(range(last + 1, last + 1 + count))


def put(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows that all name the same columns; money, times and JSON are stored as their column types say."""
    if not rows:
        return
    dialect = session.connection().dialect
    names = list(rows[0])
    columns = [_column(rows, name, _turn(table, name, dialect)) for name in names]
    append(session, table, names, list(zip(*columns, strict=True)))


def _column(rows: Sequence[Mapping[str, Any]], name: str, turn: Callable[[Any], Any] | None) -> list[Any]:
    """Return one column as it is stored; what many rows share, such as the moment they are written, is turned once."""
    values = [row[name] for row in rows]
    if turn is None:
        return values
    turned = {place: turn(value) for place, value in {id(value): value for value in values}.items()}
    return [turned[id(value)] for value in values]


def _turn(table: Table, name: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)

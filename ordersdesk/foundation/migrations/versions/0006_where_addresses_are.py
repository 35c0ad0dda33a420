"""Addresses have a province and a city; stored ones take what their words say, the rest is asked for (CUS-12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from ordersdesk.foundation.places import regions
from ordersdesk.foundation.places.divisions import Region

revision = "0006"
down_revision: str | None = "0005"

_ADDRESS = sa.table("address", sa.column("id"), sa.column("text"), sa.column("region"), sa.column("city"))
_ORDER = sa.table("sales_order", sa.column("id"), sa.column("address"), sa.column("region"))
_SLICE = 5_000  # rows read and written at once: a desk may have a million addresses


def upgrade() -> None:
    """Take the step."""
    op.add_column("address", sa.Column("city", sa.String(), server_default=sa.text("''"), nullable=False))
    _write(_ADDRESS, ("region", "city"), _placed)
    _write(_ORDER, ("region",), _gone_to)
    # Until now a region was only written where a carrier takes the goods; a slip goes where its order goes.
    op.execute(
        "UPDATE slip SET region = coalesce((SELECT o.region FROM sales_order o WHERE o.id = slip.order_id), '')"
        " WHERE region = ''"
    )


def _write(table: Any, columns: tuple[str, ...], found: Any) -> None:
    connection, last = op.get_bind(), 0
    step = sa.select(table).where(table.c.id > sa.bindparam("last")).order_by(table.c.id).limit(_SLICE)
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in columns}
    change = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(values)
    while rows := connection.execute(step, {"last": last}).all():
        last = rows[-1].id
        if changes := list(_changes(rows, columns, found)):
            connection.execute(change, changes)


def _changes(rows: Iterable[Any], columns: tuple[str, ...], found: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        values = found(row)
        if values is not None:
            yield {"row_id": row.id, **{f"new_{name}": value for name, value in zip(columns, values, strict=True)}}


def _placed(row: Any) -> tuple[str, str] | None:
    """A region somebody typed stays; its city is the one the words name there."""
    words = regions.read(row.text) or Region("")
    said = (regions.said(row.region) or Region(row.region)) if row.region else words
    if not said.province:
        return None
    return said.province, said.city or (words.city if words.province == said.province else "")


def _gone_to(row: Any) -> tuple[str] | None:
    words = regions.read(row.address)
    return (str(words),) if words and not row.region else None

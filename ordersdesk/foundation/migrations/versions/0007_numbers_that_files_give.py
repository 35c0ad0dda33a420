"""Orders out of files keep the number the file gave them: by it a second file knows them again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"

_ORDER = sa.table(
    "sales_order",
    *(sa.column(name, sa.String()) for name in ("key", "number", "their_number")),
    sa.column("id", sa.Integer()),
    sa.column("from_history", sa.Boolean()),
)


def upgrade() -> None:
    """Take the step."""
    op.add_column("sales_order", sa.Column("their_number", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        "ix_sales_order_theirs",
        "sales_order",
        ["their_number"],
        unique=False,
        sqlite_where=sa.text("their_number <> ''"),
        postgresql_where=sa.text("their_number <> ''"),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(_ORDER).where(_ORDER.c.key.like("%:%") | _ORDER.c.from_history)).all()
    told = [{"row": row.id, "theirs": _theirs(row.key, row.number or "", past=row.from_history)} for row in rows]
    numbered = [each for each in told if each["theirs"]]
    if numbered:
        same = _ORDER.c.id == sa.bindparam("row")
        connection.execute(sa.update(_ORDER).where(same).values(their_number=sa.bindparam("theirs")), numbered)


def _theirs(key: str, number: str, *, past: bool) -> str:
    """Return the file's number out of `source:number|customer|day`, which a mapping may have put together otherwise."""
    parts = key.partition(":")[2].split("|")
    if not past:
        return parts[0]
    return next((part for part in parts if part and (number == part or number.startswith(f"{part}/"))), number)

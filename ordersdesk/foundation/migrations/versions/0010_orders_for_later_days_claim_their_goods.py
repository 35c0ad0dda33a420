"""Orders for later days claim their goods."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Take the step."""
    op.add_column("sales_order", sa.Column("reserve_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_sales_order_claims",
        "sales_order",
        ["branch", "reserve_on", "id"],
        unique=False,
        sqlite_where=sa.text("reserve_on IS NOT NULL"),
        postgresql_where=sa.text("reserve_on IS NOT NULL"),
    )

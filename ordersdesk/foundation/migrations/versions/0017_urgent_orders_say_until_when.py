"""Urgent orders say until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """Take the step."""
    op.add_column("promise", sa.Column("latest", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("latest", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("department", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("papers", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("slip", sa.Column("latest", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("slip", sa.Column("department", sa.String(), server_default=sa.text("''"), nullable=False))

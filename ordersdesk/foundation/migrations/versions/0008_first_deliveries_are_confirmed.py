"""A slip keeps when address, phone and receiver were confirmed again before a first delivery (CUS-14)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Take the step."""
    op.add_column("slip", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))

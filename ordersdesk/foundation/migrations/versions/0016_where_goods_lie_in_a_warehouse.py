"""Where goods lie in a warehouse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    """Take the step."""
    op.add_column("stock", sa.Column("place", sa.String(), server_default=sa.text("''"), nullable=False))

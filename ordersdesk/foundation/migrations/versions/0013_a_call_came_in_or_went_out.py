"""A call came in or went out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """Take the step."""
    op.add_column("call", sa.Column("direction", sa.String(), server_default=sa.text("'in'"), nullable=False))

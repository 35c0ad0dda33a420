"""Calls are found by when they rang."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Take the step."""
    op.create_index("ix_call_created", "call", ["branch", "created_at"], unique=False)

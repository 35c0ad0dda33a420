"""People are who they say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("credentials", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_access_token_user_id"), "access_token", ["user_id"], unique=False)
    op.add_column("approval", sa.Column("group", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("user_account", sa.Column("group", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("user_account", sa.Column("credentials", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("user_account", sa.Column("is_open", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column(
        "user_account", sa.Column("recoveries_told", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )

"""An agreed delivery fee stands apart with its reason and who approved it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Take the step."""
    op.add_column("sales_order", sa.Column("fee_said", sa.BigInteger(), nullable=True))
    op.add_column("sales_order", sa.Column("fee_reason", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("fee_approver", sa.String(), server_default=sa.text("''"), nullable=False))

"""A call rang and was answered when a telephone system says so; what was only made up is taken back (CAL-1)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ordersdesk.foundation.store.columns import Moment

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("call", table_kwargs={"sqlite_autoincrement": True}) as call:
        call.alter_column("rang_at", existing_type=Moment(), nullable=True)
        call.alter_column("answered_at", existing_type=Moment(), nullable=True)
    op.execute(sa.text("UPDATE call SET rang_at = NULL, answered_at = NULL WHERE rang_at = answered_at"))
    op.execute(sa.text("UPDATE call SET reason = outcome WHERE reason = '' AND outcome <> ''"))

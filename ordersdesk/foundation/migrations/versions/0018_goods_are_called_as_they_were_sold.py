"""Goods are called as they were sold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


# Of what was sold before, the item says best what it is called: its lines have nothing of their own yet.
KEPT = """
UPDATE {table} SET brand = (SELECT i.brand FROM item i WHERE i.id = {table}.item_id),
  model = (SELECT i.model FROM item i WHERE i.id = {table}.item_id),
  colour = (SELECT i.colour FROM item i WHERE i.id = {table}.item_id)
WHERE item_id IN (SELECT id FROM item WHERE brand <> '' OR model <> '' OR colour <> '')
"""


def upgrade() -> None:
    """Take the step."""
    for table in ("order_line", "slip_line"):
        for name in ("brand", "model", "colour"):
            op.add_column(table, sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False))
        op.execute(KEPT.format(table=table))

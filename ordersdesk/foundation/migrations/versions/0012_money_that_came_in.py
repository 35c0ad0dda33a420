"""Money that came in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"

# Each deposit that was in becomes a row of money, by whoever booked it then.
DEPOSITS = """
INSERT INTO payment (branch, order_id, business_date, at, "by", amount, reference, reason)
SELECT o.branch, o.id, o.business_date,
  coalesce((SELECT max(t.at) FROM timeline t WHERE t.kind = 'order' AND t.document_id = o.id
    AND t.verb = 'deposit paid'), o.changed_at),
  coalesce((SELECT max(t."by") FROM timeline t WHERE t.kind = 'order' AND t.document_id = o.id
    AND t.verb = 'deposit paid'), o.changed_by), o.deposit, '', ''
FROM sales_order o WHERE o.deposit_paid AND o.deposit > 0 ORDER BY o.id
"""
IN = "UPDATE sales_order SET money_in = deposit WHERE deposit_paid AND deposit > 0"
# What slips brought from the door, and what the goods cost that they handed over.
DOOR = """
UPDATE sales_order SET
  collected = coalesce((SELECT sum(s.collected) FROM slip s WHERE s.order_id = sales_order.id), 0),
  handed_over = coalesce((SELECT sum(s.due + s.deposit) FROM slip s WHERE s.order_id = sales_order.id
    AND s.state IN ('delivered', 'refused')), 0)
WHERE id IN (SELECT order_id FROM slip)
"""
SPECIAL = "UPDATE order_line SET special = true WHERE item_id IN (SELECT id FROM item WHERE listing = 'special')"
# A yes counts from when its document went on by it; what still waits has not left by anybody's yes.
SINCE = """
UPDATE approval SET answers_since = decided_at WHERE answerable AND (
  (subject = 'order' AND document_id IN (SELECT id FROM sales_order WHERE state IN ('confirmed', 'closed')))
  OR (subject = 'change' AND document_id IN (SELECT id FROM change_request WHERE state = 'applied')))
"""
STEPS = (DEPOSITS, IN, DOOR, SPECIAL, SINCE)
OF_MONEY = ("account_order", "overdue", "over_limit")
_COLUMNS: tuple[sa.ColumnClause[Any], ...] = (
    sa.column("id", sa.Integer()), sa.column("occasion", sa.String()), sa.column("amount", sa.BigInteger()),
    sa.column("covers", sa.BigInteger()), sa.column("facts", sa.JSON()),
)  # fmt: skip
APPROVAL = sa.table("approval", *_COLUMNS)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reverses"],
            ["payment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_payment_order", "payment", ["order_id", "id"], unique=False)
    op.create_index("ux_payment_reverses", "payment", ["reverses"], unique=True)
    op.add_column("approval", sa.Column("answers_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("approval", sa.Column("covers", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_line", sa.Column("special", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("sales_order", sa.Column("contract", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("money_in", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("sales_order", sa.Column("collected", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("sales_order", sa.Column("handed_over", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.drop_index(
        op.f("ix_sales_order_on_credit"),
        table_name="sales_order",
        sqlite_where=sa.text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"),
    )
    op.create_index(
        "ix_sales_order_on_credit",
        "sales_order",
        ["customer_id", "id", "total", "money_in", "payment", "paid", "state"],
        unique=False,
        sqlite_where=sa.text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"),
        postgresql_where=sa.text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"),
    )
    op.create_index(
        "ix_sales_order_not_collected",
        "sales_order",
        ["customer_id", "handed_over", "collected", "money_in", "payment"],
        unique=False,
        sqlite_where=sa.text("payment <> 'account' AND handed_over > collected + money_in"),
        postgresql_where=sa.text("payment <> 'account' AND handed_over > collected + money_in"),
    )
    for step in STEPS:
        op.execute(step)
    _how_far_yeses_go()
    op.drop_column("sales_order", "deposit_paid")


def _how_far_yeses_go() -> None:
    """Write beside what was asked how much of it there was, as its sentence says it."""
    connection = op.get_bind()
    names = ("id", "occasion", "amount", "facts")
    asked = sa.select(*(APPROVAL.c[name] for name in names)).where(APPROVAL.c.occasion.in_(OF_MONEY))
    for row in [dict(row) for row in connection.execute(asked).mappings()]:
        far = sa.update(APPROVAL).where(APPROVAL.c.id == row["id"]).values(covers=_covers(row))
        connection.execute(far)


def _covers(row: dict[str, Any]) -> int:
    facts: dict[str, Any] = row["facts"] or {}
    if row["occasion"] == "overdue" and "overdue" in facts:
        return _minor(facts["overdue"])
    if row["occasion"] == "over_limit" and "owed" in facts and "limit" in facts:
        return max(0, _minor(facts["owed"]) - _minor(facts["limit"]))
    return int(row["amount"])


def _minor(said: object) -> int:
    """Read an amount as sentences write it: 1,234.50."""
    try:
        return int(Decimal(str(said).replace(",", "")) * 100)
    except InvalidOperation:
        return 0

"""Approvals and changes of orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

# What orders in review wait for is asked as approvals from here on.
REASONS = """
INSERT INTO approval (
    branch, business_date, state, version, created_at, created_by, changed_at, changed_by,
    subject, document_id, document, document_version, about, occasion, rule, role, amount, text, facts, seen,
    rank, step, due_at, decided_by, reason, by_code, answerable)
SELECT o.branch, o.business_date, 'waiting', 1, o.created_at, o.agent, o.created_at, o.agent,
    'order', o.id, o.number, o.version, o.customer_name,
    CASE WHEN r.rule = 'PAY-7' THEN 'over_limit' WHEN r.rule = 'CUS-9' THEN 'overdue'
         WHEN r.rule = 'QUO-4' THEN 'special_goods' WHEN r.rule = 'ORD-4' THEN 'double_order'
         WHEN r.role = 'branch_gm' THEN 'large_order' ELSE 'account_order' END,
    r.rule, r.role, o.total, r.text, r.facts, '{}',
    CASE WHEN o.size_class = 'key' THEN 0 ELSE 1 END, 1, o.created_at, '', '', '', false
FROM order_reason r JOIN sales_order o ON o.id = r.order_id WHERE o.state = 'review' ORDER BY r.id
"""
# What a list shows of a customer is kept with the customer.
FIRSTS = """
UPDATE customer SET
    first_contact = coalesce(
        (SELECT c.name FROM contact c JOIN contact_phone p ON p.contact_id = c.id
         WHERE p.customer_id = customer.id AND c.name != '' ORDER BY p.id LIMIT 1),
        (SELECT name FROM contact WHERE customer_id = customer.id ORDER BY id LIMIT 1), ''),
    first_phone = coalesce((SELECT e164 FROM contact_phone WHERE customer_id = customer.id ORDER BY id LIMIT 1), ''),
    first_address = coalesce((SELECT text FROM address WHERE customer_id = customer.id ORDER BY id LIMIT 1), '')
"""


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_code", sa.String(), nullable=False),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_approval_answerable",
        "approval",
        ["branch", "decided_by", "id"],
        unique=False,
        sqlite_where=sa.text("answerable"),
        postgresql_where=sa.text("answerable"),
    )
    op.create_index("ix_approval_document", "approval", ["subject", "document_id"], unique=False)
    op.create_index(
        "ix_approval_waiting",
        "approval",
        ["branch", "role", "rank", "due_at", "id", "created_by"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "approval_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_approval_code_document", "approval_code", ["subject", "document_id"], unique=False)
    op.create_table(
        "credit_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("customer_number", sa.String(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("credit_limit", sa.BigInteger(), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("limit_before", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_credit_application_customer", "credit_application", ["customer_id", "state"], unique=False)
    op.create_index("ux_credit_application_number", "credit_application", ["branch", "number"], unique=True)
    op.create_table(
        "credit_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_credit_lead_customer", "credit_lead", ["customer_id"], unique=False)
    op.create_index(
        "ix_credit_lead_open",
        "credit_lead",
        ["branch", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("occasions", sa.JSON(), nullable=False),
        sa.Column("old_total", sa.BigInteger(), nullable=False),
        sa.Column("new_total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_request_order", "change_request", ["order_id", "state"], unique=False)
    op.create_index("ux_change_request_number", "change_request", ["branch", "number"], unique=True)
    op.create_table(
        "former_order_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_open", "notice", ["branch", "noted_at", "id"], unique=False)
    op.execute(REASONS)
    op.drop_index(op.f("ix_order_reason_order"), table_name="order_reason")
    op.drop_table("order_reason")
    op.add_column("customer", sa.Column("balance_due_on", sa.Date(), nullable=True))
    op.add_column("customer", sa.Column("first_contact", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("customer", sa.Column("first_phone", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("customer", sa.Column("first_address", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        "ix_customer_review",
        "customer",
        ["credit_review_on"],
        unique=False,
        sqlite_where=sa.text("terms = 'account'"),
        postgresql_where=sa.text("terms = 'account'"),
    )
    op.add_column("order_line", sa.Column("promotion_id", sa.Integer(), nullable=True))
    op.add_column("order_line", sa.Column("released", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_line", sa.Column("delivered", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_line", sa.Column("closed_short", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_line", sa.Column("closed_why", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("sheet", sa.String(), server_default=sa.text("'none'"), nullable=False))
    op.add_column("sales_order", sa.Column("sheet_due_on", sa.Date(), nullable=True))
    op.add_column("sales_order", sa.Column("sheet_sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sales_order", sa.Column("sheet_returned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sales_order", sa.Column("sheet_anew", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("sales_order", sa.Column("deposit", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "sales_order", sa.Column("deposit_paid", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index(
        "ix_sales_order_on_credit",
        "sales_order",
        ["customer_id", "id", "total", "payment", "paid", "state"],
        unique=False,
        sqlite_where=sa.text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"),
        postgresql_where=sa.text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"),
    )
    op.create_index(
        "ix_sales_order_sheet",
        "sales_order",
        ["branch", "sheet_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("sheet IN ('wanted', 'sent') AND state IN ('review', 'confirmed')"),
        postgresql_where=sa.text("sheet IN ('wanted', 'sent') AND state IN ('review', 'confirmed')"),
    )
    op.execute(FIRSTS)

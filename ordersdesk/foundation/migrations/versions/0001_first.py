"""The tables of the first release."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

TERM = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # sorted by bytes on both


def each(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Declare columns that always hold something."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "counter",
        *each(sa.String(), "branch", "kind", "day"),
        *each(sa.Integer(), "last"),
        sa.PrimaryKeyConstraint("branch", "kind", "day"),
    )
    op.create_table(
        "customer",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "number"),
        *each(sa.Integer(), "version"),
        *each(sa.String(), "name", "folded_name", "kind"),
        *each(sa.Boolean(), "is_member"),
        *each(sa.String(), "size_class", "grade", "territory", "route", "agent", "sales_rep", "language", "terms"),
        *each(sa.BigInteger(), "credit_limit"),
        *each(sa.Integer(), "credit_days"),
        sa.Column("credit_review_on", sa.Date(), nullable=True),
        *each(sa.BigInteger(), "overdue", "opening_balance"),
        *each(sa.String(), "blocked", "invoice_title", "tax_id", "invoice_address", "bank", "bank_account", "note"),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        *each(sa.String(), "search_text"),
        *each(sa.DateTime(timezone=True), "created_at"),
        *each(sa.String(), "created_by"),
        *each(sa.DateTime(timezone=True), "changed_at"),
        *each(sa.String(), "changed_by"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customer_agent", "customer", ["agent"], unique=False)
    op.create_index("ix_customer_folded", "customer", ["folded_name"], unique=False)
    op.create_index("ix_customer_tax_id", "customer", ["tax_id"], unique=False)
    op.create_index("ix_customer_territory", "customer", ["territory", "folded_name"], unique=False)
    op.create_index("ux_customer_source", "customer", ["source"], unique=True)
    op.create_table(
        "customer_term",
        *each(TERM, "term"),
        *each(sa.Integer(), "owner_id"),
        *each(sa.String(), "why"),
        sa.PrimaryKeyConstraint("term", "owner_id", "why"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "code"),
        *each(sa.Integer(), "version"),
        *each(sa.String(), "mnemonic", "barcode", "name", "name_en", "brand", "spec", "model", "colour", "unit"),
        *each(sa.String(), "category", "department"),
        *each(sa.BigInteger(), "list_price", "cost"),
        *each(sa.Integer(), "tax_rate", "weight_g", "volume_cm3", "safety_stock"),
        *each(sa.String(), "listing"),
        *each(sa.Boolean(), "needs_installation"),
        *each(sa.Integer(), "warranty_months", "purchase_limit"),
        *each(sa.Boolean(), "valuable", "discontinued"),
        *each(sa.String(), "replacement", "equivalents", "found_by"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_barcode", "item", ["barcode"], unique=False)
    op.create_index("ix_item_equivalents", "item", ["equivalents"], unique=False)
    op.create_index("ix_item_mnemonic", "item", ["mnemonic"], unique=False)
    op.create_table(
        "item_term",
        *each(TERM, "term"),
        *each(sa.Integer(), "owner_id"),
        *each(sa.String(), "why"),
        sa.PrimaryKeyConstraint("term", "owner_id", "why"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "timeline",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "kind"),
        *each(sa.Integer(), "document_id"),
        *each(sa.DateTime(timezone=True), "at"),
        *each(sa.String(), "by", "verb", "from_state", "to_state", "rule", "note"),
        *each(sa.JSON(), "details"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_timeline_document", "timeline", ["kind", "document_id"], unique=False)
    op.create_table(
        "user_account",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "login", "name"),
        *each(sa.JSON(), "roles"),
        *each(sa.String(), "password_hash", "language"),
        *each(sa.Boolean(), "is_active"),
        *each(sa.Integer(), "failures"),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        *each(sa.DateTime(timezone=True), "created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "warehouse",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "code", "name", "branch", "kind"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "address",
        *each(sa.Integer(), "id", "customer_id"),
        *each(sa.String(), "text", "district", "route"),
        sa.Column("distance_km", sa.Integer(), nullable=True),
        *each(sa.String(), "region", "receiving_hours"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_address_customer", "address", ["customer_id", "id", "text"], unique=False)
    op.create_table(
        "agreed_price",
        *each(sa.Integer(), "id", "customer_id", "item_id"),
        *each(sa.BigInteger(), "price"),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreed_price", "agreed_price", ["customer_id", "item_id"], unique=False)
    op.create_table(
        "call",
        *each(sa.Integer(), "id"),
        sa.Column("number", sa.String(), nullable=True),
        *each(sa.String(), "branch"),
        *each(sa.Date(), "business_date"),
        *each(sa.String(), "state"),
        *each(sa.Integer(), "version"),
        *each(sa.DateTime(timezone=True), "created_at"),
        *each(sa.String(), "created_by"),
        *each(sa.DateTime(timezone=True), "changed_at"),
        *each(sa.String(), "changed_by", "key", "agent", "channel", "presented"),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        *each(sa.DateTime(timezone=True), "rang_at", "answered_at"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *each(sa.String(), "reason", "outcome", "note"),
        *each(sa.JSON(), "documents", "draft"),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_call_agent", "call", ["agent", "state"], unique=False)
    op.create_index("ix_call_customer", "call", ["customer_id"], unique=False)
    op.create_index("ix_call_presented", "call", ["presented", "state"], unique=False)
    op.create_table(
        "contact",
        *each(sa.Integer(), "id", "customer_id"),
        *each(sa.String(), "name", "department", "email", "fax"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_customer", "contact", ["customer_id", "id", "name"], unique=False)
    op.create_table(
        "duplicate_answer",
        *each(sa.Integer(), "id", "customer_id", "other_id"),
        *each(sa.String(), "why", "answer", "reason"),
        *each(sa.DateTime(timezone=True), "at"),
        *each(sa.String(), "by"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "expected_stock",
        *each(sa.Integer(), "id", "item_id", "warehouse_id", "quantity"),
        *each(sa.Date(), "due"),
        *each(sa.String(), "source"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["warehouse.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_expected_stock_item", "expected_stock", ["item_id"], unique=False)
    op.create_table(
        "item_unit",
        *each(sa.Integer(), "item_id"),
        *each(sa.String(), "name"),
        *each(sa.Integer(), "factor"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("item_id", "name"),
    )
    op.create_table(
        "promotion",
        *each(sa.Integer(), "id"),
        *each(sa.String(), "code"),
        *each(sa.Integer(), "item_id"),
        *each(sa.BigInteger(), "price"),
        *each(sa.Date(), "starts", "ends"),
        *each(sa.JSON(), "classes"),
        *each(sa.Integer(), "cap"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_promotion_item", "promotion", ["item_id"], unique=False)
    op.create_table(
        "quantity_break",
        *each(sa.Integer(), "item_id", "from_quantity"),
        *each(sa.BigInteger(), "price"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("item_id", "from_quantity"),
    )
    op.create_table(
        "reservation",
        *each(sa.Integer(), "id", "item_id", "warehouse_id", "quantity"),
        *each(sa.String(), "holder"),
        sa.Column("order_id", sa.Integer(), nullable=True),
        *each(sa.DateTime(timezone=True), "heard_at"),
        *each(sa.String(), "by"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["warehouse.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reservation_item", "reservation", ["item_id", "warehouse_id"], unique=False)
    op.create_index("ix_reservation_order", "reservation", ["order_id"], unique=False)
    op.create_index(
        "ux_reservation_held",
        "reservation",
        ["holder", "item_id", "warehouse_id"],
        unique=True,
        sqlite_where=sa.text("order_id IS NULL"),
        postgresql_where=sa.text("order_id IS NULL"),
    )
    op.create_table(
        "sales_order",
        *each(sa.Integer(), "id"),
        sa.Column("number", sa.String(), nullable=True),
        *each(sa.String(), "branch"),
        *each(sa.Date(), "business_date"),
        *each(sa.String(), "state"),
        *each(sa.Integer(), "version"),
        *each(sa.DateTime(timezone=True), "created_at"),
        *each(sa.String(), "created_by"),
        *each(sa.DateTime(timezone=True), "changed_at"),
        *each(sa.String(), "changed_by", "key"),
        *each(sa.Integer(), "customer_id"),
        *each(sa.String(), "customer_name", "size_class", "agent"),
        sa.Column("call_id", sa.Integer(), nullable=True),
        *each(sa.String(), "channel", "contact", "phone", "address", "route", "payment", "invoice"),
        sa.Column("wished_on", sa.Date(), nullable=True),
        *each(sa.Boolean(), "urgent"),
        sa.Column("promised_on", sa.Date(), nullable=True),
        *each(sa.String(), "promised_part", "promise", "note"),
        *each(sa.BigInteger(), "goods", "fee", "total"),
        *each(sa.String(), "delivery", "paid"),
        *each(sa.Boolean(), "from_history"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sales_order_customer", "sales_order", ["customer_id", "created_at"], unique=False)
    op.create_index("ix_sales_order_day", "sales_order", ["branch", "business_date", "id"], unique=False)
    op.create_index("ix_sales_order_promise", "sales_order", ["branch", "state", "promised_on"], unique=False)
    op.create_index("ix_sales_order_state", "sales_order", ["branch", "state", "id"], unique=False)
    op.create_index("ux_sales_order_number", "sales_order", ["branch", "number"], unique=True)
    op.create_table(
        "stock",
        *each(sa.Integer(), "item_id", "warehouse_id", "on_hand", "reserved", "quarantined"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["warehouse.id"],
        ),
        sa.PrimaryKeyConstraint("item_id", "warehouse_id"),
    )
    op.create_table(
        "stock_movement",
        *each(sa.Integer(), "id", "item_id", "warehouse_id", "quantity"),
        *each(sa.String(), "reason", "document"),
        *each(sa.DateTime(timezone=True), "at"),
        *each(sa.String(), "by"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["warehouse.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_movement_item", "stock_movement", ["item_id", "warehouse_id"], unique=False)
    op.create_table(
        "usual_item",
        *each(sa.Integer(), "customer_id", "item_id", "orders", "pieces"),
        *each(sa.Date(), "last_on"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("customer_id", "item_id"),
    )
    op.create_table(
        "contact_phone",
        *each(sa.Integer(), "id", "customer_id"),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        *each(sa.String(), "e164", "extension", "typed"),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_phone_customer", "contact_phone", ["customer_id", "id", "e164"], unique=False)
    op.create_index("ix_contact_phone_e164", "contact_phone", ["e164"], unique=False)
    op.create_table(
        "order_line",
        *each(sa.Integer(), "id", "order_id", "position", "item_id"),
        *each(sa.String(), "code", "name", "spec", "unit"),
        *each(sa.Integer(), "quantity"),
        *each(sa.String(), "typed"),
        *each(sa.BigInteger(), "price"),
        *each(sa.String(), "price_source"),
        *each(sa.BigInteger(), "amount"),
        *each(sa.String(), "shortage"),
        *each(sa.Integer(), "short"),
        *each(sa.String(), "note"),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_line_item", "order_line", ["item_id"], unique=False)
    op.create_index("ix_order_line_order", "order_line", ["order_id", "position"], unique=False)
    op.create_table(
        "order_reason",
        *each(sa.Integer(), "id", "order_id"),
        *each(sa.String(), "rule", "role", "text"),
        *each(sa.JSON(), "facts"),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_reason_order", "order_reason", ["order_id"], unique=False)
    op.create_table(
        "promotion_use",
        *each(sa.Integer(), "promotion_id", "customer_id", "pieces"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotion.id"],
        ),
        sa.PrimaryKeyConstraint("promotion_id", "customer_id"),
    )

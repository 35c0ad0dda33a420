"""Slips routes pads and the promise ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"

# Orders that are still to be delivered: where a carrier takes them (the first release had no branch but Shanghai), and
# when they leave: with the day they are promised for, at once where a carrier needs days for the way.
REGIONS = """
UPDATE sales_order SET region = coalesce(
    (SELECT a.region FROM address a WHERE a.customer_id = sales_order.customer_id AND a.text = sales_order.address
     AND a.region NOT LIKE '上海%' ORDER BY a.id LIMIT 1), '')
WHERE state IN ('review', 'confirmed') AND delivery <> 'delivered'
"""
LEAVES = """
UPDATE sales_order SET leaves_on = CASE WHEN region = '' THEN promised_on ELSE business_date END
WHERE state IN ('review', 'confirmed') AND delivery <> 'delivered'
"""
# What was promised for them opens the ledger.
LEDGER = """
INSERT INTO promise (branch, order_id, said_at, said_by, because, promised_on, promised_part, explanation, outcome)
SELECT branch, id, created_at, agent, 'order', promised_on, promised_part, promise, 'open' FROM sales_order
WHERE state IN ('review', 'confirmed') AND delivery <> 'delivered' AND promised_on IS NOT NULL ORDER BY id
"""


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "pad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pad_numbers", "pad", ["branch", "first", "last"], unique=False)
    op.create_table(
        "route_sheet",
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
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("handed_in", sa.BigInteger(), nullable=True),
        sa.Column("difference_why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_route_sheet_day", "route_sheet", ["branch", "day", "state"], unique=False)
    op.create_index("ux_route_sheet_number", "route_sheet", ["branch", "number"], unique=True)
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("promised_part", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_promise_day", "promise", ["branch", "promised_on", "outcome"], unique=False)
    op.create_index("ix_promise_order", "promise", ["order_id", "id"], unique=False)
    op.create_table(
        "slip",
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
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("size_class", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("warehouse_id", sa.Integer(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("promised_part", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("valuable", sa.Boolean(), nullable=False),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("volume_cm3", sa.Integer(), nullable=False),
        sa.Column("goods", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("carriage", sa.BigInteger(), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("job_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parcels", sa.Integer(), nullable=False),
        sa.Column("picked_by", sa.String(), nullable=False),
        sa.Column("released_first", sa.Boolean(), nullable=False),
        sa.Column("released_why", sa.String(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("collected", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("advised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["route_sheet.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["warehouse.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_slip_chased",
        "slip",
        ["branch", "id"],
        unique=False,
        sqlite_where=sa.text("released_first AND prints = 0 AND state <> 'void'"),
        postgresql_where=sa.text("released_first AND prints = 0 AND state <> 'void'"),
    )
    op.create_index("ix_slip_day", "slip", ["branch", "leaves_on", "state"], unique=False)
    op.create_index(
        "ix_slip_open",
        "slip",
        ["branch", "state", "leaves_on", "wave", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('made', 'printed', 'picked', 'loaded')"),
        postgresql_where=sa.text("state IN ('made', 'printed', 'picked', 'loaded')"),
    )
    op.create_index("ix_slip_order", "slip", ["order_id", "id"], unique=False)
    op.create_index("ix_slip_sheet", "slip", ["sheet_id", "place"], unique=False)
    op.create_index("ux_slip_number", "slip", ["branch", "number"], unique=True)
    op.create_table(
        "pad_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("pad_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("spoiled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("slip_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paired_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pad_id"],
            ["pad.id"],
        ),
        sa.ForeignKeyConstraint(
            ["slip_id"],
            ["slip.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pad_slip_number", "pad_slip", ["branch", "number"], unique=False)
    op.create_index("ix_pad_slip_slip", "pad_slip", ["slip_id"], unique=False)
    op.create_table(
        "slip_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("valuable", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refused_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["slip_id"],
            ["slip.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_slip_line_order_line", "slip_line", ["order_line_id"], unique=False)
    op.create_index("ix_slip_line_slip", "slip_line", ["slip_id", "position"], unique=False)
    op.create_table(
        "transit_exception",
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
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("slip_number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_on", sa.String(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["slip_id"],
            ["slip.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transit_exception_slip", "transit_exception", ["slip_id"], unique=False)
    op.create_index("ix_transit_exception_state", "transit_exception", ["branch", "state", "id"], unique=False)
    op.create_index("ux_transit_exception_number", "transit_exception", ["branch", "number"], unique=True)
    op.add_column("order_line", sa.Column("allocated", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_line", sa.Column("shipped", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("sales_order", sa.Column("region", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("sales_order", sa.Column("leaves_on", sa.Date(), nullable=True))
    op.add_column("sales_order", sa.Column("wave", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        "ix_sales_order_leaves",
        "sales_order",
        ["branch", "leaves_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'confirmed' AND delivery NOT IN ('allocated', 'released', 'delivered')"),
        postgresql_where=sa.text("state = 'confirmed' AND delivery NOT IN ('allocated', 'released', 'delivered')"),
    )
    op.add_column(
        "stock_movement", sa.Column("quarantine", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    for step in (REGIONS, LEAVES, LEDGER):
        op.execute(step)

"""Warehouses, stock counters, the ledger behind them, reservations and expected goods."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.store.columns import moment

_IS_HELD = text("order_id IS NULL")

# Where goods may come from, in the order they are offered (STK-5).
MAIN, SIBLING, SHOP = KINDS = ("main", "sibling", "shop")


class Warehouse(SQLModel, table=True):
    """A place that keeps stock for a branch: its main warehouse, a sibling's, or a shop."""

    __tablename__ = "warehouse"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    branch: str
    kind: str = MAIN


class Stock(SQLModel, table=True):
    """Counters of one item in one warehouse, derived from ledger and reservations (STK-1)."""

    __tablename__ = "stock"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    warehouse_id: int = Field(primary_key=True, foreign_key="warehouse.id")
    on_hand: int = 0
    reserved: int = 0
    quarantined: int = 0
    place: str = ""
    """Where it lies in the warehouse, such as A-03-2: picking lists follow it (SLP-4)."""


class Movement(SQLModel, table=True):
    """A ledger entry: every change of what is on hand, or in quarantine: back and not yet inspected (STK-2)."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        Index("ix_stock_movement_item", "item_id", "warehouse_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    warehouse_id: int = Field(foreign_key="warehouse.id")
    quantity: int
    quarantine: bool = False
    reason: str
    document: str = ""
    at: datetime = moment()
    by: str


class Reservation(SQLModel, table=True):
    """Pieces promised: held for a call (no order yet) or firm for an order; the truth behind `reserved` (STK-3)."""

    __tablename__ = "reservation"
    __table_args__ = (
        Index("ix_reservation_item", "item_id", "warehouse_id"),
        Index("ix_reservation_order", "order_id"),
        # One hold per call, item and warehouse, also when two of its keys are kept at the same moment.
        Index(
            "ux_reservation_held",
            "holder",
            "item_id",
            "warehouse_id",
            unique=True,
            sqlite_where=_IS_HELD,
            postgresql_where=_IS_HELD,
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    warehouse_id: int = Field(foreign_key="warehouse.id")
    quantity: int
    holder: str = ""
    order_id: int | None = None
    heard_at: datetime = moment()
    by: str


class Expected(SQLModel, table=True):
    """Goods on order from a supplier with the day they should come (STK-1)."""

    __tablename__ = "expected_stock"
    __table_args__ = (Index("ix_expected_stock_item", "item_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    warehouse_id: int = Field(foreign_key="warehouse.id")
    quantity: int
    due: date
    source: str = ""

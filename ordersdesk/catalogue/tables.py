"""Items with their pack units and the prices that go before the list price."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.searching.lookup import TERM_TABLE, TermRow
from ordersdesk.foundation.store.columns import json, money


class Item(SQLModel, table=True):
    """Something that can be ordered (CAT-1); quantities count its smallest unit."""

    __tablename__ = "item"
    __table_args__ = (
        Index("ix_item_barcode", "barcode"),
        Index("ix_item_mnemonic", "mnemonic"),
        Index("ix_item_equivalents", "equivalents"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    version: int = 1
    mnemonic: str = ""
    barcode: str = ""
    name: str
    name_en: str = ""
    brand: str = ""
    spec: str = ""
    model: str = ""
    colour: str = ""
    unit: str = ""
    category: str = "stationery"
    department: str = ""
    list_price: Decimal = money()
    cost: Decimal = money()
    tax_rate: int = 13
    weight_g: int = 0
    volume_cm3: int = 0
    safety_stock: int = 0
    listing: str = "catalogue"
    needs_installation: bool = False
    warranty_months: int = 0
    purchase_limit: int = 0
    valuable: bool = False
    discontinued: bool = False
    replacement: str = ""
    equivalents: str = ""
    found_by: str = ""


class ItemTerm(TermRow, table=True):
    """What an item is found by (CAT-2)."""

    __tablename__ = "item_term"
    __table_args__ = (TERM_TABLE,)


class ItemUnit(SQLModel, table=True):
    """A pack of an item: a name such as 盒 and how many smallest units it holds."""

    __tablename__ = "item_unit"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    name: str = Field(primary_key=True)
    factor: int


class AgreedPrice(SQLModel, table=True):
    """A price agreed with one customer, between two days inclusive (CAT-3)."""

    __tablename__ = "agreed_price"
    __table_args__ = (Index("ix_agreed_price", "customer_id", "item_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    item_id: int = Field(foreign_key="item.id")
    price: Decimal = money()
    starts: date | None = None
    ends: date | None = None


class QuantityBreak(SQLModel, table=True):
    """The price from a quantity upwards (CAT-3)."""

    __tablename__ = "quantity_break"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    from_quantity: int = Field(primary_key=True)
    price: Decimal = money()


class Promotion(SQLModel, table=True):
    """A price for some days and classes, up to a number of pieces per customer (CAT-3)."""

    __tablename__ = "promotion"
    __table_args__ = (Index("ix_promotion_item", "item_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    code: str = ""
    item_id: int = Field(foreign_key="item.id")
    price: Decimal = money()
    starts: date
    ends: date
    classes: list[str] = json(list)
    cap: int = 0


class PromotionUse(SQLModel, table=True):
    """Pieces a customer has had of a promotion with a cap (CAT-3)."""

    __tablename__ = "promotion_use"

    promotion_id: int = Field(primary_key=True, foreign_key="promotion.id")
    customer_id: int = Field(primary_key=True, foreign_key="customer.id")
    pieces: int = 0

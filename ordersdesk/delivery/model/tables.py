"""Delivery slips, route sheets, trouble on the road, and pads of handwritten slips."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.store.columns import json, moment, money, phrase

# Slips somebody still has to do something with: a board reads them from this index, however many years lie behind.
OPEN = text("state IN ('made', 'printed', 'picked', 'loaded')")
# Goods that left before their slip was on paper (SLP-5).
CHASED = text("released_first AND prints = 0 AND state <> 'void'")


class Slip(Document, table=True):
    """A delivery slip 销售送货清单: some or all lines of one order, as they leave one warehouse (SLP-1).

    What is printed is copied from the order when the slip is made or follows its order, never after it was printed.
    """

    __tablename__ = "slip"
    __table_args__ = (
        Index("ux_slip_number", "branch", "number", unique=True),
        Index("ix_slip_order", "order_id", "id"),
        Index("ix_slip_sheet", "sheet_id", "place"),
        Index("ix_slip_open", "branch", "state", "leaves_on", "wave", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_slip_day", "branch", "leaves_on", "state"),
        Index("ix_slip_chased", "branch", "id", sqlite_where=CHASED, postgresql_where=CHASED),
        {"sqlite_autoincrement": True},
    )

    order_id: int = Field(foreign_key="sales_order.id")
    order_number: str
    customer_id: int = Field(foreign_key="customer.id")
    customer_name: str
    size_class: str
    contact: str
    phone: str
    address: str
    route: str = ""
    region: str = ""
    """Where a carrier takes it; empty when our own vans do (DLV-2)."""
    warehouse_id: int = Field(foreign_key="warehouse.id")
    leaves_on: date
    wave: str = ""
    """The wave it leaves with, such as `12:00` (DLV-4)."""
    promised_on: date | None = None
    promised_part: str = ""
    urgent: bool = False
    latest: str = ""
    """Until when urgent goods must be there, `16:30`; empty when nobody asked (DLV-4)."""
    department: str = ""
    """The customer's department that takes urgent goods in."""
    valuable: bool = False
    payment: str
    note: str = ""
    pieces: int = 0
    weight_g: int = 0
    volume_cm3: int = 0
    goods: Decimal = money()
    fee: Decimal = money()
    deposit: Decimal = money()
    """What of the order's deposit is set against this slip."""
    due: Decimal = money()
    """Goods and fee without the deposit; what the driver collects when the order is paid at the door (PAY-6)."""
    services: list[dict[str, Any]] = json(list)
    """Packing and insurance of valuable goods: name, pieces, value, cost (DLV-6)."""
    carrier: str = ""
    way: str = ""
    carriage: Decimal = money()
    prints: int = 0
    printed_at: datetime | None = moment(optional=True)
    job: str = ""
    """The printing that has taken it and not yet said how it went (SLP-2)."""
    job_at: datetime | None = moment(optional=True)
    parcels: int = 0
    picked_by: str = ""
    released_first: bool = False
    released_why: str = phrase()
    sheet_id: int | None = Field(default=None, foreign_key="route_sheet.id")
    place: int = 0
    """Which stop of its route sheet."""
    confirmed_at: datetime | None = moment(optional=True)
    """When address, phone and receiver were confirmed again, before a first delivery (CUS-14)."""
    left_at: datetime | None = moment(optional=True)
    """When the goods left the house."""
    collected: Decimal | None = money(None)
    signed_by: str = ""
    signed_at: datetime | None = moment(optional=True)
    why: str = phrase()
    """Why it failed or goods were refused."""
    again_on: date | None = None
    advised_at: datetime | None = moment(optional=True)
    followed_at: datetime | None = moment(optional=True)
    receipt_at: datetime | None = moment(optional=True)
    """When the signed yellow copy 到货回单 was back (SLP-8)."""


class SlipLine(SQLModel, table=True):
    """Pieces of one order line on a slip; `asked` is what the shelf should have given (SLP-4)."""

    __tablename__ = "slip_line"
    __table_args__ = (
        Index("ix_slip_line_slip", "slip_id", "position"),
        Index("ix_slip_line_order_line", "order_line_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    slip_id: int = Field(foreign_key="slip.id")
    order_line_id: int
    """Not a foreign key: a corrected order writes its lines anew (ORD-3)."""
    position: int
    item_id: int = Field(foreign_key="item.id")
    code: str
    name: str
    spec: str = ""
    unit: str = ""
    pieces: int
    asked: int
    price: Decimal = money()
    amount: Decimal = money()
    note: str = ""
    valuable: bool = False
    refused: int = 0
    refused_why: str = ""
    brand: str = ""
    model: str = ""
    colour: str = ""
    """As the order's line says it, and so as it was sold."""


class RouteSheet(Document, table=True):
    """One van's journey 排单回情表: its slips in the order of the stops, and the cash that came back (SLP-4, PAY-6)."""

    __tablename__ = "route_sheet"
    __table_args__ = (
        Index("ux_route_sheet_number", "branch", "number", unique=True),
        Index("ix_route_sheet_day", "branch", "day", "state"),
        {"sqlite_autoincrement": True},
    )

    route: str
    day: date
    wave: str = ""
    vehicle: str = ""
    driver: str = ""
    note: str = ""
    left_at: datetime | None = moment(optional=True)
    back_at: datetime | None = moment(optional=True)
    expected: Decimal = money()
    handed_in: Decimal | None = money(None)
    difference_why: str = ""


class Trouble(Document, table=True):
    """Goods that came late, damaged or not at all: cause, whom we told, and the claim on the carrier (DLV-8)."""

    __tablename__ = "transit_exception"
    __table_args__ = (
        Index("ux_transit_exception_number", "branch", "number", unique=True),
        Index("ix_transit_exception_slip", "slip_id"),
        Index("ix_transit_exception_state", "branch", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    slip_id: int = Field(foreign_key="slip.id")
    slip_number: str
    order_id: int = Field(foreign_key="sales_order.id")
    customer_name: str
    kind: str
    cause: str = phrase()
    note: str = phrase()
    told_by: str = ""
    told_at: datetime | None = moment(optional=True)
    claim_on: str = ""
    claimed: Decimal = money()
    settled: Decimal | None = money(None)


class Pad(SQLModel, table=True):
    """A pad of handwritten slips with numbers printed on it, in somebody's hands (SLP-7)."""

    __tablename__ = "pad"
    __table_args__ = (Index("ix_pad_numbers", "branch", "first", "last"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    first: int
    last: int
    login: str
    issued_at: datetime = moment()
    issued_by: str
    source: str = ""
    """`outage` when the numbers were printed for a power-cut pack (JOY-9)."""
    returned_at: datetime | None = moment(optional=True)


class PadSlip(SQLModel, table=True):
    """One handwritten slip as it was entered afterwards, and the system's slip it belongs to (SLP-7).

    A number may be there twice: two papers with one number are a fact that finance must see.
    """

    __tablename__ = "pad_slip"
    __table_args__ = (
        Index("ix_pad_slip_number", "branch", "number"),
        Index("ix_pad_slip_slip", "slip_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    pad_id: int = Field(foreign_key="pad.id")
    number: int
    spoiled: bool = False
    reason: str
    written_on: date
    customer: str = ""
    amount: Decimal = money()
    note: str = ""
    order_id: int | None = Field(default=None, foreign_key="sales_order.id")
    slip_id: int | None = Field(default=None, foreign_key="slip.id")
    entered_at: datetime = moment()
    entered_by: str
    paired_at: datetime | None = moment(optional=True)
    paired_by: str = ""

"""Orders, their lines, and what each customer usually buys."""

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

# What counts against a credit limit: on monthly account, still going or standing, not paid. Said to the databases in
# one and the same words, since a partial index serves only the condition it was made with.
ON_CREDIT = text("payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')")

# Goods that are with the customer and should have been paid by then, and are not (PAY-7).
NOT_COLLECTED = text("payment <> 'account' AND handed_over > collected + money_in")

# Orders whose confirmation sheet is to come back (ORD-6).
SHEET_OUT = text("sheet IN ('wanted', 'sent') AND state IN ('review', 'confirmed')")

# Orders with goods that are not yet on a slip: a wave is filled from this index (SLP-1).
TO_ALLOCATE = text("state = 'confirmed' AND delivery NOT IN ('allocated', 'released', 'delivered')")


# Orders that go by a number of somebody else too: those that came out of files.
NUMBERED = text("their_number <> ''")

# Orders for later days that only claim their goods (STK-3).
CLAIMS = text("reserve_on IS NOT NULL")


class Order(Document, table=True):
    """What a customer ordered and what was agreed; names and prices are as they were said (ORD-1)."""

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("ux_sales_order_number", "branch", "number", unique=True),
        Index("ix_sales_order_customer", "customer_id", "created_at"),
        Index("ix_sales_order_theirs", "their_number", sqlite_where=NUMBERED, postgresql_where=NUMBERED),
        Index("ix_sales_order_state", "branch", "state", "id"),
        Index("ix_sales_order_promise", "branch", "state", "promised_on"),
        Index("ix_sales_order_day", "branch", "business_date", "id"),
        # A customer's exposure is read from this index alone (PAY-7), which needs what the condition names too.
        Index(
            "ix_sales_order_on_credit",
            "customer_id",
            "id",
            "total",
            "money_in",
            "payment",
            "paid",
            "state",
            sqlite_where=ON_CREDIT,
            postgresql_where=ON_CREDIT,
        ),
        Index(
            "ix_sales_order_not_collected",
            "customer_id",
            "handed_over",
            "collected",
            "money_in",
            "payment",
            sqlite_where=NOT_COLLECTED,
            postgresql_where=NOT_COLLECTED,
        ),
        # The few that are out; an order without a sheet costs nothing here (ORD-6).
        Index(
            "ix_sales_order_sheet", "branch", "sheet_due_on", "id", sqlite_where=SHEET_OUT, postgresql_where=SHEET_OUT
        ),
        Index(
            "ix_sales_order_leaves", "branch", "leaves_on", "id", sqlite_where=TO_ALLOCATE, postgresql_where=TO_ALLOCATE
        ),
        Index("ix_sales_order_claims", "branch", "reserve_on", "id", sqlite_where=CLAIMS, postgresql_where=CLAIMS),
        {"sqlite_autoincrement": True},
    )

    key: str = Field(unique=True)
    their_number: str = ""
    """The number a file, shop or old system gives it; several customers may have an order of one number there."""
    customer_id: int = Field(foreign_key="customer.id")
    customer_name: str
    size_class: str
    agent: str
    call_id: int | None = None
    channel: str
    contact: str
    phone: str
    address: str
    route: str = ""
    payment: str
    invoice: str
    wished_on: date | None = None
    urgent: bool = False
    latest: str = ""
    """Until when urgent goods must be there, as the customer said it, `16:30`; empty when nobody asked (DLV-4)."""
    department: str = ""
    """Which department of the customer takes urgent goods in, as far as it is known (DLV-4)."""
    papers: str = ""
    """Papers the driver hands over with urgent goods besides slip, invoice and sheet (DLV-4)."""
    promised_on: date | None = None
    promised_part: str = ""
    promise: str = ""
    region: str = ""
    """Where it goes, province and city; empty when nobody knows: then no van takes it (CUS-12)."""
    leaves_on: date | None = None
    """The last day, and with `wave` the last wave of it, that still keeps the promise (SLP-1)."""
    wave: str = ""
    note: str = ""
    contract: str = ""
    """Which contract 购销合同 it was signed with: a number or the name of its file (QUO-4)."""
    goods: Decimal = money()
    fee: Decimal = money()
    fee_said: Decimal | None = money(None)
    """Asked for instead of the fee of the rule, with its reason; who approved it answers for it (DLV-1)."""
    fee_reason: str = ""
    fee_approver: str = ""
    total: Decimal = money()
    delivery: str = "none"
    paid: str = "unpaid"
    reserve_on: date | None = None
    """The day from which goods of a later date are reserved; until then the order only claims them (STK-3)."""
    sheet: str = "none"
    sheet_due_on: date | None = None
    sheet_sent_at: datetime | None = moment(optional=True)
    sheet_returned_at: datetime | None = moment(optional=True)
    sheet_anew: bool = False
    """A change made it necessary, or necessary again."""
    deposit: Decimal = money()
    money_in: Decimal = money()
    """What finance marked in: always the sum of the order's payments (PAY-3)."""
    collected: Decimal = money()
    """What its slips brought from the door (PAY-6)."""
    handed_over: Decimal = money()
    """What the goods that are with the customer cost, fee included."""
    from_history: bool = False


class Payment(SQLModel, table=True):
    """Money that finance marked in for an order; never changed: a mistake is reversed by a row against it (PAY-3)."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_order", "order_id", "id"),
        Index("ux_payment_reverses", "reverses", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    order_id: int = Field(foreign_key="sales_order.id")
    business_date: date
    at: datetime = moment()
    by: str
    amount: Decimal = money()
    """Less than nothing when it takes another row back."""
    reference: str = ""
    reverses: int | None = Field(default=None, foreign_key="payment.id")
    reason: str = ""


class Promised(SQLModel, table=True):
    """One line of the promise ledger: what was promised when, and whether it was kept (DLV-5, DLV-7)."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_order", "order_id", "id"),
        Index("ix_promise_day", "branch", "promised_on", "outcome"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    order_id: int = Field(foreign_key="sales_order.id")
    said_at: datetime = moment()
    said_by: str
    because: str
    """What it was said for: order, change, sheet, failed, confirmed, came, short."""
    promised_on: date
    promised_part: str = ""
    latest: str = ""
    """Until when on that day, where the customer named a time: urgent goods (DLV-4)."""
    explanation: str = ""
    outcome: str = "open"
    """open, kept, broken, moved (a later line took its place) or fallen (the order did not stand)."""
    ended_at: datetime | None = moment(optional=True)


class FormerKey(SQLModel, table=True):
    """A key an order went by before it was corrected: a late retry of that submit still finds it (ORD-11)."""

    __tablename__ = "former_order_key"

    key: str = Field(primary_key=True)
    order_id: int = Field(foreign_key="sales_order.id")


class OrderLine(SQLModel, table=True):
    """One item of an order; `short` pieces were not there and come as the customer chose (STK-5).

    Of its pieces `allocated` ones are on a slip, `released` ones on a printed slip, `shipped` ones have left the house
    and `delivered` ones are with the customer, each among those before it (ORD-3, CHG-3); what comes back or falls
    away is taken off again. `closed_short` pieces were ordered once and will not come (CHG-5).
    """

    __tablename__ = "order_line"
    __table_args__ = (
        Index("ix_order_line_order", "order_id", "position"),
        Index("ix_order_line_item", "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sales_order.id")
    position: int
    item_id: int = Field(foreign_key="item.id")
    code: str
    name: str
    spec: str = ""
    unit: str = ""
    quantity: int
    typed: str = ""
    price: Decimal = money()
    price_source: str = ""
    amount: Decimal = money()
    shortage: str = ""
    short: int = 0
    note: str = ""
    promotion_id: int | None = None
    brand: str = ""
    model: str = ""
    colour: str = ""
    """As the goods were called when they were sold: what planning writes of the item later changes no paper."""
    special: bool = False
    """Special goods when it was sold: not returnable (QUO-4)."""
    allocated: int = 0
    released: int = 0
    shipped: int = 0
    delivered: int = 0
    closed_short: int = 0
    closed_why: str = phrase()


class Usual(SQLModel, table=True):
    """What a customer has bought of an item: feeds usual items, first purchases and odd quantities (CAL-4, JOY-5)."""

    __tablename__ = "usual_item"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    orders: int = 0
    pieces: int = 0
    last_on: date


class ChangeRequest(Document, table=True):
    """What a customer wants changed about an order, with the figures before and after (CHG-1)."""

    __tablename__ = "change_request"
    __table_args__ = (
        Index("ux_change_request_number", "branch", "number", unique=True),
        Index("ix_change_request_order", "order_id", "state"),
        {"sqlite_autoincrement": True},
    )

    order_id: int = Field(foreign_key="sales_order.id")
    order_number: str
    kind: str
    reason: str
    edits: dict[str, Any] = json()
    before: dict[str, Any] = json()
    after: dict[str, Any] = json()
    level: str
    occasions: list[str] = json(list)
    old_total: Decimal = money()
    new_total: Decimal = money()


class Notice(SQLModel, table=True):
    """Something somebody must know about an order, until they noted it: to one person, or to whoever has a role."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_open", "branch", "noted_at", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    login: str = ""
    role: str = ""
    order_id: int = Field(foreign_key="sales_order.id")
    order_number: str
    rule: str
    text: str
    facts: dict[str, Any] = json()
    at: datetime = moment()
    noted_at: datetime | None = moment(optional=True)
    noted_by: str = ""

"""Reads everybody needs of an order: its head by number, key or id, and its lines (ORD-9, ORD-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy import case as either
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.codes import code
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.tables import FormerKey, Order, OrderLine, Usual
from ordersdesk.orders.terms.reasons import said_of
from ordersdesk.stock.rules import Shortage

ORDER, LINE, USUAL, FORMER = table_of(Order), table_of(OrderLine), table_of(Usual), table_of(FormerKey)
_SAME = ORDER.alias()
SHOWN = 9  # numbers named in a refusal
# Pieces of a line that are still to come: what is short, unless it was left out and is not in the quantity (STK-5).
WAITS = either((LINE.c.shortage == Shortage.LEAVE.value, 0), else_=LINE.c.short)


def corrected(desk: Desk, session: Session, number: str) -> Summary | None:
    """Return the order a draft corrects, if it does and there is one."""
    head = _BY_NUMBER.first(session, branch=desk.branch, wanted=number.strip().upper()) if number.strip() else None
    return _summary(head) if head else None


@dataclass(frozen=True)
class Summary:
    """An order's head."""

    id: int
    number: str
    key: str
    state: str
    version: int
    created_at: datetime
    business_date: date
    agent: str
    customer_id: int
    customer_name: str
    size_class: str
    channel: str
    contact: str
    phone: str
    address: str
    payment: str
    invoice: str
    wished_on: date | None
    urgent: bool
    latest: str
    department: str
    papers: str
    promised_on: object
    promised_part: str
    promise: str
    """In the language being spoken, with what it hangs on."""
    region: str
    leaves_on: date | None
    wave: str
    note: str
    contract: str
    goods: Decimal
    fee: Decimal
    fee_said: Decimal | None
    fee_reason: str
    fee_approver: str
    total: Decimal
    delivery: str
    paid: str
    sheet: str
    sheet_due_on: date | None
    sheet_sent_at: datetime | None
    sheet_returned_at: datetime | None
    sheet_anew: bool
    deposit: Decimal
    money_in: Decimal
    collected: Decimal
    handed_over: Decimal
    reserve_on: date | None

    @property
    def deposit_paid(self) -> bool:
        """Whether what has to be paid ahead of special goods is in (QUO-4)."""
        return bool(self.deposit) and self.money_in >= self.deposit


def _summary(head: Sequence[Any]) -> Summary:
    read = Summary(*head)
    return replace(read, promise=said_of(read.promise, read.promised_on, read.promised_part))


@dataclass(frozen=True)
class Row:
    """An order's line as it was agreed."""

    position: int
    code: str
    name: str
    spec: str
    unit: str
    quantity: int
    typed: str
    price: Decimal
    price_source: str
    amount: Decimal
    shortage: str
    short: int
    note: str
    special: bool = False
    closed_short: int = 0
    brand: str = ""
    model: str = ""
    colour: str = ""


_HEAD = tuple(ORDER.c[name] for name in Summary.__dataclass_fields__)
_ROW = tuple(LINE.c[name] for name in Row.__dataclass_fields__)


def held_order(desk: Desk, session: Session, number: str, *, lock: bool = False) -> Summary:
    """Return an order's head inside the caller's session; with `lock`, whoever else changes the order waits."""
    wanted = (ORDER.c.branch == desk.branch) & (ORDER.c.number == code(number))
    chosen = select(*_HEAD).where(wanted)
    head = session.connection().execute(chosen.with_for_update() if lock else chosen).first()
    if head is None:
        raise _no_order(desk, session, number)
    return _summary(head)


def _no_order(desk: Desk, session: Session, number: str) -> Refused:
    """Build the refusal of a number no order has; several orders may go by it in the system they came from."""
    theirs = (ORDER.c.branch == desk.branch) & ORDER.c.their_number.in_((number.strip(), code(number)))
    chosen = select(ORDER.c.number).where(theirs, ORDER.c.their_number != "").order_by(ORDER.c.id).limit(SHOWN + 1)
    found = list(session.connection().execute(chosen).scalars())
    if not found:
        text, mend = _("There is no order {number}."), _("Look it up in the order book.")
        return Refused("ORD-9", text.format(number=number[:40]), mend=mend, field="number")
    listed = word_list(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    return Refused(
        "ORD-9",
        _("{number} is the number of a file or shop.").format(number=number[:40]),
        mend=_("Here it is: {numbers}.").format(numbers=listed),
        field="number",
    )


def by_id(session: Session, order_id: int) -> Summary:
    """Return an order's head by its id, which is known to be there."""
    return _summary(session.connection().execute(select(*_HEAD).where(ORDER.c.id == order_id)).one())


_BY_NUMBER = Prepared(
    select(*_HEAD).where(ORDER.c.branch == bindparam("branch"), ORDER.c.number == bindparam("wanted"))
)
# One statement: the former keys are only looked through when no order goes by the key now.
_BY_KEY = Prepared(
    select(*_HEAD).where(
        ORDER.c.id
        == func.coalesce(
            select(_SAME.c.id).where(_SAME.c.key == bindparam("wanted")).scalar_subquery(),
            select(FORMER.c.order_id).where(FORMER.c.key == bindparam("wanted")).scalar_subquery(),
        )
    )
)


def by_key(session: Session, key: str) -> Summary | None:
    """Return the order a submit with this key made before, also one that was corrected since (ORD-11)."""
    head = _BY_KEY.first(session, wanted=key)
    return _summary(head) if head else None


def goods_of(session: Session, order_id: int) -> list[Row]:
    """Return an order's lines as they were agreed."""
    chosen = select(*_ROW).where(LINE.c.order_id == order_id)
    return [Row(*row) for row in session.connection().execute(chosen.order_by(LINE.c.position))]

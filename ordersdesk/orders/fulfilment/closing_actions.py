"""What follows for an order when a slip of it is back: its track of money, its promise, its end (ORD-3, PAY-6)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlmodel import Session

from ordersdesk.approvals.actions import withdraw_within
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.changes.asking_over_actions import nobody_asks
from ordersdesk.orders.model.queries import LINE, ORDER, Summary, by_id
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.payments.actions import count_money
from ordersdesk.orders.promise.ledger_actions import fallen, settle
from ordersdesk.orders.review.outcome import held
from ordersdesk.orders.terms.flow import ORDER_FLOW

NOTHING = Decimal("0.00")
NOTHING_KEPT = N_("Nothing was kept: no fee is due.")


@dataclass(frozen=True)
class Stands:
    """Where an order stands now: how far its goods and its money are, and whether it is done."""

    number: str
    state: str
    delivery: str
    paid: str
    promise: str = ""
    """`kept` or `broken` when the last goods came just now."""


@dataclass(frozen=True)
class Brought:
    """What all slips of an order brought from the door, and what the goods they handed over cost."""

    collected: Decimal
    handed_over: Decimal


def came_back(desk: Desk, session: Session, order_id: int, brought: Brought, at: datetime) -> Stands:
    """Bring an order's money and end up to date after a slip of it; joins the caller's transaction.

    `at` is when the goods came. An order delivered and paid closes by itself, and so does one of which nothing was
    kept: it owes no fee (DLV-1). What was handed over and not paid is owed from now on (PAY-7).
    """
    session.connection().execute(update(ORDER).where(ORDER.c.id == order_id).values(**asdict(brought)))
    head = by_id(session, order_id)
    unwanted = head.delivery == "none" and not _wanted(session, order_id)
    if unwanted and head.fee:
        head = _without_fee(desk, session, head)
    delivered = head.delivery == "delivered" or unwanted
    paid = count_money(session, order_id, delivered=delivered)
    promise = ""
    if unwanted:
        fallen(desk, session, order_id)
    elif delivered:
        promise = settle(desk, session, order_id, at)
    state = head.state
    if delivered and paid == "paid" and state == "confirmed":
        advance(desk, session, ORDER_FLOW, Order, held(head), "finish")
        nobody_asks(desk, session, order_id, reason=_("Delivered and paid"))
        withdraw_within(desk, session, ORDER_FLOW.kind, order_id, reason=_("Delivered and paid"))
        state = "closed"
    return Stands(head.number, state, head.delivery, paid, promise)


def _without_fee(desk: Desk, session: Session, head: Summary) -> Summary:
    """Take the fee off an order of which nothing was kept; no slip asks for it any more."""
    changes = {"fee": NOTHING, "total": head.total - head.fee}
    advance(desk, session, ORDER_FLOW, Order, held(head), "fulfil", changes=changes, note=_(NOTHING_KEPT))
    return by_id(session, head.id)


def _wanted(session: Session, order_id: int) -> int:
    """Count the pieces that stand on an order; none when all of them were closed."""
    pieces = select(func.coalesce(func.sum(LINE.c.quantity), 0)).where(LINE.c.order_id == order_id)
    return int(session.connection().execute(pieces).scalar_one())

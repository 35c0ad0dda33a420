"""Reads of what was agreed: an order's lines, whose order it is, what it has reserved."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.orders.model.queries import LINE, Summary
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.stock.queries import RESERVATION

TIMELINE = table_of(Timeline)
_AGREED = tuple(LINE.c[name] for name in Agreed.__dataclass_fields__)


def agreed_lines(session: Session, order_id: int) -> tuple[Agreed, ...]:
    """Return an order's lines as they are agreed."""
    chosen = select(*_AGREED).where(LINE.c.order_id == order_id).order_by(LINE.c.position)
    return tuple(Agreed(*row) for row in session.connection().execute(chosen))


def customer_number(session: Session, customer_id: int) -> str:
    """Return the number of an order's customer."""
    found = session.connection().execute(select(CUSTOMER.c.number).where(CUSTOMER.c.id == customer_id)).scalar()
    return str(found or "")


def waits_again(session: Session, order_id: int) -> bool:
    """Tell whether an order that waits was confirmed before a change made it wait: it is no longer free (ORD-7)."""
    steps = select(TIMELINE.c.verb).where(TIMELINE.c.kind == ORDER_FLOW.kind, TIMELINE.c.document_id == order_id)
    last = steps.where(TIMELINE.c.verb.in_(("enter", "wait"))).order_by(TIMELINE.c.id.desc()).limit(1)
    return session.connection().execute(last).scalar() == "wait"


def is_free(session: Session, head: Summary) -> bool:
    """Tell whether an order can be cancelled freely: it was never confirmed, or went back to its agent (ORD-7)."""
    if head.state == "review":
        return not waits_again(session, head.id)
    return head.state in ORDER_FLOW.verb("cancel").from_


def has_reserved(session: Session, order_id: int) -> dict[tuple[int, int], int]:
    """Return the pieces an order has reserved, by item and warehouse."""
    mine = select(RESERVATION.c.item_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
    own: dict[tuple[int, int], int] = {}
    for item_id, place, count in session.connection().execute(mine.where(RESERVATION.c.order_id == order_id)):
        own[item_id, place] = own.get((item_id, place), 0) + count
    return own

"""What an order that does not stand gives back: goods, promotion pieces, and its place among the usual items."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.approvals.actions import nobody_answers_within
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.orders.commitments.promotions import give_back
from ordersdesk.orders.commitments.usual_actions import forget
from ordersdesk.orders.model.queries import LINE, Summary
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.stock.actions import release

CHANGE = table_of(ChangeRequest)


def give_all_back(desk: Desk, session: Session, order: Summary) -> int:
    """Free an order's goods and take back what it counted for; joins the caller's transaction; returns the pieces."""
    freed = release(session, order_id=order.id)
    give_back(desk, session, order)
    forget(session, order.customer_id, basket(session, order.id))
    nobody_answers_within(session, ORDER_FLOW.kind, order.id)
    for request_id in session.connection().execute(select(CHANGE.c.id).where(CHANGE.c.order_id == order.id)).scalars():
        nobody_answers_within(session, CHANGE_FLOW.kind, request_id)
    return freed


def basket(session: Session, order_id: int) -> dict[int, int]:
    """Return the pieces of each item on an order."""
    pieces = select(LINE.c.item_id, func.sum(LINE.c.quantity)).where(LINE.c.order_id == order_id)
    rows = session.connection().execute(pieces.where(LINE.c.quantity > 0).group_by(LINE.c.item_id))
    return {item_id: int(count) for item_id, count in rows}

"""Change requests end with their order: nobody decides about one that is done (CHG-1, CHG-3)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.approvals.actions import nobody_answers_within, withdraw_within
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.changes.deciding import withdrawn
from ordersdesk.orders.changes.queries import of_order
from ordersdesk.orders.model.queries import by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW

TOLD = N_("{request} about {number} falls away: {reason}")


def nobody_asks(desk: Desk, session: Session, order_id: int, *, reason: str) -> None:
    """Take back what still waits to be decided about an order, and tell whoever asked; joins the caller's work.

    A step of the system's own: a driver who brings the last money may do it.
    """
    for asked in of_order(session, order_id, state="asked"):
        withdraw_within(desk, session, CHANGE_FLOW.kind, asked.id, reason=reason)
        nobody_answers_within(session, CHANGE_FLOW.kind, asked.id)
        withdrawn(desk, session, asked.id, reason, verb="fall_away")
        order = by_id(session, order_id)
        facts = {"request": asked.number, "number": order.number, "reason": reason}
        tell(desk, session, order, rule="CHG-1", login=asked.created_by, text=TOLD, facts=facts)

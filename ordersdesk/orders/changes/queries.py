"""Reads of changes: what one would do, and the requests of an order (CHG-1)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.changes.plan.case import changed_within
from ordersdesk.orders.changes.plan.comparison import Comparison, compared
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW

CHANGES: Store[ChangeRequest] = Store(
    CHANGE_FLOW,
    ChangeRequest,
    rule="CHG-1",
    mend=N_("The order's timeline names its change requests."),
)
CHANGE = CHANGES.table


def compare(desk: Desk, change: Change) -> Comparison:
    """Return old and new side by side, the level and who approves; nothing is written (CHG-1, CHG-2)."""
    with desk.reading() as session:
        return compared(desk, changed_within(desk, session, change))


def of_order(session: Session, order_id: int, *, state: str = "") -> list[ChangeRequest]:
    """Return the change requests of an order, oldest first; those in one state when it is named."""
    mine = [CHANGE.c.order_id == order_id]
    return CHANGES.find(session, *mine, *([CHANGE.c.state == state] if state else []))

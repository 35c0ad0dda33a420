"""Open orders and unread notices of somebody who leaves go to somebody else (USR-7); who took an order stays said."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import HANDED_OVER, record
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.notices.queries import NOTICE
from ordersdesk.orders.terms.flow import ORDER_FLOW

OVER = ("closed", "cancelled")


def orders_of(session: Session, login: str) -> list[int]:
    """Return the orders somebody answers for that are not over, and keep them for this transaction."""
    found = select(ORDER.c.id).where(_theirs(login)).order_by(ORDER.c.id).with_for_update()
    return list(session.connection().execute(found).scalars())


def hand_over_orders(desk: Desk, session: Session, login: str, *, to: str) -> int:
    """Let another answer for somebody's orders and return how many; joins the caller's transaction."""
    ids = orders_of(session, login)
    session.connection().execute(update(ORDER).where(_theirs(login)).values(agent=to))
    for order_id in ids:
        record(desk, session, ORDER_FLOW.kind, order_id, HANDED_OVER, rule="USR-7", details={"from": login, "to": to})
    return len(ids)


def _theirs(login: str) -> ColumnElement[bool]:
    return (ORDER.c.agent == login) & ORDER.c.state.not_in(OVER)


def notices_of(session: Session, login: str) -> list[int]:
    """Return the notices somebody has not noted, and keep them for this transaction."""
    found = select(NOTICE.c.id).where(_unread(login)).order_by(NOTICE.c.id).with_for_update()
    return list(session.connection().execute(found).scalars())


def hand_over_notices(_desk: Desk, session: Session, login: str, *, to: str) -> int:
    """Tell another what somebody has not noted, and return how much; joins the caller's transaction."""
    count = len(notices_of(session, login))
    session.connection().execute(update(NOTICE).where(_unread(login)).values(login=to))
    return count


def _unread(login: str) -> ColumnElement[bool]:
    return (NOTICE.c.login == login) & NOTICE.c.noted_at.is_(None)

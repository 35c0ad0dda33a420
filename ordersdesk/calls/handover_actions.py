"""Calls of somebody who leaves go to somebody else, with everything typed (USR-7, CAL-5)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session

from ordersdesk.calls.queries import CALL
from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import HANDED_OVER, record


def calls_of(session: Session, login: str) -> list[int]:
    """Return the calls of somebody that are not ended, and keep them for this transaction."""
    found = select(CALL.c.id).where(_theirs(login)).order_by(CALL.c.id).with_for_update()
    return list(session.connection().execute(found).scalars())


def hand_over_calls(desk: Desk, session: Session, login: str, *, to: str) -> int:
    """Give somebody's calls to another and return how many; joins the caller's transaction."""
    ids = calls_of(session, login)
    session.connection().execute(update(CALL).where(_theirs(login)).values(agent=to))
    for call_id in ids:
        record(desk, session, CALL_FLOW.kind, call_id, HANDED_OVER, rule="USR-7", details={"from": login, "to": to})
    return len(ids)


def _theirs(login: str) -> ColumnElement[bool]:
    return (CALL.c.agent == login) & (CALL.c.state != "ended")

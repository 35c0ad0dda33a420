"""Proofs of calls: their timelines, and no goods held for a call that has ended."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.calls.queries import CALL
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.stock.queries import RESERVATION


def ended_holders(session: Session) -> list[str]:
    """Return the keys of ended calls that still hold goods."""
    left = select(CALL.c.key).join(RESERVATION, RESERVATION.c.holder == CALL.c.key)
    over = (CALL.c.state == "ended") & RESERVATION.c.order_id.is_(None)
    return list(session.connection().execute(left.where(over).distinct()).scalars())


def holds(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every ended call that still holds goods (STK-3)."""
    for key in ended_holders(session):
        yield Fault("STK-3", _("Call {key} has ended and still holds goods.").format(key=key))

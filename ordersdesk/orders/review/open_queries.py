"""Which orders wait, and whether somebody is asked about them (ORD-13)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL, WAITS
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.terms.flow import ORDER_FLOW

ASKED = "asked"


def waiting_of(session: Session, customers: Collection[int]) -> list[int]:
    """Return the orders of some customers that are in review, by id."""
    found: list[int] = []
    for part in chunks(sorted(customers)):
        mine = ORDER.c.customer_id.in_(part) & (ORDER.c.state == "review")
        found += session.connection().execute(select(ORDER.c.id).where(mine)).scalars()
    return sorted(found)


def asked_on_their_way(session: Session, customers: Collection[int]) -> list[int]:
    """Return the confirmed orders of some customers about which somebody is asked, by id."""
    asked = select(APPROVAL.c.document_id).where(WAITS, APPROVAL.c.subject == ORDER_FLOW.kind)
    found: list[int] = []
    for part in chunks(sorted(customers)):
        mine = ORDER.c.customer_id.in_(part) & (ORDER.c.state == "confirmed") & ORDER.c.id.in_(asked)
        found += session.connection().execute(select(ORDER.c.id).where(mine)).scalars()
    return sorted(found)


def unasked(desk: Desk, session: Session) -> list[int]:
    """Return the orders in review that wait for nobody's yes, by id: a sheet, money, or nothing any more."""
    asked = select(APPROVAL.c.document_id).where(WAITS, APPROVAL.c.subject == ORDER_FLOW.kind)
    mine = (ORDER.c.branch == desk.branch) & (ORDER.c.state == "review") & ORDER.c.id.not_in(asked)
    return list(session.connection().execute(select(ORDER.c.id).where(mine).order_by(ORDER.c.id)).scalars())

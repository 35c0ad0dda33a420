"""What waits in review, with its reasons, in the order it is dealt with: key customers first (B5.6.6, ORD-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL, WAITS, WaitingFor
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.orders.book.queries import Entry, Filter, page
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.review.reason_queries import reasons_of
from ordersdesk.orders.terms.flow import ORDER_FLOW


@dataclass(frozen=True)
class InReview:
    """An order that waits, every reason for it, and when somebody last asked for it."""

    entry: Entry
    reasons: tuple[WaitingFor, ...]

    @property
    def asked_at(self) -> datetime | None:
        """When somebody last asked for it."""
        return max((reason.asked_at for reason in self.reasons if reason.asked_at), default=None)

    def waits_for(self, roles: frozenset[str]) -> bool:
        """Tell whether somebody with these roles can clear one of its reasons."""
        return any(reason.state == "waiting" and reason.role in roles for reason in self.reasons)

    @property
    def roles(self) -> list[str]:
        """The roles it waits for, each once, by name (N_)."""
        return [ROLE_NAMES.get(role, role) for role in dict.fromkeys(reason.role for reason in self.reasons) if role]


def in_review(desk: Desk, *, occasion: str = "", limit: int) -> list[InReview]:
    """Return the orders in review with their reasons; what waits for me stands first, what I was asked for before."""
    entries = page(desk, Filter(state="review", occasion=occasion), limit=limit)
    with desk.reading() as session:
        reasons = _reasons(desk, session, [entry.number for entry in entries])
    waiting = [InReview(one, tuple(reasons.get(one.number, ()))) for one in entries]
    return sorted(waiting, key=lambda one: (not one.waits_for(desk.user.roles), one.asked_at is None))


def _reasons(desk: Desk, session: Session, numbers: Sequence[str]) -> dict[str, list[WaitingFor]]:
    chosen = (ORDER.c.branch == desk.branch) & ORDER.c.number.in_(numbers)
    ids = {
        id_: number for id_, number in session.connection().execute(select(ORDER.c.id, ORDER.c.number).where(chosen))
    }
    found = reasons_of(desk, session, list(ids))
    return {number: found.get(id_, []) for id_, number in ids.items()}


def waited_for(desk: Desk) -> list[str]:
    """Return the roles that orders in review wait for."""
    waits = (WAITS, APPROVAL.c.branch == desk.branch, APPROVAL.c.subject == ORDER_FLOW.kind)
    statement = select(APPROVAL.c.role).where(*waits).distinct()
    with desk.reading() as session:
        return sorted(session.connection().execute(statement).scalars())


def routes(desk: Desk) -> list[str]:
    """Return the delivery routes that customers have."""
    statement = select(CUSTOMER.c.route).where(CUSTOMER.c.route != "").distinct()
    with desk.reading() as session:
        return sorted(session.connection().execute(statement).scalars())

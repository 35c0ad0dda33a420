"""What waits in review, with its reasons, in the order it is dealt with: key customers first (B5.6.6, ORD-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.customers.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Timeline, table_of
from ordersdesk.foundation.roles import ROLE_NAMES
from ordersdesk.orders.book_queries import Entry, Filter, page
from ordersdesk.orders.case import spoken
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.queries import ORDER, REASON, Waiting

TIMELINE = table_of(Timeline)
ASKED = "asked"


@dataclass(frozen=True)
class InReview:
    """An order that waits, every reason for it, and when somebody last asked for it."""

    entry: Entry
    reasons: tuple[Waiting, ...]
    asked_at: datetime | None = None

    def waits_for(self, roles: frozenset[str]) -> bool:
        """Tell whether somebody with these roles can clear one of its reasons."""
        return any(reason.role in roles for reason in self.reasons)

    @property
    def roles(self) -> list[str]:
        """The roles it waits for, each once, by name (N_)."""
        return [ROLE_NAMES.get(role, role) for role in dict.fromkeys(reason.role for reason in self.reasons) if role]


def in_review(desk: Desk, *, limit: int) -> list[InReview]:
    """Return the orders in review with their reasons; what waits for me stands first, what I was asked for before."""
    entries = page(desk, Filter(state="review"), limit=limit)
    with desk.reading() as session:
        numbers = [entry.number for entry in entries]
        reasons, asked = _reasons(desk, session, numbers), _asked(desk, session, numbers)
    waiting = [InReview(one, tuple(reasons.get(one.number, ())), asked.get(one.number)) for one in entries]
    return sorted(waiting, key=lambda one: (not one.waits_for(desk.user.roles), one.asked_at is None))


def _asked(desk: Desk, session: Session, numbers: Sequence[str]) -> dict[str, datetime]:
    chosen = (ORDER.c.branch == desk.branch) & ORDER.c.number.in_(numbers)
    mine = (TIMELINE.c.kind == ORDER_FLOW.kind) & (TIMELINE.c.verb == ASKED)
    statement = select(ORDER.c.number, func.max(TIMELINE.c.at)).join(ORDER, ORDER.c.id == TIMELINE.c.document_id)
    rows = session.connection().execute(statement.where(chosen, mine).group_by(ORDER.c.number)) if numbers else ()
    return {number: at for number, at in rows}


def _reasons(desk: Desk, session: Session, numbers: Sequence[str]) -> dict[str, list[Waiting]]:
    columns = (ORDER.c.number, REASON.c.rule, REASON.c.role, REASON.c.text, REASON.c.facts)
    chosen = (ORDER.c.branch == desk.branch) & ORDER.c.number.in_(numbers)
    statement = select(*columns).join(ORDER, ORDER.c.id == REASON.c.order_id).where(chosen).order_by(REASON.c.id)
    found: dict[str, list[Waiting]] = {}
    for number, rule, role, text, facts in session.connection().execute(statement) if numbers else ():
        found.setdefault(number, []).append(Waiting(rule, role, spoken(text, facts)))
    return found


def waited_for(desk: Desk) -> list[str]:
    """Return the roles that orders in review wait for."""
    chosen = (ORDER.c.branch == desk.branch) & (ORDER.c.state == "review") & (REASON.c.role != "")
    statement = select(REASON.c.role).join(ORDER, ORDER.c.id == REASON.c.order_id).where(chosen).distinct()
    with desk.reading() as session:
        return sorted(session.connection().execute(statement).scalars())


def routes(desk: Desk) -> list[str]:
    """Return the delivery routes that customers have."""
    statement = select(CUSTOMER.c.route).where(CUSTOMER.c.route != "").distinct()
    with desk.reading() as session:
        return sorted(session.connection().execute(statement).scalars())

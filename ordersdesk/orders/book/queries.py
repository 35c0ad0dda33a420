"""The order book: orders by anything one filters for, page by page (ORD-9), and the counts of the home screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from ordersdesk.approvals.queries import APPROVAL, WAITS
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.masking import masked_phones
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.promise.queries import over
from ordersdesk.orders.promise.rules import Due, is_over
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.receiving_hours import Part

GOING = ("review", "confirmed")


@dataclass(frozen=True)
class Filter:
    """What the order book shows; empty means all."""

    state: str = ""
    delivery: str = ""
    agent: str = ""
    customer: str = ""
    since: date | None = None
    until: date | None = None
    channel: str = ""
    route: str = ""
    late: bool = False
    unpaid: bool = False
    waits_for: str = ""
    occasion: str = ""
    text: str = ""
    history: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the order book."""

    number: str
    state: str
    day: date
    at: datetime
    customer: str
    size_class: str
    agent: str
    channel: str
    route: str
    promised_on: date | None
    promised_part: Part
    latest: str
    """Until when urgent goods must be there (DLV-4)."""
    delivery: str
    paid: str
    total: Decimal
    version: int
    phone: str
    """Masked, since this is a list (USR-5)."""

    def is_late(self, desk: Desk) -> bool:
        """Tell whether the promised day or part of it is over and not all is delivered."""
        if self.state not in GOING or self.delivery == "delivered" or self.promised_on is None:
            return False
        return is_over(Due(self.promised_on, self.promised_part, self.latest), desk.local(), desk.policy)


_ENTRY = (
    ORDER.c.number, ORDER.c.state, ORDER.c.business_date, ORDER.c.created_at, ORDER.c.customer_name,
    ORDER.c.size_class, ORDER.c.agent, ORDER.c.channel, ORDER.c.route, ORDER.c.promised_on, ORDER.c.promised_part,
    ORDER.c.latest, ORDER.c.delivery, ORDER.c.paid, ORDER.c.total, ORDER.c.version, ORDER.c.phone,
)  # fmt: skip


def page(desk: Desk, wanted: Filter, *, offset: int = 0, limit: int = 100) -> list[Entry]:
    """Return one page of the book: newest first; what waits in review lists key customers first (B5.6.6)."""
    # Review is a queue, everything else a ledger.
    queue = (ORDER.c.size_class != "key", ORDER.c.id) if wanted.state == "review" else (ORDER.c.id.desc(),)
    statement = _chosen(desk, wanted, select(*_ENTRY)).order_by(*queue).offset(offset).limit(limit)
    with desk.reading() as session:
        return [_entry(desk, row) for row in session.connection().execute(statement)]


def _entry(desk: Desk, row: Sequence[Any]) -> Entry:
    return Entry(*row[:-1], phone=masked_phones(desk, row[-1]))


def count(desk: Desk, wanted: Filter) -> int:
    """Return how many orders the filter finds."""
    with desk.reading() as session:
        return int(
            session.connection().execute(_chosen(desk, wanted, select(func.count()).select_from(ORDER))).scalar_one()
        )


def _chosen(desk: Desk, wanted: Filter, statement: Any) -> Any:
    same = {"state": wanted.state, "delivery": wanted.delivery, "agent": wanted.agent,
            "channel": wanted.channel, "route": wanted.route}  # fmt: skip
    parts: list[ColumnElement[bool]] = [ORDER.c.branch == desk.branch]
    parts += [ORDER.c[name] == value for name, value in same.items() if value]
    if not wanted.history and not wanted.customer:
        parts.append(ORDER.c.from_history.is_(False))
    if wanted.since:
        parts.append(ORDER.c.business_date >= wanted.since)
    if wanted.until:
        parts.append(ORDER.c.business_date <= wanted.until)
    parts += _conditions(desk, wanted)
    return statement.where(and_(*parts))


def _conditions(desk: Desk, wanted: Filter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wanted.customer:
        number = select(CUSTOMER.c.id).where(CUSTOMER.c.number == wanted.customer).scalar_subquery()
        parts.append(ORDER.c.customer_id == number)
    if wanted.late:
        parts += [ORDER.c.state.in_(GOING), ORDER.c.delivery != "delivered", over(desk, ORDER)]
    if wanted.unpaid:
        parts += [ORDER.c.state == "confirmed", ORDER.c.paid != "paid"]
    if wanted.waits_for:
        parts += _in_review_for(desk, APPROVAL.c.role == wanted.waits_for)
    if wanted.occasion:
        parts += _in_review_for(desk, APPROVAL.c.occasion == wanted.occasion)
    if wanted.text:
        text = wanted.text.strip()
        parts.append(
            or_(
                ORDER.c.number.startswith(text.upper(), autoescape=True),
                ORDER.c.number.endswith(text, autoescape=True),
                ORDER.c.customer_name.contains(text, autoescape=True),
                ORDER.c.phone.endswith(text, autoescape=True),
            )
        )
    return parts


def _in_review_for(desk: Desk, why: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    mine = (WAITS, APPROVAL.c.branch == desk.branch, APPROVAL.c.subject == ORDER_FLOW.kind)
    return [ORDER.c.state == "review", ORDER.c.id.in_(select(APPROVAL.c.document_id).where(*mine, why))]


@dataclass(frozen=True)
class Today:
    """The day in figures, for the home screen."""

    orders: int
    total: Decimal
    in_review: int
    late: int


def today(desk: Desk) -> Today:
    """Count today's orders of the branch, those in review and those late."""
    day = and_(ORDER.c.branch == desk.branch, ORDER.c.business_date == desk.today(), ORDER.c.from_history.is_(False))
    taken = select(func.count(), func.coalesce(func.sum(ORDER.c.total), 0)).where(day, ORDER.c.state != "cancelled")
    with desk.reading() as session:
        number, total = session.connection().execute(taken).one()
    return Today(number, Decimal(total), count(desk, Filter(state="review")), count(desk, Filter(late=True)))

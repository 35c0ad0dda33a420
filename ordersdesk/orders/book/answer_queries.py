"""Answers for a caller: what is still to come, what do I usually take, what did I order last (ORD-14, CAL-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.customers.model.queries import Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import day_aloud
from ordersdesk.foundation.texts.language import _, clause_list, labelled, pgettext, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.assessment.exposure_queries import in_arrears
from ordersdesk.orders.model.queries import LINE, ORDER, USUAL
from ordersdesk.orders.terms.draft import DraftLine


@dataclass(frozen=True)
class Habit:
    """An item a customer takes again and again."""

    code: str
    name: str
    spec: str
    unit: str
    orders: int
    usual: int
    last_on: date

    @property
    def full_name(self) -> str:
        """The name with the spec."""
        return full_name(self.name, self.spec)


@dataclass(frozen=True)
class Past:
    """An earlier order on the caller's card."""

    number: str
    day: date
    state: str
    total: Decimal
    lines: int


def usual_items(desk: Desk, customer_id: int) -> list[Habit]:
    """Return what the customer took most often in the months the policy looks back (CAL-4)."""
    calls = desk.policy.calls
    since = desk.today() - timedelta(days=31 * calls.usual_months)
    columns = (ITEM.c.code, ITEM.c.name, ITEM.c.spec, ITEM.c.unit, USUAL.c.orders, USUAL.c.pieces, USUAL.c.last_on)
    mine = (USUAL.c.customer_id == customer_id) & (USUAL.c.last_on >= since) & ITEM.c.discontinued.is_(False)
    statement = select(*columns).join(ITEM, ITEM.c.id == USUAL.c.item_id).where(mine)
    often = statement.order_by(USUAL.c.orders.desc(), USUAL.c.last_on.desc()).limit(calls.usual_items)
    with desk.reading() as session:
        return [
            Habit(*row[:5], usual=max(1, round(row.pieces / row.orders)), last_on=row.last_on)
            for row in session.connection().execute(often)
        ]


def last_lines(desk: Desk, customer_id: int) -> list[DraftLine]:
    """Return the lines of the customer's last order, to take them again ("same as last time")."""
    newest = (ORDER.c.business_date.desc(), ORDER.c.id.desc())
    mine = (ORDER.c.customer_id == customer_id) & ORDER.c.state.in_(("confirmed", "review", "closed"))
    with desk.reading() as session:
        last = session.connection().execute(select(ORDER.c.id).where(mine).order_by(*newest).limit(1)).scalar()
        chosen = (LINE.c.order_id == last) & (LINE.c.quantity > 0)
        rows = session.connection().execute(
            select(LINE.c.code, LINE.c.quantity).where(chosen).order_by(LINE.c.position)
        )
        return [DraftLine(item=code, quantity=quantity) for code, quantity in rows]


def last_orders(desk: Desk, customer_id: int) -> list[Past]:
    """Return the customer's last orders for the caller's card (CAL-3)."""
    columns = (ORDER.c.number, ORDER.c.business_date, ORDER.c.state, ORDER.c.total)
    newest = select(ORDER.c.id, *columns).where(ORDER.c.customer_id == customer_id)
    newest = newest.order_by(ORDER.c.business_date.desc(), ORDER.c.id.desc()).limit(desk.policy.calls.last_orders)
    with desk.reading() as session:
        found = session.connection().execute(newest).all()
        counts = _line_counts(session, [row[0] for row in found])
    return [Past(*row[1:], lines=counts.get(row[0], 0)) for row in found]


def _line_counts(session: Session, order_ids: list[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for order_id in (
        session.connection().execute(select(LINE.c.order_id).where(LINE.c.order_id.in_(order_ids))).scalars()
    ):
        counts[order_id] = counts.get(order_id, 0) + 1
    return counts


def with_arrears(desk: Desk, who: Buyer) -> Buyer:
    """Return a customer with what was not collected at the door among what is overdue (CAL-3, PAY-7)."""
    with desk.reading() as session:
        return in_arrears(session, who)


@dataclass(frozen=True)
class Owed:
    """Something a customer has ordered, and how many pieces of it they have not yet received."""

    number: str
    code: str
    name: str
    spec: str
    unit: str
    quantity: int
    promised_on: date | None

    @property
    def full_name(self) -> str:
        """The name with the spec."""
        return full_name(self.name, self.spec)


def owed(desk: Desk, customer_id: int) -> list[Owed]:
    """Return what we have not sent this customer yet (ORD-14)."""
    open_ones = ORDER.c.state.in_(("review", "confirmed")) & (ORDER.c.delivery != "delivered")
    left = LINE.c.quantity - LINE.c.delivered
    columns = (ORDER.c.number, LINE.c.code, LINE.c.name, LINE.c.spec, LINE.c.unit, left, ORDER.c.promised_on)
    statement = select(*columns).join(LINE, LINE.c.order_id == ORDER.c.id).where(open_ones)
    mine = statement.where(ORDER.c.customer_id == customer_id, left > 0).order_by(ORDER.c.id, LINE.c.position)
    with desk.reading() as session:
        return [Owed(*row) for row in session.connection().execute(mine)]


def still_to_come(rows: Sequence[Owed], today: date) -> str:
    """Say what a customer still gets, the day first, what has none last (ORD-14)."""
    if not rows:
        return _("You have had everything from us.")
    by_day: dict[date, list[str]] = {}
    for row in rows:
        goods = pgettext("aloud", "{quantity} {unit} of {item}")
        said = goods.format(quantity=row.quantity, unit=row.unit, item=row.full_name)
        by_day.setdefault(row.promised_on or date.max, []).append(said)
    told = [labelled(_day(day, today), word_list(by_day[day])) for day in sorted(by_day)]
    return _("Still to come: {goods}.").format(goods=clause_list(told))


def _day(day: date, today: date) -> str:
    return _("on a day we still find out") if day == date.max else day_aloud(day, today)


def owed_to(desk: Desk, customer: str) -> list[Owed]:
    """Return the same for a customer by number; refused (CUS-2) when there is none."""
    with desk.reading() as session:
        found = buyer(desk, session, customer.strip().upper())
    if found is None:
        raise Refused(
            "CUS-2",
            _("There is no customer {number}.").format(number=customer[:40]),
            mend=_("Look it up: `ordersdesk find NAME`."),
            field="customer",
        )
    return owed(desk, found.id)

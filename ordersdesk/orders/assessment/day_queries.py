"""What a customer ordered on a business day: a threshold counts what belongs together (ORD-5, QUO-4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlmodel import Session

from ordersdesk.catalogue.wares import Ware
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.columns import Moment
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.orders.assessment.sheet_rules import SPECIAL
from ordersdesk.orders.model.tables import Order, OrderLine
from ordersdesk.orders.promise.promise import KEY

NOTHING = Decimal("0.00")
STANDS = ("entered", "review", "confirmed", "closed")  # what is cancelled, rejected or pulled back counts nothing

_ORDER, _LINE = table_of(Order), table_of(OrderLine)


Goods = Mapping[str, Sequence[Ware]]
"""What each typed text may mean."""


def _has_special(goods: Goods) -> bool:
    return any(ware.listing == SPECIAL for same in goods.values() for ware in same)


def _mine() -> tuple[ColumnElement[bool], ...]:
    return (
        _ORDER.c.customer_id == bindparam("customer"), _ORDER.c.id != bindparam("without"),
        _ORDER.c.created_at >= bindparam("since", type_=Moment()),
        _ORDER.c.business_date.in_(bindparam("days", expanding=True)),
        _ORDER.c.state.in_(STANDS), _ORDER.c.from_history.is_(False),
    )  # fmt: skip


_TAKEN = Prepared(select(func.sum(_ORDER.c.total)).where(*_mine()), lists=["days"])
_SPECIAL = Prepared(
    select(func.sum(_LINE.c.amount)).join(_ORDER, _ORDER.c.id == _LINE.c.order_id).where(*_mine(), _LINE.c.special),
    lists=["days"],
)


_BEFORE = Prepared(
    select(_ORDER.c.id)
    .where(_ORDER.c.customer_id == bindparam("customer"), _ORDER.c.id != bindparam("without"))
    .where(_ORDER.c.state.in_(STANDS))
    .limit(1)
)


@dataclass(frozen=True)
class OfTheDay:
    """What a customer's other orders of some business days come to, and the special goods among them."""

    taken: Decimal = NOTHING
    special: Decimal = NOTHING


def of_the_day(
    desk: Desk, session: Session, who: Buyer | None, goods: Goods, *, days: Collection[date], without: int = 0
) -> OfTheDay:
    """Return what counts beside an order of these goods; `without` is the order that asks."""
    if who is None:
        return OfTheDay()
    since = datetime.combine(min(days), time(), desk.zone).astimezone(UTC)
    values = {"customer": who.id, "without": without, "since": since, "days": sorted(set(days))}
    special = _sum(_SPECIAL, session, values) if _has_special(goods) else NOTHING
    return OfTheDay(_sum(_TAKEN, session, values), special)


def is_first(desk: Desk, session: Session, who: Buyer | None, *, without: int = 0) -> bool:
    """Tell whether a key customer orders for the first time; read only where the policy has somebody look (T1.12)."""
    orders = desk.policy.orders
    if who is None or who.size_class != KEY or "first" not in (*orders.finance_looks, *orders.legal_looks):
        return False
    return not _BEFORE.rows(session, customer=who.id, without=without)


def _sum(statement: Prepared, session: Session, values: Mapping[str, object]) -> Decimal:
    found = statement.first(session, **values)
    return (found[0] if found else None) or NOTHING

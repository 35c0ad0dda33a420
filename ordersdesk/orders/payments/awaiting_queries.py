"""Which orders wait for money, before their goods may leave or for goods that are there (PAY-3, PAY-7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Table, case, or_, select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.model.tables import NOT_COLLECTED
from ordersdesk.orders.terms.payment_status import ACCOUNT, NOTHING, not_collected, still_ahead


@dataclass(frozen=True)
class Awaited:
    """An order that waits for money, and how much is missing."""

    number: str
    customer: str
    agent: str
    state: str
    payment: str
    total: Decimal
    deposit: Decimal
    money_in: Decimal
    collected: Decimal
    handed_over: Decimal
    promised_on: date | None
    missing: Decimal = Decimal("0.00")


_NAMES = {"customer": "customer_name"}
_COLUMNS = tuple(ORDER.c[_NAMES.get(name, name)] for name in Awaited.__dataclass_fields__ if name != "missing")


def waits_for_money(policy: Policy, order: Table) -> ColumnElement[bool]:
    """Say to a database which orders are not paid as far as they have to be by now.

    Ahead while goods are here (PAY-3), whatever was handed over and should have been paid by then (PAY-7), and what
    was delivered on monthly account.
    """
    behind = order.c.payment.in_((ACCOUNT, *policy.slips.at_the_door))
    came = order.c.money_in + order.c.collected
    ahead = (case((behind, order.c.deposit), else_=order.c.total) > came) & (order.c.delivery != "delivered")
    on_account = (order.c.payment == ACCOUNT) & (order.c.delivery == "delivered") & (order.c.total > came)
    return or_(ahead, NOT_COLLECTED, on_account) & order.c.from_history.is_(False)


def awaited(desk: Desk, *, limit: int = 1000) -> list[Awaited]:
    """Return the orders of the branch that wait for money, the longest waiting first (ORD-13, ORD-16)."""
    doors, going = desk.policy.slips.at_the_door, ORDER.c.state.in_(("review", "confirmed"))
    mine = going & (ORDER.c.branch == desk.branch) & waits_for_money(desk.policy, ORDER)
    with desk.reading() as session:
        rows = session.connection().execute(select(*_COLUMNS).where(mine).order_by(ORDER.c.id).limit(limit))
        found = [Awaited(*row) for row in rows]
    return [replace(one, missing=_missing(one, doors)) for one in found]


def _missing(one: Awaited, doors: Collection[str]) -> Decimal:
    on_account = one.handed_over - one.money_in - one.collected if one.payment == ACCOUNT else NOTHING
    return max(still_ahead(one, doors), not_collected(one), on_account)

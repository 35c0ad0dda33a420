"""Goods of orders for a later day: what they may claim of what will be there, and whose day has come (STK-3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session

from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.orders.model.tables import Order, OrderLine
from ordersdesk.orders.promise.regions import days_to, region_known
from ordersdesk.orders.promise.waves import last_departure
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.stock.queries import EXPECTED, STOCK, main_warehouse
from ordersdesk.stock.rules import Shortage

ORDER, LINE = table_of(Order), table_of(OrderLine)
_WAITS = case((LINE.c.shortage == Shortage.LEAVE.value, 0), else_=LINE.c.short)


class Later(NamedTuple):
    """When goods of a later date leave, and from which day on they are reserved."""

    leaves_on: date
    reserve_on: date


def later(desk: Desk, draft: Draft, who: Buyer | None) -> Later | None:
    """Return when the goods of a wished date leave and are reserved; nothing when they are reserved from now on."""
    if who is None or draft.deliver_on is None or draft.urgent or draft.deliver_on <= desk.today():
        return None
    days = days_to(region_known(draft, who, desk.policy), desk.policy) or 0
    leaves = last_departure(draft.deliver_on, "", days, desk.policy, desk.calendar)
    day = desk.calendar.working_days_before(leaves.day, desk.policy.stock.reserve_days)
    return Later(leaves.day, day) if day > desk.today() else None


def claimable(desk: Desk, session: Session, items: Collection[int], by: date, *, without: int = 0) -> dict[int, int]:
    """Return the pieces of items an order for a later day may claim: there or on order by then, and nobody else's.

    What other orders wait for comes off, and so does what those for later days claim; never less than nothing.
    """
    place = main_warehouse(desk, session)
    there = select(STOCK.c.item_id, STOCK.c.on_hand - STOCK.c.reserved).where(STOCK.c.warehouse_id == place)
    coming = select(EXPECTED.c.item_id, func.sum(EXPECTED.c.quantity)).where(EXPECTED.c.due < by)
    coming = coming.where(EXPECTED.c.warehouse_id == place).group_by(EXPECTED.c.item_id)
    mine = (ORDER.c.branch == desk.branch, ORDER.c.state.in_(("review", "confirmed")), ORDER.c.id != without)
    # A claim takes all but what is bought for it; an order whose goods are reserved takes what it still waits for.
    takes = case((ORDER.c.reserve_on.is_not(None), LINE.c.quantity - _WAITS), else_=_uncovered())
    others = select(LINE.c.item_id, func.sum(takes)).join(ORDER, ORDER.c.id == LINE.c.order_id).where(*mine)
    others = others.where((_WAITS > 0) | ORDER.c.reserve_on.is_not(None)).group_by(LINE.c.item_id)
    found = dict.fromkeys(items, 0)
    for statement, sign in ((there, 1), (coming, 1), (others, -1)):
        for item_id, pieces in session.connection().execute(statement.where(statement.selected_columns[0].in_(found))):
            found[item_id] += sign * int(pieces or 0)
    return {item_id: max(0, pieces) for item_id, pieces in found.items()}


def _uncovered() -> Any:
    return case((LINE.c.shortage == Shortage.TRANSFER.value, 0), else_=_WAITS)


def due(desk: Desk, session: Session, *, lock: bool = False) -> list[int]:
    """Return the orders for later days whose day has come, the first ordered first."""
    mine = (ORDER.c.branch == desk.branch) & (ORDER.c.reserve_on <= desk.today())
    chosen = select(ORDER.c.id).where(mine, ORDER.c.state.in_(("review", "confirmed"))).order_by(ORDER.c.id)
    return list(session.connection().execute(chosen.with_for_update() if lock else chosen).scalars())

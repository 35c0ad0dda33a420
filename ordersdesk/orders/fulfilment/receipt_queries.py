"""Reads for receipts: which orders wait for an item, key customers first, then the oldest (STK-7)."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.fulfilment.receipt_rules import Waiting, WaitingLine
from ordersdesk.orders.model.queries import LINE, ORDER, WAITS
from ordersdesk.stock.queries import RESERVATION

# An order in review has its goods kept as a confirmed one: bought for it while it waits for its sheet (STK-3, ORD-6).
WAIT = ("confirmed", "review")


def waiting_for(desk: Desk, session: Session, item_id: int, here: int) -> list[Waiting]:
    """Return the orders that wait for pieces of an item to come to a warehouse, in the order they are served.

    Whoever changes one of them meanwhile waits; all lock by id.
    """
    columns = (ORDER.c.id, ORDER.c.size_class, LINE.c.id, LINE.c.shortage, LINE.c.short)
    chosen = select(*columns).join(ORDER, ORDER.c.id == LINE.c.order_id)
    chosen = chosen.where(LINE.c.item_id == item_id, WAITS > 0, ORDER.c.branch == desk.branch, ORDER.c.state.in_(WAIT))
    chosen = chosen.where(ORDER.c.reserve_on.is_(None))  # orders for later days take theirs when their day comes
    rows = session.connection().execute(chosen.order_by(ORDER.c.id, LINE.c.position).with_for_update()).all()
    kept = _kept_elsewhere(session, item_id, here) if rows else {}
    found: list[tuple[bool, Waiting]] = []
    for (order_id, size_class), lines in groupby(rows, key=lambda row: tuple(row[:2])):
        mine = tuple(WaitingLine(*row[2:]) for row in lines)
        found.append((size_class != "key", Waiting(order_id, mine, kept.get(order_id, {}))))
    return [each for _later, each in sorted(found, key=lambda one: one[0])]


def _kept_elsewhere(session: Session, item_id: int, here: int) -> dict[int, dict[int, int]]:
    columns = (RESERVATION.c.order_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
    other = (RESERVATION.c.item_id == item_id) & (RESERVATION.c.warehouse_id != here)
    kept: dict[int, dict[int, int]] = {}
    chosen = select(*columns).where(other, RESERVATION.c.order_id.is_not(None))
    for order_id, place, pieces in session.connection().execute(chosen):
        mine = kept.setdefault(order_id, {})
        mine[place] = mine.get(place, 0) + pieces
    return kept

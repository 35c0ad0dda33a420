"""What the lines of the orders count, and what is on the shelf."""

from __future__ import annotations

from sqlalchemy import select

from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.model.queries import LINE
from ordersdesk.stock.queries import STOCK
from tests.properties.proofs import prove

COUNTERS = ("code", "quantity", "short", "allocated", "released", "shipped", "delivered")


def counters(desk: Desk) -> list[tuple[object, ...]]:
    """Code, quantity, short, allocated, released, shipped, delivered of every order line."""
    with desk.reading() as session:
        rows = session.connection().execute(select(*(LINE.c[name] for name in COUNTERS)).order_by(LINE.c.id))
        return [tuple(row) for row in rows]


def shelf(desk: Desk) -> list[tuple[int, ...]]:
    """Item, on hand, reserved, quarantined."""
    columns = (STOCK.c.item_id, STOCK.c.on_hand, STOCK.c.reserved, STOCK.c.quarantined)
    with desk.reading() as session:
        return [tuple(row) for row in session.connection().execute(select(*columns).order_by(*columns))]


def faults(desk: Desk) -> list[str]:
    """What does not agree; the builders write customers and items without their search terms."""
    prove(desk.database)
    found = [fault for each in check(desk) for fault in each.faults]
    return [f"{fault.rule}: {fault.what}" for fault in found if fault.rule not in ("CUS-2", "CAT-2")]

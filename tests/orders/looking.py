"""Looking at an order's rows: its lines, its goods, its money."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.model.agreed_queries import agreed_lines
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.stock.queries import RESERVATION


def lines_of(desk: Desk, order_id: int = 1) -> tuple[Agreed, ...]:
    """The lines of an order."""
    with desk.reading() as session:
        return agreed_lines(session, order_id)


def reserved(desk: Desk, order_id: int = 1) -> dict[str, int]:
    """What an order has reserved, by code, over all warehouses."""
    pieces = select(ITEM.c.code, func.sum(RESERVATION.c.quantity)).join(ITEM, ITEM.c.id == RESERVATION.c.item_id)
    with desk.reading() as session:
        mine = pieces.where(RESERVATION.c.order_id == order_id).group_by(ITEM.c.code)
        return {code: int(count) for code, count in session.connection().execute(mine)}


def fee_and_total(desk: Desk, order_id: int = 1) -> tuple[str, str]:
    """An order's fee and total."""
    with desk.reading() as session:
        row = session.connection().execute(select(ORDER.c.fee, ORDER.c.total).where(ORDER.c.id == order_id)).one()
    return str(row.fee), str(row.total)


def set_line(desk: Desk, position: int, **values: Any) -> None:
    """Put pieces of a line on a slip, or deliver them; what is further along is all before it too."""
    for further, before in (("delivered", "shipped"), ("shipped", "released"), ("released", "allocated")):
        if further in values:
            values.setdefault(before, values[further])
    where = LINE.c.position == position
    desk.database.write(lambda session: session.connection().execute(update(LINE).where(where).values(values)))

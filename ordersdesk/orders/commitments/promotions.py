"""Caps of promotions: an order uses them up, a cancelled one gives back what it had (CAT-3)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.prices.actions import count_promotions, give_back_promotions
from ordersdesk.catalogue.wares import PriceSource
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import Case
from ordersdesk.orders.model.queries import LINE, Summary


def use_up(session: Session, case: Case) -> None:
    """Count the pieces of an order against the caps of its promotions, in the submit transaction."""
    pieces: dict[int, int] = {}
    for line in case.lines:
        if line.priced and line.priced.counts_against is not None:
            promotion = line.priced.counts_against
            pieces[promotion] = pieces.get(promotion, 0) + line.ordered
    if pieces and case.buyer:
        count_promotions(session, case.buyer.id, pieces)


def give_back(desk: Desk, session: Session, order: Summary) -> None:
    """Uncount what an order had that is not to stand, in the caller's transaction."""
    columns = (LINE.c.item_id, LINE.c.price, LINE.c.quantity, LINE.c.promotion_id)
    chosen = (LINE.c.order_id == order.id) & (LINE.c.price_source == PriceSource.PROMOTION)
    rows = session.connection().execute(select(*columns).where(chosen)).all()
    counted: dict[int, int] = {}
    for row in rows:
        if row.promotion_id is not None:
            counted[row.promotion_id] = counted.get(row.promotion_id, 0) - row.quantity
    count_promotions(session, order.customer_id, counted)
    # Lines from before the promotion was kept beside the price.
    sold = [(row.item_id, row.price, row.quantity) for row in rows if row.promotion_id is None]
    day = order.created_at.astimezone(desk.zone).date()
    give_back_promotions(session, order.customer_id, sold, day=day)

"""Reads of prices: what may go before the list price, for all lines of an order at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlmodel import Session

from ordersdesk.catalogue.tables import AgreedPrice, Promotion, PromotionUse, QuantityBreak
from ordersdesk.catalogue.wares import Agreed, Break, Prices, Promo
from ordersdesk.foundation.documents import table_of

AGREED, BREAK = table_of(AgreedPrice), table_of(QuantityBreak)
PROMOTION, USE = table_of(Promotion), table_of(PromotionUse)


def prices_for(session: Session, customer_id: int | None, item_ids: Collection[int], today: date) -> Prices:
    """Return what may go before the list price of these items: one statement per kind of price (CAT-3)."""
    if not item_ids:
        return Prices()
    items = list(item_ids)
    return Prices(
        agreed=_agreed(session, customer_id, items, today) if customer_id is not None else {},
        breaks=_breaks(session, items),
        promotions=_promotions(session, customer_id, items, today),
    )


def _agreed(session: Session, customer_id: int, items: list[int], today: date) -> dict[int, tuple[Agreed, ...]]:
    valid = or_(AGREED.c.starts.is_(None), AGREED.c.starts <= today) & or_(
        AGREED.c.ends.is_(None), AGREED.c.ends >= today
    )
    chosen = (AGREED.c.customer_id == customer_id) & AGREED.c.item_id.in_(items) & valid
    columns = (AGREED.c.item_id, AGREED.c.price, AGREED.c.starts, AGREED.c.ends)
    found: dict[int, tuple[Agreed, ...]] = {}
    for item_id, *values in session.connection().execute(select(*columns).where(chosen).order_by(AGREED.c.id)):
        found[item_id] = (*found.get(item_id, ()), Agreed(*values))
    return found


def _breaks(session: Session, items: list[int]) -> dict[int, tuple[Break, ...]]:
    found: dict[int, tuple[Break, ...]] = {}
    columns = select(BREAK.c.item_id, BREAK.c.from_quantity, BREAK.c.price)
    for item_id, *values in session.connection().execute(columns.where(BREAK.c.item_id.in_(items))):
        found[item_id] = (*found.get(item_id, ()), Break(*values))
    return found


def _promotions(
    session: Session, customer_id: int | None, items: list[int], today: date
) -> dict[int, tuple[Promo, ...]]:
    used = (USE.c.promotion_id == PROMOTION.c.id) & (USE.c.customer_id == (customer_id or 0))
    running = PROMOTION.c.item_id.in_(items) & (PROMOTION.c.starts <= today) & (PROMOTION.c.ends >= today)
    columns = (
        PROMOTION.c.item_id, PROMOTION.c.id, PROMOTION.c.price, PROMOTION.c.starts, PROMOTION.c.ends,
        PROMOTION.c.classes, PROMOTION.c.cap, func.coalesce(USE.c.pieces, 0),
    )  # fmt: skip
    found: dict[int, tuple[Promo, ...]] = {}
    for item_id, *rest, classes, cap, pieces in session.connection().execute(
        select(*columns).join(USE, used, isouter=True).where(running)
    ):
        found[item_id] = (*found.get(item_id, ()), Promo(*rest, classes=tuple(classes), cap=cap, used=pieces))
    return found

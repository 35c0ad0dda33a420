"""Reads of prices: what may go before the list price, for all lines of an order at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Date, bindparam, func, or_, select
from sqlmodel import Session

from ordersdesk.catalogue.tables import AgreedPrice, Promotion, PromotionUse, QuantityBreak
from ordersdesk.catalogue.wares import Agreed, Break, Prices, Promo
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.prepared import Prepared

AGREED, BREAK = table_of(AgreedPrice), table_of(QuantityBreak)
PROMOTION, USE = table_of(Promotion), table_of(PromotionUse)


_DAY = bindparam("day", type_=Date())
_ITEMS: BindParameter[Any] = bindparam("items", expanding=True)
_WHO: BindParameter[Any] = bindparam("customer")
_AGREED = Prepared(
    select(AGREED.c.item_id, AGREED.c.price, AGREED.c.starts, AGREED.c.ends)
    .where(AGREED.c.customer_id == _WHO, AGREED.c.item_id.in_(_ITEMS))
    .where(or_(AGREED.c.starts.is_(None), AGREED.c.starts <= _DAY))
    .where(or_(AGREED.c.ends.is_(None), AGREED.c.ends >= _DAY))
    .order_by(AGREED.c.id),
    lists=["items"],
)
_BREAKS = Prepared(
    select(BREAK.c.item_id, BREAK.c.from_quantity, BREAK.c.price).where(BREAK.c.item_id.in_(_ITEMS)), lists=["items"]
)
_PROMOTIONS = Prepared(
    select(
        PROMOTION.c.item_id, PROMOTION.c.id, PROMOTION.c.price, PROMOTION.c.starts, PROMOTION.c.ends,
        PROMOTION.c.classes, PROMOTION.c.cap, func.coalesce(USE.c.pieces, 0),
    )
    .join(USE, (USE.c.promotion_id == PROMOTION.c.id) & (USE.c.customer_id == _WHO), isouter=True)
    .where(PROMOTION.c.item_id.in_(_ITEMS), PROMOTION.c.starts <= _DAY, PROMOTION.c.ends >= _DAY),
    lists=["items"],
)  # fmt: skip


def prices_for(session: Session, customer_id: int | None, item_ids: Collection[int], today: date) -> Prices:
    """Return what may go before the list price of these items: one statement per kind of price (CAT-3)."""
    if not item_ids:
        return Prices()
    asked: dict[str, Any] = {"items": item_ids, "customer": customer_id or 0, "day": today}
    agreed: dict[int, tuple[Agreed, ...]] = {}
    for item_id, price, starts, ends in _AGREED.rows(session, **asked) if customer_id else ():
        agreed[item_id] = (*agreed.get(item_id, ()), Agreed(price, starts, ends))
    breaks: dict[int, tuple[Break, ...]] = {}
    for item_id, quantity, price in _BREAKS.rows(session, items=item_ids):
        breaks[item_id] = (*breaks.get(item_id, ()), Break(quantity, price))
    promotions: dict[int, tuple[Promo, ...]] = {}
    for item_id, *rest, classes, cap, used in _PROMOTIONS.rows(session, **asked):
        found = Promo(*rest, classes=tuple(classes), cap=cap, used=used)
        promotions[item_id] = (*promotions.get(item_id, ()), found)
    return Prices(agreed, breaks, promotions)

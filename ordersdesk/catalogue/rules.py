"""Rules of the catalogue over plain values: which price applies, and what a line costs (CAT-3, CAT-5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ordersdesk.catalogue.packs import pack
from ordersdesk.catalogue.wares import Agreed, Break, Priced, Prices, PriceSource, Promo, Ware
from ordersdesk.foundation.money import rounded

__all__ = ["amount", "pack", "price"]

KEY = "key"


def price(
    prices: Prices, ware: Ware, quantity: int, size_class: str, today: date, *, ordered: int | None = None
) -> Priced:
    """Return the first price that applies (CAT-3); `ordered` counts the item over all lines of the order."""
    pieces = max(quantity, ordered or 0)
    # Small customers buy at list or promotion price only, whatever else is stored (B6.4.3).
    if size_class == KEY:
        agreed = _agreed(prices.agreed.get(ware.id, ()), today)
        if agreed is not None:
            return Priced(agreed.price, PriceSource.AGREED)
        reached = _break(prices.breaks.get(ware.id, ()), pieces)
        if reached is not None:
            return Priced(reached.price, PriceSource.BREAK)
    running = _running(prices.promotions.get(ware.id, ()), size_class, today)
    for promo in running:
        if promo.left is None or pieces <= promo.left:
            return Priced(promo.price, PriceSource.PROMOTION, counts_against=promo.id if promo.cap else None)
    return Priced(ware.list_price, PriceSource.LIST, missed=running[0] if running else None)


def amount(unit_price: Decimal, quantity: int) -> Decimal:
    """Return what a line costs, rounded half-up on its own (CAT-5)."""
    return rounded(unit_price * quantity)


def _agreed(agreed: Iterable[Agreed], today: date) -> Agreed | None:
    """Return the agreement in force; of several the one that began last."""
    valid = [
        one for one in agreed if (one.starts is None or one.starts <= today) and (one.ends is None or today <= one.ends)
    ]
    return max(valid, key=lambda one: one.starts or date.min, default=None)


def _break(breaks: Iterable[Break], pieces: int) -> Break | None:
    """Return the highest step the quantity reaches."""
    reached = [step for step in breaks if step.from_quantity <= pieces]
    return max(reached, key=lambda step: step.from_quantity, default=None)


def _running(promotions: Iterable[Promo], size_class: str, today: date) -> list[Promo]:
    """Return the promotions of the day for this class, cheapest first."""
    valid = [
        promo
        for promo in promotions
        if promo.starts <= today <= promo.ends and (not promo.classes or size_class in promo.classes)
    ]
    return sorted(valid, key=lambda promo: (promo.price, promo.id))

"""Rules of the catalogue over plain values: which price applies, and what a line costs (CAT-3, CAT-5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ordersdesk.catalogue.packs import pack
from ordersdesk.catalogue.wares import Agreed, Break, Priced, Prices, PriceSource, Promo, Ware
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.foundation.texts.refusals import Refused

__all__ = ["amount", "pack", "price", "several"]

KEY = "key"
NOTHING = Decimal("0.00")


def price(
    prices: Prices,
    ware: Ware,
    quantity: int,
    size_class: str,
    today: date,
    *,
    ordered: int | None = None,
    agreed_wins: bool = False,
) -> Priced:
    """Return the lowest price the customer is entitled to (CAT-3); `ordered` counts the item over the whole order.

    Where the site says so, an agreed price goes before any other. A price of nought is none: nothing sells for nothing.
    """
    pieces = max(quantity, ordered or 0)
    running = _running(prices.promotions.get(ware.id, ()), size_class, today)
    entitled = [each for each in _entitled(prices, ware, pieces, size_class, today, running) if each.price > 0]
    if not entitled:
        return Priced(NOTHING, PriceSource.NONE)
    if agreed_wins and entitled[0].source is PriceSource.AGREED:
        return entitled[0]
    best = min(entitled, key=lambda each: each.price)  # of equal ones the first
    missed = running[0] if running and 0 < running[0].price < best.price else None
    return replace(best, missed=missed) if missed else best


def _entitled(
    prices: Prices, ware: Ware, pieces: int, size_class: str, today: date, running: Sequence[Promo]
) -> Iterator[Priced]:
    """Give every price that applies, in the order that decides between equal ones."""
    # Small customers buy at list or promotion price only, whatever else is stored (B6.4.3).
    if size_class == KEY:
        agreed = _agreed(prices.agreed.get(ware.id, ()), today)
        reached = _break(prices.breaks.get(ware.id, ()), pieces)
        if agreed:
            yield Priced(agreed.price, PriceSource.AGREED)
        if reached:
            yield Priced(reached.price, PriceSource.BREAK)
    for promo in running:
        if promo.left is None or pieces <= promo.left:
            yield Priced(promo.price, PriceSource.PROMOTION, counts_against=promo.id if promo.cap else None)
    yield Priced(ware.list_price, PriceSource.LIST)


def amount(unit_price: Decimal, quantity: int) -> Decimal:
    """Return what a line costs, rounded half-up on its own (CAT-5)."""
    return rounded(unit_price * quantity)


def several(typed: str, found: Iterable[Ware]) -> Refused:
    """Build the refusal (CAT-2) of a bar code or mnemonic that several items have: nobody knows which is meant."""
    named = word_list(f"{ware.code} {ware.name}" for ware in found)
    return Refused(
        "CAT-2",
        _("“{typed}” is the code of several items: {items}.").format(typed=typed[:40], items=named[:400]),
        mend=_("Choose one by its item code."),
        field="item",
    )


def _agreed(agreed: Iterable[Agreed], today: date) -> Agreed | None:
    """Return the agreement in force; of several the one that began last."""
    valid = [
        one for one in agreed if (one.starts is None or one.starts <= today) and (one.ends is None or today <= one.ends)
    ]
    return max(valid, key=lambda one: one.starts or date.min, default=None)


def _break(breaks: Iterable[Break], pieces: int) -> Break | None:
    """Return the cheapest step the quantity reaches."""
    reached = [step for step in breaks if step.from_quantity <= pieces]
    return min(reached, key=lambda step: (step.price, -step.from_quantity), default=None)


def _running(promotions: Iterable[Promo], size_class: str, today: date) -> list[Promo]:
    """Return the promotions of the day for this class, cheapest first."""
    valid = [
        promo
        for promo in promotions
        if promo.starts <= today <= promo.ends and (not promo.classes or size_class in promo.classes)
    ]
    return sorted(valid, key=lambda promo: (promo.price, promo.id))

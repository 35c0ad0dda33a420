"""What the database says about an order that is to change: its lines, its goods given back, its share of promotions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.queries import meant
from ordersdesk.catalogue.wares import Prices
from ordersdesk.customers.model.queries import Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.assessment import Known
from ordersdesk.orders.assessment.case_queries import bought_before
from ordersdesk.orders.assessment.day_queries import of_the_day
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.model.agreed_queries import has_reserved
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.promise.claim_queries import Later, claimable, later
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.stock.queries import shelves
from ordersdesk.stock.rules import Shelf


def known(desk: Desk, session: Session, head: Summary, lines: Sequence[Agreed], draft: Draft) -> Known:
    """Return what is known of the changed order, as if the order itself had nothing reserved or used up yet."""
    who = buyer(desk, session, draft.customer)
    found = meant(session, [line.item for line in draft.lines])
    items = sorted({ware.id for same in found.values() for ware in same})
    there = given_back(session, head.id, shelves(session, items) if items else {})
    who = in_arrears(session, who) if who else None
    claim = _claim(desk, head, lines, draft, who)
    on_account = who is not None and "account" in (who.terms, draft.payment)
    day = of_the_day(desk, session, who, found, days=[head.business_date], without=head.id)
    return Known(
        buyer=who,
        wares=found,
        prices=_unused(prices_for(session, who.id if who else None, items, desk.today()), lines),
        shelves=there,
        held=_shipped(lines, there),
        bought=bought_before(session, who, items),
        recent=(),  # an order is no double of itself
        exposure=exposure(session, who, without=head.id) if who and on_account else Decimal("0.00"),
        reserve_on=claim.reserve_on if claim else None,
        claimable=claimable(desk, session, items, claim.leaves_on, without=head.id) if claim else {},
        taken=day.taken,
        special_taken=day.special,
        money_in=head.money_in,
    )


def _claim(desk: Desk, head: Summary, lines: Sequence[Agreed], draft: Draft, who: Buyer | None) -> Later | None:
    """Return when the changed order only claims its goods (STK-3): for a later day, and of none is any on a slip."""
    if any(line.allocated for line in lines):
        return None
    wished = draft.deliver_on or (head.wished_on if head.reserve_on else None)
    return later(desk, draft.model_copy(update={"deliver_on": wished}), who)


def given_back(session: Session, order_id: int, there: Mapping[int, list[Shelf]]) -> dict[int, list[Shelf]]:
    """Return shelves as if an order had nothing reserved on them."""
    own = has_reserved(session, order_id)
    return {
        item_id: [replace(one, reserved=one.reserved - own.get((item_id, one.warehouse_id), 0)) for one in places]
        for item_id, places in there.items()
    }


def _shipped(lines: Sequence[Agreed], there: Mapping[int, list[Shelf]]) -> dict[tuple[int, int], int]:
    """Count what has left the house as if it were on the shelf: it needs none from there."""
    gone: dict[tuple[int, int], int] = {}
    for line in lines:
        main = next((shelf.warehouse_id for shelf in there.get(line.item_id, ()) if shelf.is_main), None)
        if line.shipped and main is not None:
            gone[line.item_id, main] = gone.get((line.item_id, main), 0) + line.shipped
    return gone


def _unused(prices: Prices, lines: Sequence[Agreed]) -> Prices:
    had: dict[int, int] = {}
    for line in lines:
        if line.promotion_id is not None:
            had[line.promotion_id] = had.get(line.promotion_id, 0) + line.quantity
    promotions = {
        item_id: tuple(replace(one, used=one.used - had.get(one.id, 0)) for one in running)
        for item_id, running in prices.promotions.items()
    }
    return replace(prices, promotions=promotions)

"""From a draft to a case: one way to price and promise, used while typing and inside the submit transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from ordersdesk.catalogue.rules import amount, pack, price
from ordersdesk.catalogue.wares import Prices, Ware
from ordersdesk.customers.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.case import Bought, Case, Line, Recent
from ordersdesk.orders.draft import Draft, DraftLine
from ordersdesk.orders.fees import Fee, fee
from ordersdesk.orders.promise import Promise, PromiseFacts, promise
from ordersdesk.orders.receiving import receiving_hours
from ordersdesk.stock.rules import Shelf


@dataclass(frozen=True)
class Known:
    """What the database says about a draft."""

    buyer: Buyer | None
    wares: Mapping[str, Ware]
    prices: Prices
    shelves: Mapping[int, list[Shelf]]
    held: Mapping[tuple[int, int], int]
    bought: Mapping[int, Bought]
    recent: tuple[Recent, ...]
    exposure: Decimal


def assessed(desk: Desk, draft: Draft, known: Known) -> Case:
    """Price every line, add the fee and the promise: the case the review looks at."""
    typed = [_typed(desk, place, line, known) for place, line in enumerate(draft.lines)]
    lines = tuple(_shared_out([_priced(desk, line, known, typed) for line in typed], known))
    case = Case(
        draft=draft, policy=desk.policy, now=desk.now(), buyer=known.buyer,
        lines=lines, recent=known.recent, exposure=known.exposure,
    )  # fmt: skip
    delivery = fee(case.goods, desk.policy) if case.lines else Fee(case.fee, case.to_free)
    found, trouble = _promised(desk, draft, known.buyer)
    return replace(case, fee=delivery.amount, to_free=delivery.missing, promise=found, promise_trouble=trouble)


def _typed(desk: Desk, place: int, typed: DraftLine, known: Known) -> Line:
    ware = known.wares.get(typed.item.strip().upper())
    if ware is None:
        return Line(place=place, draft=typed, trouble=_unknown(typed.item))
    try:
        quantity = pack(typed.quantity, ware, largest=desk.policy.catalogue.largest_quantity)
    except Refused as trouble:
        return Line(place=place, draft=typed, ware=ware, trouble=trouble)
    return Line(place=place, draft=typed, ware=ware, quantity=quantity)


def _priced(desk: Desk, line: Line, known: Known, lines: Sequence[Line]) -> Line:
    """Price a line by the pieces of its item on the whole order (CAT-3)."""
    if line.ware is None:
        return line
    ordered = sum(other.quantity for other in lines if other.ware and other.ware.id == line.ware.id)
    size_class = known.buyer.size_class if known.buyer else "small"
    asked = price(known.prices, line.ware, line.quantity, size_class, desk.today(), ordered=ordered)
    return replace(
        line, priced=asked, shelves=tuple(known.shelves.get(line.ware.id, ())), bought=known.bought.get(line.ware.id)
    )


def _unknown(item: str) -> Refused:
    if not item.strip():
        return Refused("ORD-1", _("The item is missing."), field="item")
    return Refused("ORD-1", _("There is no item “{item}”.").format(item=item[:40]), field="item")


def _shared_out(lines: Iterable[Line], known: Known) -> Iterator[Line]:
    """Give what the main warehouse has to the lines in their order: two lines of an item share one shelf (STK-3)."""
    left: dict[int, int] = {}
    for line in lines:
        if line.ware is None or line.trouble:
            yield line
            continue
        here = left.setdefault(line.ware.id, _here(line, known))
        taken = max(0, min(line.quantity, here))
        left[line.ware.id] = here - taken
        filled = replace(line, available=here, short=line.quantity - taken)
        yield replace(filled, amount=amount(filled.price, filled.ordered))


def _here(line: Line, known: Known) -> int:
    shelf = next((shelf for shelf in line.shelves if shelf.is_main), None)
    if shelf is None or line.ware is None:
        return 0
    return max(0, shelf.available + known.held.get((line.ware.id, shelf.warehouse_id), 0))


def _promised(desk: Desk, draft: Draft, buyer: Buyer | None) -> tuple[Promise | None, Refused | None]:
    if buyer is None:
        return None, None
    try:
        return promise(_facts(desk.local(), draft, buyer), desk.policy, desk.calendar), None
    except Refused as trouble:
        return None, trouble


def _facts(now: datetime, draft: Draft, buyer: Buyer) -> PromiseFacts:
    place = buyer.place(draft.address)
    return PromiseFacts(
        now=now,
        size_class=buyer.size_class,
        region=place.region,
        urgent=draft.urgent,
        distance_km=place.distance_km,
        receiving=receiving_hours(place.receiving_hours) if place.receiving_hours else (),
        wished_date=draft.deliver_on,
    )

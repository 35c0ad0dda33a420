"""From a draft to a case: one way to price and promise, used while typing and inside the submit transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from ordersdesk.catalogue.rules import pack, price, several
from ordersdesk.catalogue.wares import Prices, Ware
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import Bought, Case, Line, Recent
from ordersdesk.orders.assessment.fees import NOTHING, Fee, asked_fee, fee
from ordersdesk.orders.assessment.sheet_rules import SPECIAL
from ordersdesk.orders.promise.lead_time import Awaited, awaits_answer, goods_on
from ordersdesk.orders.promise.promise import Promise, PromiseFacts, promise
from ordersdesk.orders.promise.regions import place_of, region_known, region_of
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.orders.terms.receiving_hours import receiving_hours
from ordersdesk.stock.rules import Shelf, Shortage


@dataclass(frozen=True)
class Known:
    """What the database says about a draft."""

    buyer: Buyer | None
    wares: Mapping[str, tuple[Ware, ...]]
    """What each item typed may mean: one, several of one bar code, or none."""
    prices: Prices
    shelves: Mapping[int, list[Shelf]]
    held: Mapping[tuple[int, int], int]
    bought: Mapping[int, Bought]
    recent: tuple[Recent, ...]
    exposure: Decimal
    reserve_on: date | None = None
    """The day from which goods of a later date are reserved: until then they are claimed (STK-3)."""
    claimable: Mapping[int, int] = field(default_factory=dict[int, int])
    """What can be claimed of each item by then."""
    taken: Decimal = NOTHING
    """What the customer's other orders of the day come to (ORD-5)."""
    special_taken: Decimal = NOTHING
    """What special goods on them come to (QUO-4)."""
    is_first: bool = False
    """The first order of a key customer (T1.12)."""
    money_in: Decimal = NOTHING
    """What came in for an order that is corrected or changed (PAY-3)."""


def assessed(desk: Desk, draft: Draft, known: Known, *, since: datetime | None = None) -> Case:
    """Price every line, add the fee and the promise, counted from now or a later moment: what the review looks at."""
    lines = tuple(_filled(desk, [_typed(desk, place, line, known) for place, line in enumerate(draft.lines)], known))
    goods = sum((line.amount for line in lines), NOTHING)
    delivery = fee(goods, desk.policy) if lines else Fee(NOTHING, NOTHING)
    found, trouble = _promised(desk, draft, known.buyer, lines, since=since)
    return Case(
        draft=draft, policy=desk.policy, now=desk.now(), buyer=known.buyer, lines=lines, recent=known.recent,
        exposure=known.exposure, taken=known.taken, special_taken=known.special_taken,
        money_in=known.money_in, is_first=known.is_first, promise=found, promise_trouble=trouble,
        fee=asked_fee(draft.fee, delivery), fee_by_rule=delivery.amount, to_free=delivery.missing,
        reserve_on=known.reserve_on,
        region=region_known(draft, known.buyer, desk.policy) if known.buyer and draft.address else "",
        awaits_supplier=awaits_answer(of_draft(lines)),
    )  # fmt: skip


def _typed(desk: Desk, place: int, typed: DraftLine, known: Known) -> Line:
    found = known.wares.get(typed.item, ())
    if len(found) != 1:
        return Line(place=place, draft=typed, trouble=several(typed.item, found) if found else _unknown(typed.item))
    ware = found[0]
    try:
        quantity = pack(typed.quantity, ware, largest=desk.policy.catalogue.largest_quantity)
    except Refused as trouble:
        return Line(place=place, draft=typed, ware=ware, trouble=trouble)
    return Line(place=place, draft=typed, ware=ware, quantity=quantity)


def _unknown(item: str) -> Refused:
    if not item.strip():
        return Refused("ORD-1", _("The item is missing."), mend=_("Look it up by name."), field="item")
    return Refused(
        "ORD-1",
        _("There is no item “{item}”.").format(item=item[:40]),
        mend=_("Look it up by name."),
        field="item",
    )


def _filled(desk: Desk, lines: Sequence[Line], known: Known) -> Iterator[Line]:
    """Price lines by the pieces of their item on the whole order (CAT-3), and share out the shelf in their order.

    Two lines of an item share what the main warehouse has (STK-3).
    """
    ordered: dict[int, int] = {}
    for line in lines:
        if line.ware:
            ordered[line.ware.id] = ordered.get(line.ware.id, 0) + line.quantity
    size_class, today = known.buyer.size_class if known.buyer else "small", desk.today()
    left: dict[int, int] = {}
    for line in lines:
        ware = line.ware
        if ware is None:
            yield line
            continue
        shelves = tuple(known.shelves.get(ware.id, ()))
        here = left.setdefault(ware.id, _here(ware, shelves, known))
        taken = max(0, min(line.quantity, here))
        left[ware.id] = here - taken
        priced = price(
            known.prices, ware, line.quantity, size_class, today,
            ordered=ordered[ware.id], agreed_wins=desk.policy.catalogue.agreed_wins,
        )  # fmt: skip
        yield replace(
            line, priced=priced, shelves=shelves, bought=known.bought.get(ware.id),
            available=here, short=line.quantity - taken, is_claimed=known.reserve_on is not None,
        )  # fmt: skip


def _here(ware: Ware, shelves: Sequence[Shelf], known: Known) -> int:
    if known.reserve_on:
        return known.claimable.get(ware.id, 0)
    shelf = next((shelf for shelf in shelves if shelf.is_main), None)
    return max(0, shelf.available + known.held.get((ware.id, shelf.warehouse_id), 0)) if shelf else 0


def _promised(
    desk: Desk, draft: Draft, buyer: Buyer | None, lines: Sequence[Line], *, since: datetime | None
) -> tuple[Promise | None, Refused | None]:
    if buyer is None or not draft.address:
        return None, None
    try:
        if awaits_answer(of_draft(lines)):
            return None, None
        here = goods_on(of_draft(lines), desk.today(), desk.policy, desk.calendar)
        facts = promise_facts(desk, draft, buyer, here)
        return promise(replace(facts, now=since or facts.now), desk.policy, desk.calendar), None
    except Refused as trouble:
        return None, trouble


def promise_facts(desk: Desk, draft: Draft, buyer: Buyer, here: date | None) -> PromiseFacts:
    """Return what the promise of a draft depends on now, with the day its goods are here."""
    place = place_of(draft, buyer, desk.policy)
    return PromiseFacts(
        now=desk.local(),
        size_class=buyer.size_class,
        region=region_of(place),
        address=draft.address,
        urgent=draft.urgent,
        latest=draft.latest,
        distance_km=place.distance_km,
        receiving=receiving_hours(place.receiving_hours) if place.receiving_hours else (),
        wished_date=draft.deliver_on,
        goods_on=here,
    )


def of_draft(lines: Sequence[Line]) -> list[Awaited]:
    """Return the lines of a draft; what is left out is not waited for."""
    return [
        Awaited(line.quantity, 0 if line.draft.shortage == Shortage.LEAVE else line.short, line.draft.shortage or "",
                line.shelves, line.ware is not None and line.ware.listing == SPECIAL)
        for line in lines
    ]  # fmt: skip

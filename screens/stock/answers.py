"""The answer about one item: what is here, what is elsewhere, what is coming, what else would do (STK-4, JOY-3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ordersdesk.catalogue.queries import Found, equivalents, prices_for, wares
from ordersdesk.catalogue.rules import price
from ordersdesk.catalogue.wares import Priced, Ware
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.stock.queries import shelves
from ordersdesk.stock.rules import Shelf, answer
from screens.widgets.laying import BLANK, Line, Pair, pairs, paragraph, spread, table
from screens.widgets.rows import Column

KINDS = {"main": N_("here"), "sibling": N_("sibling branch"), "shop": N_("shop")}
SHELVES = (
    Column(NP_("stock", "Where")),
    Column(N_("Kind"), 14, drop=1),
    Column(N_("Free"), 7, right=True),
    Column(NP_("stock", "On order"), 8, right=True),
    Column(N_("Due"), 13, drop=2),
)
INSTEAD = (
    Column(N_("Instead"), 10),
    Column(N_("Item"), inside=True),
    Column(N_("Free"), 7, right=True),
    Column(N_("Price"), 10, right=True),
)


@dataclass(frozen=True)
class StockAnswer:
    """All there is to say about an item."""

    ware: Ware
    small: Priced
    key: Priced
    shelves: tuple[Shelf, ...]
    instead: tuple[tuple[Found, int], ...]
    sentence: str


def read(desk: Desk, code: str, wanted: int) -> StockAnswer | None:
    """Read the answer for an item and a quantity; nothing when the item is gone."""
    with desk.reading() as session:
        ware = wares(session, [code]).get(code)
        if ware is None:
            return None
        others = equivalents(session, ware.id)
        found = shelves(session, [ware.id, *(other.id for other in others)])
        prices = prices_for(session, None, [ware.id], desk.today())
    small, key = (price(prices, ware, wanted, size, desk.today()) for size in ("small", "key"))
    instead = tuple((other, _here(found[other.id])) for other in others)
    said = answer(found[ware.id], wanted, desk.policy.stock.warehouse_order)
    return StockAnswer(ware, small, key, tuple(found[ware.id]), instead, said)


def _here(found: list[Shelf]) -> int:
    return sum(shelf.available for shelf in found if shelf.kind == "main")


def page(told: StockAnswer, width: int) -> list[Line]:
    """Lay the answer out; the sentence to say stands first."""
    ware = told.ware
    name = full_name(ware.name, ware.spec)
    return [
        spread(name, ware.code, width, right_role="label"),
        *paragraph(told.sentence, width, role="accent"),
        BLANK,
        *pairs(_facts(told), width),
        BLANK,
        *table(SHELVES, [_shelf(shelf) for shelf in told.shelves], width),
        *_instead(told, width),
    ]


def _facts(told: StockAnswer) -> Iterator[Pair]:
    ware = told.ware
    yield _("Price"), f"{formatted(told.small.price)} / {ware.unit}  {told.small.label}"
    if told.key.price != told.small.price:
        yield _("Key customers"), f"{formatted(told.key.price)} / {ware.unit}  {told.key.label}"
    yield _("Packs"), "  ".join(f"1 {name} = {factor} {ware.unit}" for name, factor in ware.units.items())
    for shelf in told.shelves:
        if shelf.quarantined:
            text = _("{count:,} back in {place} and not inspected: not for sale")
            yield _("Set aside"), text.format(count=shelf.quarantined, place=shelf.warehouse), "warn"
    if ware.purchase_limit:
        yield _("Limit"), _("at most {limit} per order").format(limit=ware.purchase_limit), "warn"
    if ware.discontinued:
        yield _("Sold"), _("no longer; instead: {item}").format(item=ware.replacement or "–"), "warn"
    elif ware.listing == "special":
        yield _("Sold"), _("as special goods"), "warn"


def _shelf(shelf: Shelf) -> tuple[str, ...]:
    coming = str(shelf.expected) if shelf.expected else ""
    due = short_day(shelf.due) if shelf.due and shelf.expected else ""
    return shelf.warehouse, _(KINDS.get(shelf.kind, shelf.kind)), f"{shelf.available:,}", coming, due


def _instead(told: StockAnswer, width: int) -> Iterator[Line]:
    if told.instead:
        yield BLANK
        rows = [
            (other.code, full_name(other.name, other.spec), f"{free:,}", formatted(other.list_price))
            for other, free in told.instead
        ]
        yield from table(INSTEAD, rows, width, roles=["" if free else "muted" for _other, free in told.instead])

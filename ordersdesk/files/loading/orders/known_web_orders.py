"""Which web orders of a file the desk has taken already, and where the file says otherwise now (FIL-1, ORD-11)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ordersdesk.files.loading import references
from ordersdesk.files.loading.loads import Job, Key
from ordersdesk.files.loading.orders.baskets import Basket
from ordersdesk.files.loading.references import Good, Party
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import word_list
from ordersdesk.orders.entry.file_actions import said_before
from ordersdesk.orders.entry.past_queries import Stored, told_of

_HEADS = ("contact", "phone", "address", "payment", "invoice", "channel", "delivery_date", "note")
Pairs = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Telling:
    """What a file says of an order, as plain values that can be kept and compared."""

    said: dict[str, Any]

    @classmethod
    def of(cls, basket: Basket, mapped: Collection[str]) -> Telling:
        """Return what the rows of an order say."""
        heads = {name: _text(basket.head.get(name)) for name in _HEADS if name in mapped}
        lines = sorted([line[1], f"{line[3]}{line[7]}", line[6]] for line in basket.lines)
        return cls({"lines": lines} | {name: text for name, text in heads.items() if text})


@dataclass(frozen=True)
class KnownWeb:
    """An order the desk took out of a file before, and what the file says of it now."""

    number: str
    stored: Stored
    before: Mapping[str, Any] | None
    now: Mapping[str, Any]
    basket: Basket
    goods: Mapping[str, list[Good]] = field(default_factory=dict[str, list[Good]])


def recognised(
    job: Job, session: Session, baskets: Mapping[Key, Basket], parties: Mapping[str, Party], named: Callable[[Key], str]
) -> dict[Key, KnownWeb]:
    """Return the orders that are known: by their key, else by the number their customer's file gave them before."""
    found: dict[Key, KnownWeb] = {}
    goods = references.items(session, {line[1] for basket in baskets.values() for line in basket.lines})
    for piece in chunks(list(baskets)):
        numbers = {baskets[key].number for key in piece}
        stored = told_of(job.desk, session, theirs=numbers, keys={named(key) for key in piece})
        before = said_before(session, [each.id for each in stored])
        for key in piece:
            basket, party = baskets[key], parties.get(baskets[key].customer)
            own = (each for each in stored if each.order.key == named(key) and not each.is_past)
            held = next(own, None) or next((each for each in stored if party and _same(each, basket, party)), None)
            if held:
                now = Telling.of(basket, job.fit.fields()).said
                found[key] = KnownWeb(held.order.number, held, before.get(held.id), now, basket, goods)
    return found


def _same(stored: Stored, basket: Basket, party: Party) -> bool:
    # A past order of that day is the same one; of another day, shops give numbers anew.
    meant = not stored.is_past or stored.order.day == basket.at.date()
    return meant and stored.order.customer_id == party.id and stored.order.theirs == basket.number


def differing(known: KnownWeb) -> Pairs:
    """Return by field what the order says and what the file says now; a desk's own change since is no difference."""
    if known.before == known.now:
        return {}
    order, found = known.stored.order, Pairs()
    for name, said in known.now.items():
        if name == "lines" or (known.before is not None and known.before.get(name) == said):
            continue
        ours = _text(getattr(order, name))
        untold = known.stored.is_past and not ours  # files of the past say less
        if said != ours and not untold and not (name == "note" and said in ours):
            found[name] = (ours or "–", said)
    if known.before is None or known.before["lines"] != known.now["lines"]:
        ours, theirs = _basket(known.stored), _told(known)
        if ours != theirs:
            found["quantity"] = (_shown(ours), _shown(theirs))
    return found


def _basket(stored: Stored) -> dict[str, int]:
    basket: dict[str, int] = {}
    for line in stored.order.lines:
        basket[line.code] = basket.get(line.code, 0) + line.quantity
    return basket


def _told(known: KnownWeb) -> dict[str, int]:
    basket: dict[str, int] = {}
    for line in known.basket.lines:
        goods = known.goods.get(line[1], [])
        code, factor = (goods[0].code, goods[0].packs.get(line[7], 1)) if len(goods) == 1 else (line[1], 1)
        basket[code] = basket.get(code, 0) + line[3] * factor
    return basket


def _shown(basket: Mapping[str, int]) -> str:
    return word_list(f"{code} × {pieces}" for code, pieces in sorted(basket.items()))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return "" if value is None else str(value)

"""Stock rules over plain values: what to offer when goods are short, and the sentence to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, clauses
from ordersdesk.foundation.texts.refusals import Refused


class Shortage(StrEnum):
    """What the customer chose when goods were short, in the order it is offered (STK-5)."""

    PARTIAL = "partial"
    TRANSFER = "transfer"
    PURCHASE = "purchase"
    LEAVE = "leave"


SHORTAGE_LABELS: dict[str, str] = {
    Shortage.PARTIAL: N_("what is here now, the rest later"),
    Shortage.TRANSFER: N_("bring the rest from another warehouse"),
    Shortage.PURCHASE: N_("order the rest from the supplier"),
    Shortage.LEAVE: N_("leave the rest out"),
}


@dataclass(frozen=True)
class Shelf:
    """One warehouse's answer about one item."""

    warehouse_id: int
    warehouse: str
    kind: str
    on_hand: int
    reserved: int
    expected: int = 0
    due: date | None = None
    quarantined: int = 0
    """Back and not yet inspected: shown, and never offered (STK-1)."""

    @property
    def is_main(self) -> bool:
        """Tell whether the branch delivers from here."""
        return self.kind == "main"

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.reserved


def sources(shelves: Iterable[Shelf], missing: int, order: Sequence[str]) -> list[tuple[Shelf, int]]:
    """Return which other warehouses give how much of what is missing; `order` are the kinds that are asked (STK-5)."""
    asked = sorted((s for s in shelves if s.kind in order), key=lambda s: (order.index(s.kind), -s.available))
    taken: list[tuple[Shelf, int]] = []
    for shelf in asked:
        share = min(missing, shelf.available)
        if share > 0:
            taken.append((shelf, share))
            missing -= share
    return taken


def answer(shelves: Sequence[Shelf], wanted: int, order: Sequence[str]) -> str:
    """Return the one sentence an agent says about stock: now, from where, and when the rest comes (JOY-3)."""
    here = sum(shelf.available for shelf in shelves if shelf.is_main)
    now = min(here, wanted)
    parts = [_("{count} now").format(count=max(now, 0))]
    missing = wanted - max(now, 0)
    for shelf, share in sources(shelves, missing, order):
        parts.append(_("{count} more from {place}").format(count=share, place=shelf.warehouse))
        missing -= share
    coming = [(shelf.due, shelf.expected) for shelf in shelves if shelf.due and shelf.expected > 0]
    if missing > 0 and coming:
        due = min(day for day, _count in coming)
        parts.append(
            _("{count} expected {day}").format(count=min(missing, sum(n for _d, n in coming)), day=short_day(due))
        )
        missing -= sum(count for _day, count in coming)
    if missing > 0:
        parts.append(_("{count} must be ordered").format(count=missing))
    return clauses(parts)


def refused_short(name: str, *, wanted: int, left: int, field: str | None = None) -> Refused:
    """Build the refusal of STK-3: it says at once what is left."""
    return Refused(
        "STK-3",
        _("Only {left} of {item} left, {wanted} wanted.").format(left=max(left, 0), item=name, wanted=wanted),
        mend=_("Take fewer, or choose how the rest shall come (F4)."),
        field=field,
    )

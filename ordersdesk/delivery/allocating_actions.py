"""Allocating: confirmed orders become slips, by wave, by route or by hand, key customers first (SLP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery import allocating_queries as reads
from ordersdesk.delivery.allocating_rules import Wanted, WhyNot, picked, sequence, why_not
from ordersdesk.delivery.flow import OFFICE
from ordersdesk.delivery.making_actions import Made, Plan, foreseen, make, told
from ordersdesk.delivery.wave_rules import chosen_wave
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.language import _, in_turn
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.queries import reasons


@dataclass(frozen=True)
class Order:
    """What to allocate: the next wave, unless a wave, its day, a route, or orders by name are said."""

    wave: str = ""
    day: date | None = None
    route: str | None = None
    numbers: tuple[str, ...] = ()
    partial: bool = False
    """What is here goes, though the rest comes from elsewhere; only for orders by name."""


@dataclass(frozen=True)
class LeftOut:
    """An order that does not go now, and why (ORD-13)."""

    order: str
    customer: str
    rule: str
    why: str


@dataclass(frozen=True)
class Allocated:
    """What became of a wave: its slips, in the order in which they were made, and what stays."""

    day: date
    wave: str
    made: tuple[Made, ...]
    left: tuple[LeftOut, ...]
    is_dry: bool = False


@action
def allocate(desk: Desk, session: Session, wanted: Order) -> Allocated:
    """Make the slips of a wave, or of orders by name (SLP-1); two who do it at once make each slip once."""
    _allowed(desk)
    return allocate_within(desk, session, wanted)


def allocate_within(desk: Desk, session: Session, wanted: Order) -> Allocated:
    """Do the same inside the caller's transaction."""
    day, wave = chosen_wave(desk, wanted.wave, wanted.day)
    plans, left = _planned(desk, session, wanted, (day, wave), lock=True)
    return Allocated(day, wave, tuple(make(desk, session, plans)), left)


def would_allocate(desk: Desk, wanted: Order) -> Allocated:
    """Return what allocating would do now; nothing is written and nobody waits."""
    _allowed(desk)
    with desk.reading() as session:
        day, wave = chosen_wave(desk, wanted.wave, wanted.day)
        plans, left = _planned(desk, session, wanted, (day, wave), lock=False)
        made = tuple(told(*each) for each in foreseen(desk, session, plans))
    return Allocated(day, wave, made, left, is_dry=True)


def _allowed(desk: Desk) -> None:
    desk.needs(*OFFICE, doing=_("make slips"))


def _planned(
    desk: Desk, session: Session, wanted: Order, leaving: tuple[date, str], *, lock: bool
) -> tuple[list[Plan], tuple[LeftOut, ...]]:
    orders = _orders(desk, session, wanted, leaving, lock=lock)
    lines = reads.lines_of(session, [order.id for order in orders])
    plans: list[Plan] = []
    left: list[LeftOut] = []
    for order in sorted(orders, key=sequence):
        against = why_not(order, lines[order.id], partial=wanted.partial)
        if against is None:
            leaves_on, wave = _leaves(order, wanted, leaving)
            plans.append(Plan(order, picked(lines[order.id]), leaves_on, wave))
        elif wanted.numbers or against.rule != "SLP-1":
            left.append(_left(session, order, against))
    return plans, tuple(left)


def _orders(desk: Desk, session: Session, wanted: Order, leaving: tuple[date, str], *, lock: bool) -> list[Wanted]:
    if not wanted.numbers:
        if wanted.partial:
            raise Refused(
                "SLP-1",
                _("Only orders that are named go in parts."),
                mend=_("Name the orders whose customers agreed to it."),
                field="partial",
            )
        return reads.of_wave(desk, session, *leaving, route=wanted.route, lock=lock)
    numbers = [number.strip().upper() for number in wanted.numbers]
    found = reads.by_numbers(desk, session, numbers, lock=lock)
    _refuse_unknown(numbers, found)
    return [order for order in found if wanted.route in (None, order.route)]


def _refuse_unknown(numbers: Sequence[str], found: Sequence[Wanted]) -> None:
    there = {order.number for order in found}
    unknown = next((number for number in numbers if number not in there), None)
    if unknown is not None:
        raise Refused(
            "ORD-9",
            _("There is no order {number}.").format(number=unknown[:40]),
            mend=_("Look it up in the order book."),
            field="number",
        )


def _leaves(order: Wanted, wanted: Order, leaving: tuple[date, str]) -> tuple[date, str]:
    """An order by name keeps its own wave when that comes later; what is late leaves with the wave that takes it."""
    by_hand = wanted.numbers and not wanted.wave and wanted.day is None
    return max(leaving, (order.leaves_on, order.wave)) if by_hand and order.leaves_on else leaving


def _left(session: Session, order: Wanted, against: WhyNot) -> LeftOut:
    why = against.sentence()
    if order.state == "review":
        why = in_turn([why, *(one.sentence for one in reasons(session, order.id))])
    return LeftOut(order.number, order.customer_name, against.rule, why)

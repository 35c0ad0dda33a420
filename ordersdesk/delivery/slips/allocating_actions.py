"""Allocating: confirmed orders become slips, by wave, by route or by hand, key customers first (SLP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.delivery.model.wave_rules import refuse_gone, waves_ahead
from ordersdesk.delivery.slips import allocating_queries as reads
from ordersdesk.delivery.slips.allocating_rules import Wanted, WhyNot, none_made, picked, sequence, why_not
from ordersdesk.delivery.slips.creation_actions import Made, Plan, foreseen, make, told
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import _, in_turn
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.commitments.claiming_actions import reserve_due_within
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.review.asking_actions import ask_about_held
from ordersdesk.orders.review.hold_queries import holds
from ordersdesk.orders.review.outcome import go_on_freed
from ordersdesk.orders.review.reason_queries import reasons


@dataclass(frozen=True)
class Order:
    """What to allocate: one wave, or orders by name; with neither, the next wave that takes something."""

    leaves: Wave | None = None
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
    later: Wave | None = None
    """When nothing goes now: the wave with which the next order leaves."""

    @property
    def leaves(self) -> Wave:
        """The wave as one value: what was shown is what is acted on."""
        return Wave(self.day, self.wave)

    def why_none(self) -> str:
        """Say why no slip was made."""
        return none_made(self.leaves, len(self.left), self.later)


@action
def allocate(desk: Desk, session: Session, wanted: Order) -> Allocated:
    """Make the slips of a wave, or of orders by name (SLP-1); two who do it at once make each slip once.

    An agent makes those of their own orders. Refused (DLV-4) when the wave has left.
    """
    return allocate_within(desk, session, wanted)


def allocate_within(desk: Desk, session: Session, wanted: Order) -> Allocated:
    """Do the same inside the caller's transaction."""
    reserve_due_within(desk, session)
    go_on_freed(desk, session)
    leaves = _leaving(desk, session, wanted)
    plans, left = _planned(desk, session, wanted, leaves, lock=True)
    for each in left:
        ask_about_held(desk, session, each.order)
    made = tuple(make(desk, session, plans))
    return Allocated(*leaves, made, left, later=_later(desk, session, wanted, leaves, made))


def would_allocate(desk: Desk, wanted: Order) -> Allocated:
    """Return what allocating would do now; nothing is written and nobody waits."""
    with desk.reading() as session:
        leaves = _leaving(desk, session, wanted)
        plans, left = _planned(desk, session, wanted, leaves, lock=False)
        made = tuple(told(*each) for each in foreseen(desk, session, plans))
        later = _later(desk, session, wanted, leaves, made)
    return Allocated(*leaves, made, left, is_dry=True, later=later)


def _allowed(desk: Desk, orders: Sequence[Wanted]) -> None:
    """The order group makes any slip, an agent those of their own orders (B6.2.3)."""
    if not OFFICE & desk.user.roles and orders and all(order.agent == desk.user.login for order in orders):
        desk.needs(*DESK_ROLES, doing=_("make slips"))
    else:
        desk.needs(*OFFICE, doing=_("make slips of others' orders") if orders else _("make slips"))


def _leaving(desk: Desk, session: Session, wanted: Order) -> Wave:
    """Return the wave that was said; else the next one, of those ahead the first for which something can be made."""
    if wanted.leaves:
        refuse_gone(desk, wanted.leaves)
        return wanted.leaves
    ahead = waves_ahead(desk)
    if wanted.numbers:
        return ahead[0]
    orders = reads.of_wave(desk, session, *ahead[-1], route=wanted.route)
    lines = reads.lines_of(session, [order.id for order in orders])
    held = holds(desk, session, [order.id for order in orders])
    going = (one for one in orders if why_not(one, lines[one.id], held.get(one.id, ())) is None)
    first = min((Wave(one.leaves_on, one.wave) for one in going if one.leaves_on), default=ahead[0])
    return next((wave for wave in ahead if wave >= first), ahead[0])


def _later(desk: Desk, session: Session, wanted: Order, leaves: Wave, made: Sequence[Made]) -> Wave | None:
    return None if made or wanted.numbers else reads.first_after(desk, session, leaves, route=wanted.route)


def _planned(
    desk: Desk, session: Session, wanted: Order, leaving: Wave, *, lock: bool
) -> tuple[list[Plan], tuple[LeftOut, ...]]:
    orders = _orders(desk, session, wanted, leaving, lock=lock)
    lines = reads.lines_of(session, [order.id for order in orders])
    held = holds(desk, session, [order.id for order in orders])
    plans: list[Plan] = []
    left: list[LeftOut] = []
    for order in sorted(orders, key=sequence):
        against = why_not(order, lines[order.id], held.get(order.id, ()), partial=wanted.partial)
        if against is None:
            plans.append(Plan(order, picked(lines[order.id]), *_leaves(order, wanted, leaving)))
        elif wanted.numbers or not against.is_done:
            left.append(_left(desk, session, order, against))
    return plans, tuple(left)


def _orders(desk: Desk, session: Session, wanted: Order, leaving: Wave, *, lock: bool) -> list[Wanted]:
    if not wanted.numbers:
        _allowed(desk, ())
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
    _allowed(desk, found)
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


def _leaves(order: Wanted, wanted: Order, leaving: Wave) -> Wave:
    """An order by name keeps its own wave when that comes later; what is late leaves with the wave that takes it."""
    by_hand = wanted.numbers and wanted.leaves is None
    return max(leaving, Wave(order.leaves_on, order.wave)) if by_hand and order.leaves_on else leaving


def _left(desk: Desk, session: Session, order: Wanted, against: WhyNot) -> LeftOut:
    why = against.sentence()
    if order.state == "review":
        why = in_turn([why, *(one.sentence for one in reasons(desk, session, order.id))])
    return LeftOut(order.number, order.customer_name, against.rule, why)

"""Days on the road: orders become slips, change, are picked, leave, and come back as they may."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ordersdesk.delivery.allocating_actions import Order, allocate
from ordersdesk.delivery.back_actions import Handed, delivered
from ordersdesk.delivery.back_failed_actions import failed
from ordersdesk.delivery.back_refused_actions import partly_refused
from ordersdesk.delivery.dealing_actions import deal
from ordersdesk.delivery.departing_actions import depart
from ordersdesk.delivery.emergency_actions import release_first
from ordersdesk.delivery.loading_actions import load
from ordersdesk.delivery.picking_actions import pick
from ordersdesk.delivery.queries import slips
from ordersdesk.delivery.routing_actions import Trip, make
from ordersdesk.delivery.voiding_actions import void
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.orders.receipt_actions import receive
from tests.delivery.building import moved_on
from tests.properties.desk_life import ITEMS, DeskLife
from tests.properties.hearts import ChangesOfHeart

FAR = date(2027, 12, 1)
_place = st.integers(0, 4)
_counts = st.integers(1, 9)


class OnTheRoad(ChangesOfHeart):
    """What the office, the warehouse and the drivers do with whatever was ordered and changed."""

    @property
    def staff(self) -> Desk:
        """A desk at which everything may be done."""
        return self.desk.signed_in(SYSTEM)

    def a_slip(self, state: str, place: int) -> str:
        """One of the slips in a state, or a number there is none of."""
        there = slips(self.desk, state=state)
        return there[place % len(there)].number if there else "SL0"

    @rule()
    def a_wave_is_allocated(self) -> None:
        self.refused_or(lambda: allocate(self.staff, Order(wave="15:30", day=FAR)))

    @rule(number=DeskLife.numbers, partial=st.booleans())
    def an_order_is_allocated(self, number: str, partial: bool) -> None:
        self.refused_or(lambda: allocate(self.staff, Order(numbers=(number,), partial=partial)))

    @rule(place=_place)
    def a_slip_is_printed(self, place: int) -> None:
        self.refused_or(lambda: moved_on(self.desk, self.a_slip("made", place), "printed"))

    @rule(place=_place, found=st.none() | st.dictionaries(st.integers(1, 2), st.integers(0, 3), max_size=2))
    def a_slip_is_picked(self, place: int, found: dict[int, int] | None) -> None:
        self.refused_or(lambda: pick(self.staff, self.a_slip("printed", place), found=found))

    @rule(place=_place, state=st.sampled_from(["made", "printed", "picked"]))
    def a_slip_is_void(self, place: int, state: str) -> None:
        self.refused_or(lambda: void(self.staff, self.a_slip(state, place), reason="twice"))

    @rule()
    def short_stock_is_dealt(self) -> None:
        self.refused_or(lambda: deal(self.staff))

    @rule(item=st.sampled_from([*ITEMS]), pieces=_counts, source=st.sampled_from(["", "SIB"]))
    def goods_arrive(self, item: str, pieces: int, source: str) -> None:
        self.refused_or(lambda: receive(self.staff, item, pieces, came_from=source))

    @rule(place=_place)
    def a_van_leaves(self, place: int) -> None:
        slip = self.a_slip("picked", place)

        def away() -> None:
            sheet = make(self.staff, Trip("R1")).number
            load(self.staff, sheet, [slip])
            depart(self.staff, sheet)

        if slip != "SL0":
            away()

    @rule(number=DeskLife.numbers)
    def goods_leave_before_their_paper(self, number: str) -> None:
        self.refused_or(lambda: release_first(self.staff, number, "hospital"))

    @rule(
        place=_place,
        outcome=st.sampled_from(["delivered", "delivered", "failed", "damaged", "not_wanted"]),
        less=_counts,
    )
    def a_slip_comes_back(self, place: int, outcome: str, less: int) -> None:
        slip = self.a_slip("loaded", place)
        self.refused_or(lambda: self.outcome(slip, outcome, less))

    def outcome(self, slip: str, outcome: str, less: int) -> Any:
        """Note what became of a slip."""
        if outcome == "delivered":
            return delivered(self.staff, slip, Handed(signed_by="王芳"))
        if outcome == "failed":
            return failed(self.staff, slip, "nobody")
        money = Handed(signed_by="王芳", collected=Decimal(less), why="as it was")
        return partly_refused(self.staff, slip, {1: less}, outcome, money)

"""Days on the road: orders become slips, change, are picked, leave, and come back as they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple, precondition, rule

from ordersdesk.delivery.dealing.actions import deal
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.delivery.picking.actions import pick
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.confirming_actions import confirm_all
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.emergency_actions import release_first
from ordersdesk.delivery.routes.loading_actions import load
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.delivery.building import HOSPITAL, moved_on
from tests.properties.desk_life import ITEMS, DeskLife
from tests.properties.hearts import ChangesOfHeart

FAR = date(2027, 12, 1)
_place = st.integers(0, 4)
_counts = st.integers(1, 9)
_found = st.none() | st.none() | st.dictionaries(st.integers(1, 2), st.integers(0, 3), max_size=2)
_outcomes = st.sampled_from(["delivered", "delivered", "failed", "damaged", "not_wanted"])


class OnTheRoad(ChangesOfHeart):
    """What the office, the warehouse and the drivers do with whatever was ordered and changed."""

    @property
    def staff(self) -> Desk:
        """A desk at which everything may be done."""
        return self.desk.signed_in(SYSTEM)

    @initialize(target=DeskLife.numbers)
    def open(self) -> Any:  # type: ignore[override]
        self.furnish()
        lines = (DraftLine(item="A4-80", quantity=3), DraftLine(item="PEN", quantity=4, shortage=Shortage.PARTIAL))
        made = [self.submitted(f"first-{customer}", customer, lines) for customer in ("C000001", "C000003")]
        return multiple(*(number for number in made if isinstance(number, str)))

    def under_way(self) -> list[SlipRow]:
        """The slips something can still be done with."""
        return slips(self.desk)

    @precondition(lambda self: len(self.under_way()) < 2)
    @rule()
    def a_wave_is_allocated(self) -> None:
        self.refused_or(lambda: allocate(self.staff, Order(Wave(FAR, "15:30"))))

    @rule(number=DeskLife.numbers, partial=st.booleans())
    def an_order_is_allocated(self, number: str, partial: bool) -> None:
        self.refused_or(lambda: allocate(self.staff, Order(numbers=(number,), partial=partial)))

    @precondition(lambda self: bool(self.under_way()))
    @rule(place=_place, found=_found, outcome=_outcomes, less=_counts)
    def a_slip_moves_on(self, place: int, found: dict[int, int] | None, outcome: str, less: int) -> None:
        slip = self.under_way()[place % len(self.under_way())]
        steps: dict[str, Callable[[], Any]] = {
            "made": lambda: self.on_paper(slip.number),
            "printed": lambda: pick(self.staff, slip.number, found=found),
            "loaded": lambda: self.back(slip.number, outcome, less),
        }
        if slip.state == "picked":  # a sheet and its departure are two acts
            self.away(slip.number)
        else:
            self.refused_or(steps[slip.state])

    @precondition(lambda self: bool(self.under_way()))
    @rule(place=_place)
    def a_slip_is_void(self, place: int) -> None:
        slip = self.under_way()[place % len(self.under_way())]
        self.refused_or(lambda: void(self.staff, slip.number, reason="twice"))

    @precondition(lambda self: bool(self.under_way()))
    @rule()
    def short_stock_is_dealt(self) -> None:
        self.refused_or(lambda: deal(self.staff))

    @rule(item=st.sampled_from([*ITEMS]), pieces=_counts, source=st.sampled_from(["", "SIB"]))
    def goods_arrive(self, item: str, pieces: int, source: str) -> None:
        self.refused_or(lambda: receive(self.staff, item, pieces, came_from=source))

    @rule(number=DeskLife.numbers)
    def goods_leave_before_their_paper(self, number: str) -> None:
        self.refused_or(lambda: release_first(self.staff, number, HOSPITAL))

    def on_paper(self, slip: str) -> object:
        """Print a slip."""
        return moved_on(self.desk, slip, "printed")

    def away(self, slip: str) -> None:
        """Let one slip leave on a sheet of its own."""
        sheet = make(self.staff, Trip("R1", driver="郝师傅", vehicle="沪A12345")).number
        load(self.staff, sheet, [slip])
        confirm_all(self.staff, [slip])
        depart(self.staff, sheet, other_day="goes ahead")

    def back(self, slip: str, outcome: str, less: int) -> Any:
        """Note what became of a slip."""
        if outcome == "delivered":
            return delivered(self.staff, slip, Handed(signed_by="王芳"))
        if outcome == "failed":
            return failed(self.staff, slip, "nobody")
        money = Handed(signed_by="王芳", collected=Decimal(less), why="as it was")
        return partly_refused(self.staff, slip, {1: less}, outcome, money)

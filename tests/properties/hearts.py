"""Changes of heart: what customers say about orders they placed, right and wrong, and what is done with it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule

from ordersdesk import deciding
from ordersdesk.changing import call_off, request
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import NotReady, Weight
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry import actions as orders
from ordersdesk.orders.terms.change_draft import Change, parsed
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import agreed, on_shelf
from tests.properties.desk_life import DeskLife
from tests.properties.proofs import fingerprint

approvers = st.sampled_from([("leader", "manager", "branch_gm"), ("leader", "manager"), ("leader",)])


_items = st.sampled_from(["PEN", "A4-80", "SAFE"])
_shortages = st.sampled_from([*(choice.value for choice in Shortage), None])
_position = st.integers(1, 3)
_right = st.one_of(
    st.fixed_dictionaries({"position": _position, "quantity": st.integers(1, 15), "shortage": _shortages}),
    st.fixed_dictionaries({"position": _position, "item": _items, "shortage": _shortages}),
    st.fixed_dictionaries({"position": _position, "close_short": st.just(True)}),
    st.fixed_dictionaries({"position": _position, "note": st.just("white")}),
)
_wrong = st.fixed_dictionaries({"position": _position, "quantity": st.sampled_from([0, -1, "lots"])})
_added = st.fixed_dictionaries({"item": _items, "quantity": st.integers(1, 9), "shortage": _shortages})
edits: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"lines": st.lists(_right, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"lines": st.lists(_right, max_size=1), "add": st.lists(_added, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"address": st.sampled_from(["上海市张江路1号", "浦东新区世纪大道9号"])}),
    st.fixed_dictionaries({"payment": st.sampled_from(["cash", "card", "account"])}),
    st.fixed_dictionaries({"deliver_on": st.sampled_from(["2026-11-25", "2026-11-28"])}),
    st.fixed_dictionaries({"lines": st.lists(_wrong, min_size=1, max_size=1)}),
)


def requested(desk: Desk, change: Change) -> Requested:
    """Ask for a change; the customer says yes to whatever is asked."""
    try:
        return request(desk, change)
    except NotReady as refused:
        yes = tuple(finding.key for finding in refused.findings if finding.weight is Weight.ASK)
        if not yes or refused.findings[0].weight is Weight.STOP:
            raise
        return request(desk, change.model_copy(update={"accepted": yes}))


class ChangesOfHeart(DeskLife):
    """Orders are placed, changed, pulled back, decided and called off, by anybody and in any order."""

    requests = Bundle("requests")

    # Calls have days of their own.
    it_rings = lines_are_typed = the_desk_is_heard_of = the_call_is_parked = the_call_is_resumed = None  # type: ignore[assignment]
    the_call_is_given_up = the_call_becomes_an_order = a_draft_may_be_wrong = holds_lapse = None  # type: ignore[assignment]
    a_blocked_customer_is_refused = an_order_is_read_back = None  # type: ignore[assignment]
    a_customer_is_edited_as_it_was_read = two_customers_are_one = None  # type: ignore[assignment]

    def boss(self, roles: tuple[str, ...]) -> Desk:
        """Somebody of these roles: another person for each combination, since nobody gives two yeses."""
        return self.at_work(*roles, login=f"boss-of-{len(roles)}")

    @rule(target=DeskLife.numbers, ream=st.integers(1, 4), pens=st.integers(1, 4))
    def a_plain_order_is_placed(self, ream: int, pens: int) -> Any:
        return self.plainly(ream, pens)

    @rule(target=DeskLife.numbers, ream=st.integers(1, 4), pens=st.integers(1, 4))
    def an_order_is_placed_and_corrected_at_once(self, ream: int, pens: int) -> Any:
        number = self.plainly(ream, pens)
        if isinstance(number, str) and self.refused_or(lambda: regret(self.desk, number)):
            self.corrected(number)
        return number

    def plainly(self, ream: int, pens: int) -> Any:
        on_shelf(self.desk, 1, pens)
        on_shelf(self.desk, 2, ream)
        wanted = (DraftLine(item="A4-80", quantity=ream), DraftLine(item="PEN", quantity=pens))
        return self.submitted(f"plain-{self.fresh()}", "C000001", wanted)

    @rule(target=requests, number=DeskLife.numbers, edits=edits)
    def a_change_is_asked_for(self, number: str, edits: dict[str, Any]) -> Any:
        wanted = parsed({"order": number, "reason": "called again", **edits})
        made = self.refused_or(lambda: requested(self.desk, wanted))
        return made.number if made and made.state == "asked" else multiple()

    @rule(target=requests, number=DeskLife.numbers)
    def a_cancellation_is_asked_for(self, number: str) -> Any:
        made = self.refused_or(lambda: call_off(self.desk, number=number, reason="closed down"))
        # One that was never confirmed is gone at once.
        return made.request.number if made and made.request else multiple()

    @rule(request=requests, roles=approvers)
    def a_change_is_granted(self, request: str, roles: tuple[str, ...]) -> None:
        who = self.boss(roles)
        self.refused_or(lambda: deciding.grant(who, "change", request, seen_version=1))

    @rule(request=requests, roles=approvers)
    def a_change_is_denied(self, request: str, roles: tuple[str, ...]) -> None:
        who = self.boss(roles)
        self.refused_or(lambda: deciding.deny(who, "change", request, seen_version=1, reason="no"))

    @rule(request=requests)
    def a_change_is_withdrawn(self, request: str) -> None:
        self.refused_or(lambda: deciding.withdraw(self.desk, "change", request, reason="never mind"))

    @rule(number=DeskLife.numbers, roles=approvers, version=st.integers(1, 3), no=st.booleans())
    def an_order_is_decided(self, number: str, roles: tuple[str, ...], version: int, no: bool) -> None:
        who = self.boss(roles)
        if no:
            self.refused_or(lambda: deciding.deny(who, "order", number, seen_version=version, reason="no"))
        else:
            self.refused_or(lambda: deciding.grant(who, "order", number, seen_version=version))

    @rule(number=DeskLife.numbers, regrets=st.sampled_from([False, False, True]))
    def an_order_is_pulled_back(self, number: str, regrets: bool) -> None:
        if regrets:
            self.refused_or(lambda: regret(self.desk, number))

    @rule(number=DeskLife.numbers)
    def an_order_is_entered_again(self, number: str) -> None:
        self.corrected(number)

    def corrected(self, number: str) -> None:
        right = self.refused_or(lambda: orders.as_draft(self.desk, number))
        if right and self.refused_or(lambda: agreed(self.desk, right)):
            self.numbered[right.key] = number
            self.its_submits_arrive_late(number)

    def its_submits_arrive_late(self, number: str) -> None:
        """Whatever it was corrected to, every key that ever made the order finds it and changes nothing (ORD-11)."""
        before = fingerprint(self.desk.database)
        late = [key for key, told in self.numbered.items() if told == number]
        lines = (DraftLine(item="PEN", quantity=1),)
        found = [orders.submit(self.desk, Draft(key=key, customer="C000002", lines=lines)) for key in late]
        assert [(one.number, one.repeated) for one in found] == [(number, True)] * len(late)
        assert fingerprint(self.desk.database) == before

"""A day at several desks as a state machine: everything that can happen to customers, calls, stock and orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.calls import actions as calls
from ordersdesk.catalogue.actions import add_item
from ordersdesk.catalogue.tables import Promotion
from ordersdesk.check import check
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.records.actions import block, create, edit
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.entry import actions as orders
from ordersdesk.orders.entry import intake_actions as intake
from ordersdesk.orders.review.standing_actions import merge, unblock
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.stock import actions as stock
from ordersdesk.stock.rules import Shortage
from tests.builders import added, agreed, as_role, cancel, on_shelf, release_lapsed
from tests.properties.proofs import fingerprint, prove

T = TypeVar("T")
Lines = tuple[DraftLine, ...]

SHELVES = (("MAIN", "main"), ("SIB", "sibling"), ("SHOP", "shop"))
# Few and scarce, so that desks meet; the dear one makes orders large enough to wait in review.
ITEMS = {"PEN": "1.50", "A4-80": "25.00", "SAFE": "26000.00"}
# The third turns out to be the first one day.
CUSTOMERS = {
    "C000001": ("明远办公", "cash"),
    "C000002": ("Harbour Trading", "account"),
    "C000003": ("Willow & Sons", "cash"),
}
CAP = 10  # pens at the promotion's price for each customer


def typed(items: list[str], quantities: st.SearchStrategy[int], choices: list[Shortage | None]) -> Any:
    line = st.builds(DraftLine, item=st.sampled_from(items), quantity=quantities, shortage=st.sampled_from(choices))
    return st.lists(line, min_size=1, max_size=3).map(tuple)


lines = typed([*ITEMS], st.integers(1, 9), [*Shortage])
wrong_lines = typed([*ITEMS, "NOPE", ""], st.integers(0, 30), [None])
customers = st.sampled_from([*CUSTOMERS])


def on_terms(session: Session, number: str, terms: str) -> None:
    """Put a customer on terms, as an application that was granted long ago did (CUS-7)."""
    values = {"terms": terms, "credit_limit": 1000 if terms == "account" else 0}
    session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.number == number).values(values))


class DeskLife(RuleBasedStateMachine):
    """Agents take calls, hold goods, park, submit and cancel while goods come in and time goes by."""

    keys = Bundle("keys")
    numbers = Bundle("numbers")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.numbered: dict[str, str] = {}  # key of a submit -> number it was told
        self.made = 0

    @initialize()
    def open(self) -> None:
        self.furnish()

    def at_work(self, *roles: str, login: str = "mei") -> Desk:
        """A desk with somebody of these roles at it."""
        return as_role(self.desk, *roles, login=login)

    def furnish(self) -> None:
        """Customers, items on three shelves, a promotion."""
        manager = self.at_work("manager", "planning")
        for number, (name, terms) in CUSTOMERS.items():
            phone, address = f"1380013{number[-4:]}", f"上海市张江路{number[-1]}号"
            create(manager, NewCustomer(name=name, phone=phone, address=address, territory="浦东"))
            self.desk.database.write(lambda session, terms=terms, number=number: on_terms(session, number, terms))
        for item_id, (code, price) in enumerate(ITEMS.items(), 1):
            add_item(manager, {"code": code, "name": code, "unit": "只", "list_price": Decimal(price)})
            for place, kind in SHELVES:
                on_shelf(self.desk, item_id, 12, code=place, kind=kind)
        first, last = date(2026, 1, 1), date(2027, 12, 31)
        pens = Promotion(code="PENS", item_id=1, price=Decimal("1.00"), cap=CAP, starts=first, ends=last)
        self.desk.database.write(lambda session: added(session, pens))

    # --- goods and time

    @rule(item=st.integers(1, len(ITEMS)), shelf=st.sampled_from(SHELVES), pieces=st.integers(1, 20))
    def goods_come_in(self, item: int, shelf: tuple[str, str], pieces: int) -> None:
        on_shelf(self.desk, item, pieces, code=shelf[0], kind=shelf[1])

    @rule(minutes=st.sampled_from([1, 11, 31, 24 * 60]))
    def time_goes_by(self, minutes: int) -> None:
        assert isinstance(self.desk.clock, FixedClock)
        self.desk.clock.advance(timedelta(minutes=minutes))

    @rule()
    def holds_lapse(self) -> None:
        release_lapsed(self.desk)

    # --- customers

    @rule(customer=st.sampled_from(["C000001", "C000002"]), lines=lines)
    def a_blocked_customer_is_refused(self, customer: str, lines: Lines) -> None:
        manager, customer_id = self.at_work("manager"), int(customer[1:])
        block(manager, customer_id, reason="unpaid")
        assert self.submitted(f"order-{self.fresh()}", customer, lines) == multiple()
        unblock(manager, customer_id)

    @rule(number=st.sampled_from([1, 2]), version=st.integers(1, 9))
    def a_customer_is_edited_as_it_was_read(self, number: int, version: int) -> None:
        self.refused_or(lambda: edit(self.desk, number, version=version, changes={"note": f"v{version}"}))

    @rule()
    def two_customers_are_one(self) -> None:
        leader = self.at_work("leader")
        self.refused_or(lambda: merge(leader, kept_id=1, merged_id=3))

    # --- calls

    @rule(target=keys, presented=st.sampled_from(["", "13800130001"]))
    def it_rings(self, presented: str) -> str:
        key = f"call-{self.fresh()}"
        calls.answer(self.desk, key=key, presented=presented)
        return key

    @rule(key=keys, customer=st.sampled_from(["", *CUSTOMERS]), lines=lines | wrong_lines)
    def lines_are_typed(self, key: str, customer: str, lines: Lines) -> None:
        draft = Draft(key=key, customer=customer, lines=lines)
        self.refused_or(lambda: intake.keep(self.desk, draft, typed={"lines": len(lines)}))

    @rule(key=keys)
    def the_desk_is_heard_of(self, key: str) -> None:
        stock.still_there(self.desk, holder=key)

    @rule(key=keys)
    def the_call_is_parked(self, key: str) -> None:
        self.refused_or(lambda: calls.park(self.desk, key=key, draft={"customer": "C000001"}))

    @rule(key=keys, login=st.sampled_from(["lin", "wang"]))
    def the_call_is_resumed(self, key: str, login: str) -> None:
        self.refused_or(lambda: calls.resume(self.at_work("agent", login=login), key=key))

    @rule(key=keys, outcome=st.sampled_from(["enquiry", ""]))
    def the_call_is_given_up(self, key: str, outcome: str) -> None:
        self.refused_or(lambda: calls.end(self.desk, key=key, outcome=outcome))

    # --- orders

    @rule(target=numbers, customer=customers, lines=lines)
    def an_order_is_submitted(self, customer: str, lines: Lines) -> Any:
        return self.submitted(f"order-{self.fresh()}", customer, lines)

    @rule(target=numbers, key=keys, customer=customers, lines=lines)
    def the_call_becomes_an_order(self, key: str, customer: str, lines: Lines) -> Any:
        return self.submitted(key, customer, lines)

    @rule(target=numbers, key=keys, customer=customers, lines=wrong_lines)
    def a_draft_may_be_wrong(self, key: str, customer: str, lines: Lines) -> Any:
        return self.submitted(key, customer, lines, contact="")

    @rule(number=numbers, version=st.integers(1, 2), reason=st.sampled_from(["changed his mind", " "]))
    def an_order_is_cancelled(self, number: str, version: int, reason: str) -> None:
        self.refused_or(lambda: cancel(self.desk, number=number, version=version, reason=reason))

    @rule(number=numbers)
    def an_order_is_read_back(self, number: str) -> None:
        orders.note_read_back(self.desk, number=number, ticked=["customer"])

    # --- what must hold

    @invariant()
    def the_rows_prove_it(self) -> None:
        prove(self.desk.database)

    def teardown(self) -> None:
        """The program's own check finds nothing either, and every number that was told is in the book."""
        faults = [fault for found in check(self.desk) for fault in found.faults]
        assert faults == [], faults

    def submitted(self, key: str, customer: str, lines: Lines, contact: str = "王芳") -> Any:
        draft = Draft(
            key=key, customer=customer, contact=contact, phone="13800130001", address="上海市张江路88号", lines=lines
        )
        made = self.refused_or(lambda: agreed(self.desk, draft))
        if made is None:
            return multiple()
        assert self.numbered.setdefault(key, made.number) == made.number
        return made.number

    def refused_or(self, act: Callable[[], T]) -> T | None:
        """Do something, or see it refused with nothing changed."""
        before = fingerprint(self.desk.database)
        try:
            found = act()
        except Refused:
            same = fingerprint(self.desk.database) == before
        else:
            self.acted()
            return found
        assert same, "a refused act left something behind"
        return None

    def acted(self) -> None:
        """Something was done: whoever watches looks."""

    def fresh(self) -> int:
        self.made += 1
        return self.made

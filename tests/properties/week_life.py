"""Weeks at the desks: every payment, region, grade and date, with money that comes, part of it, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple, rule
from sqlalchemy import update

from ordersdesk import deciding
from ordersdesk.catalogue.actions import add_item
from ordersdesk.changing import paid, sheet_returned, take_payment_back
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.records.actions import block, create
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.delivery.model.queries import by_number as slip_by_number
from ordersdesk.delivery.papers.job_actions import done, take
from ordersdesk.delivery.picking.actions import pick
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.confirming_actions import confirm_all
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.loading_actions import load
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.payments.queries import standing
from ordersdesk.orders.review.standing_actions import unblock
from ordersdesk.orders.sheets.actions import send_sheet
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import agreed, at, on_shelf
from tests.properties.desk_life import ITEMS, DeskLife, typed
from tests.properties.hearts import edits
from tests.properties.week_luck import LUCKS, Luck
from tests.properties.week_people import APPROVING, CLOSURES, PeopleWhoSignIn

T = TypeVar("T")

STARTS = (
    "2026-11-23T10:00", "2026-11-27T23:00", "2026-11-30T12:01", "2026-09-30T15:00", "2026-12-31T08:31",
    "2026-02-13T11:59", "2026-12-01T15:31",
)  # fmt: skip
SPECIAL = "DESK"
ITEMS_AT = {code: id_ for id_, code in enumerate(ITEMS, 1)}


@dataclass(frozen=True)
class Who:
    """A customer of the weeks: how they pay, how far they are trusted, and where they live."""

    name: str
    address: str
    terms: str = "cash"
    size: str = "small"
    grade: str = "B"
    limit: int = 0


# The three of every day at the desks (`desk_life`), and those after them, in the order of their numbers.
TRUSTED = (Who("", ""), Who("", "", "account", limit=1000), Who("", ""))
MORE = (
    Who("Key Account", "上海市浦东新区世纪大道4号", "account", "key", "A", 30000),
    Who("Ahead of All", "江苏省苏州市人民路5号", "prepaid", "key", "C"),
    Who("Far Away", "新疆乌鲁木齐市友好路6号"),
    Who("Second Account", "浙江省杭州市文三路7号", "account", "small", "C", 500),
)
PLACES = {f"C{n:06}": who.address for n, who in enumerate(MORE, 4)}
# What an evening's file of the books changes about a customer; time spans are days that are past.
BOOKS: tuple[dict[str, Any], ...] = (
    {"overdue": 0}, {"overdue": 50}, {"overdue": 2000}, {"credit_limit": 0}, {"credit_limit": 100_000},
    {"credit_review_on": timedelta(days=30)}, {"credit_review_on": timedelta(days=31)}, {"opening_balance": 700},
)  # fmt: skip
NOWHERE = "人民路9号"  # a street that every town has
PAYMENTS = ("cash", "transfer", "card", "third_party", "account", "")

week_lines = st.one_of(
    typed(["PEN", "A4-80"], st.integers(1, 40), [Shortage.PARTIAL, Shortage.PURCHASE]),
    typed(["SAFE", "A4-80"], st.integers(1, 2), [*Shortage]),
    typed([SPECIAL], st.integers(1, 2), [Shortage.PURCHASE]),
)
customers = st.sampled_from(["C000001", "C000002", *PLACES])
_days = st.none() | st.none() | st.integers(0, 8) | st.integers(30, 170)
_seldom = st.sampled_from([False, False, False, True])
_minutes = st.sampled_from([0, 31, 31, 95])
_payments = st.sampled_from(PAYMENTS)
_places = st.sampled_from(["", "", "", NOWHERE, *PLACES.values()])
_orders = st.fixed_dictionaries(
    {"customer": customers, "lines": week_lines, "payment": _payments, "comes": st.sampled_from(["", "half", "all"])}
)
_lucks = st.lists(st.sampled_from(LUCKS), min_size=3, max_size=5, unique_by=id)
_deciders = st.sampled_from([*APPROVING, "agent", "warehouse", "everything"])


class Weeks(PeopleWhoSignIn):
    """All that happens at the desks and on the road, for weeks, with money, people and the calendar in the way."""

    # What other lives do step by step, or at random, is done here by the house as a whole: weeks are long.
    a_wave_is_allocated = a_slip_moves_on = short_stock_is_dealt = goods_come_in = time_goes_by = None  # type: ignore[assignment]
    an_order_is_submitted = a_plain_order_is_placed = an_order_is_placed_and_corrected_at_once = None  # type: ignore[assignment]
    an_order_is_cancelled = an_order_is_decided = a_change_is_withdrawn = a_change_is_denied = None  # type: ignore[assignment]

    @initialize(target=DeskLife.numbers, start=st.sampled_from(STARTS), lucks=_lucks)
    def open(self, start: str, lucks: list[Luck]) -> Any:  # type: ignore[override]
        at(self.desk, start)
        self.come_to_work()
        super().open()
        self.watch.look()
        return self.somebody_tries_their_luck(lucks)

    def furnish(self) -> None:
        """More customers than on other days, and special goods."""
        super().furnish()
        mei = self.at_work(login="mei")
        add_item(
            mei, {"code": SPECIAL, "name": SPECIAL, "unit": "张", "list_price": Decimal(3000), "listing": "special"}
        )
        on_shelf(self.desk, 4, 12)
        for number, who in enumerate(MORE, 4):
            phone = f"1380013{number:04}"
            create(mei, NewCustomer(name=who.name, phone=phone, address=who.address, territory="浦东", distance_km=8))
            values = {"terms": who.terms, "size_class": who.size, "grade": who.grade, "credit_limit": who.limit}
            self.as_books_say(f"C{number:06}", **values)

    # --- what customers are, and what they do

    def as_books_say(self, number: str, **values: Any) -> None:
        """Write what a file of the books brings about a customer."""
        changed = update(CUSTOMER).where(CUSTOMER.c.number == number).values(**values)
        if values:
            self.desk.database.write(lambda session: session.connection().execute(changed))

    @rule(customer=customers, books=st.sampled_from(BOOKS))
    def the_books_say(self, customer: str, books: dict[str, Any]) -> None:
        days = {name: self.desk.today() - value for name, value in books.items() if isinstance(value, timedelta)}
        self.as_books_say(customer, **(books | days))
        self.watch.look()

    @rule(customer=customers, again=st.booleans())
    def a_customer_is_blocked(self, customer: str, again: bool) -> None:
        mei, id_ = self.at_work("manager"), int(customer[1:])
        self.refused_or(lambda: unblock(mei, id_) if again else block(mei, id_, reason="unpaid"))

    @rule(
        target=DeskLife.numbers, later=_minutes, customer=customers, lines=week_lines, payment=_payments, days=_days,
        urgent=_seldom, elsewhere=_places,
    )  # fmt: skip
    def an_order_of_any_kind(
        self, later: int, customer: str, elsewhere: str = "", days: int | None = None, **said: Any
    ) -> Any:
        self.desk.clock.advance(timedelta(minutes=later))  # type: ignore[attr-defined]
        draft = Draft(
            key=f"week-{self.fresh()}", customer=customer, contact="王芳", phone="13800130001",
            address=elsewhere or PLACES.get(customer, "上海市张江路88号"),
            deliver_on=None if days is None else self.desk.today() + timedelta(days=days),
            latest=time(17) if said.get("urgent") else None, **said,
        )  # fmt: skip
        made = self.refused_or(lambda: agreed(self.desk, draft))
        return made.number if made else multiple()

    @rule(target=DeskLife.numbers, wanted=st.lists(_orders, min_size=1, max_size=3), works=st.integers(0, 4))
    def orders_that_go_on(self, wanted: list[dict[str, Any]], works: int) -> Any:
        """Some to which everybody agrees, whose money comes, or both; then the house works."""
        made = [number for said in wanted if isinstance(number := self.going_on(**said), str)]
        self.the_house_works(works)
        return multiple(*made)

    @rule(target=DeskLife.numbers, lucks=_lucks)
    def somebody_tries_their_luck(self, lucks: list[Luck]) -> Any:
        """Each order is led to the gate on its own way; then its customer stands as well as before."""
        return multiple(*[number for luck in lucks if isinstance(number := self.try_luck(luck), str)])

    def try_luck(self, luck: Luck) -> Any:
        self.stands_well(luck.customer)
        on_shelf(self.desk, ITEMS_AT[luck.item], luck.pieces)
        self.as_books_say(luck.customer, **luck.books)
        lines = (DraftLine(item=luck.item, quantity=luck.pieces),)
        days = min((day - self.desk.today()).days % 365 for day in CLOSURES) if luck.closed else None
        said = {"customer": luck.customer, "lines": lines, "payment": luck.payment, "days": days}
        number = self.an_order_of_any_kind(later=31, **said)
        if isinstance(number, str):
            self.hours_go_by(luck.later)
            self.yeses(number, luck)
            self.things_change(number, luck)
            self.to_the_road(number)
        self.stands_well(luck.customer)
        return number

    def stands_well(self, customer: str) -> None:
        """Let a customer owe nothing and be trusted as at first: nothing else shall stand in the way of luck."""
        limit = (*TRUSTED, *MORE)[int(customer[1:]) - 1].limit
        well = {"overdue": 0, "opening_balance": 0, "blocked": "", "credit_limit": limit, "credit_review_on": None}
        self.as_books_say(customer, **well)
        self.watch.look()

    def yeses(self, number: str, luck: Luck) -> None:
        """Everybody but who is lacking says yes; or one who holds every role, again and again."""
        self.a_sheet_goes_out(number, back=True)
        asked = [one.role for one in by_number(self.desk, number).reasons if one.occasion]
        for role in [role for role in APPROVING if role in asked and role not in luck.lacks]:
            self.says_yes(number, "quan" if luck.by_one else f"a-{role}")
        if luck.comes:
            self.money_comes(number, luck.comes, "a-finance")

    def things_change(self, number: str, luck: Luck) -> None:
        """What becomes so once an order is confirmed."""
        self.as_books_say(luck.customer, **luck.since)
        if luck.blocked:
            block(self.at_work("manager"), int(luck.customer[1:]), reason="unpaid")
        if luck.change:
            self.a_change_is_asked_for_and_granted(number, dict(luck.change))

    def to_the_road(self, number: str) -> None:
        """Take one order's goods onto slips, off the shelf and out of the house, as far as they may."""
        self.refused_or(lambda: allocate(self.staff, Order(numbers=(number,))))
        for slip in [slip for slip in self.under_way() if slip.order_number == number]:
            self.on_paper(slip.number)
            self.refused_or(lambda slip=slip: pick(self.staff, slip.number))
            self.away(slip.number)
            self.refused_or(lambda slip=slip: delivered(self.staff, slip.number))

    def going_on(self, comes: str, **said: Any) -> Any:
        """An order that gets what it may wait for."""
        number = self.an_order_of_any_kind(later=31, **said)
        if isinstance(number, str):
            self.a_sheet_goes_out(number, back=True)
            self.everybody_says_yes(number)
            if comes:
                self.money_comes(number, comes, "a-finance")
        return number

    # --- money

    @rule(
        number=DeskLife.numbers,
        share=st.sampled_from(["half", "all", "more"]),
        by=st.sampled_from(["a-finance", "lin"]),
    )
    def money_comes(self, number: str, share: str, by: str) -> None:
        head = by_number(self.desk, number).head
        due = max(Decimal(1), head.total - head.money_in)
        amount = {"half": due / 2, "all": due, "more": due + 1}[share]
        cashier, sure = self.at_work(login=by), share == "more"
        self.refused_or(lambda: paid(cashier, number, Received(amount, sure=sure)))

    @rule(number=DeskLife.numbers)
    def money_is_taken_back(self, number: str) -> None:
        with self.desk.reading() as session:
            rows = standing(session, by_number(self.desk, number).head.id)
        cashier = self.at_work(login="a-finance")
        if rows:
            self.refused_or(lambda: take_payment_back(cashier, number, rows[0].id, why="another order's"))

    @rule(number=DeskLife.numbers, back=st.booleans())
    def a_sheet_goes_out(self, number: str, back: bool) -> None:
        if by_number(self.desk, number).head.sheet in ("wanted", "sent"):
            self.refused_or(lambda: send_sheet(self.desk, number=number, how="email"))
            if back:
                self.refused_or(lambda: sheet_returned(self.desk, number=number))

    # --- yes and no

    @rule(number=DeskLife.numbers, role=_deciders)
    def somebody_says_yes(self, number: str, role: str) -> None:
        self.says_yes(number, {"agent": "wang", "warehouse": "cron", "everything": "quan"}.get(role, f"a-{role}"))

    def says_yes(self, number: str, login: str) -> None:
        """Let somebody say yes to an order as it is now."""
        who = self.at_work(login=login)
        self.refused_or(lambda: deciding.grant(who, "order", number, seen_version=self.version(number)))

    @rule(number=DeskLife.numbers)
    def everybody_says_yes(self, number: str) -> None:
        for role in APPROVING:
            if any(one.occasion for one in by_number(self.desk, number).reasons):
                self.somebody_says_yes(number, role)

    @rule(number=DeskLife.numbers, edits=edits)
    def a_change_is_asked_for_and_granted(self, number: str, edits: dict[str, Any]) -> None:
        made = self.a_change_is_asked_for(number, edits)
        if isinstance(made, str):
            for role in APPROVING:
                who = self.at_work(login=f"a-{role}")
                self.refused_or(lambda who=who: deciding.grant(who, "change", made, seen_version=1))

    def version(self, number: str) -> int:
        """The version of an order as it is on the screen."""
        return by_number(self.desk, number).head.version

    # --- goods and time

    @rule(hours=st.sampled_from([1, 3, 9, 13, 24, 72, 24 * 8]))
    def hours_go_by(self, hours: int) -> None:
        self.desk.clock.advance(timedelta(hours=hours))  # type: ignore[attr-defined]

    @rule(steps=st.integers(1, 4))
    def the_house_works(self, steps: int) -> None:
        """What may go is put onto slips, and all slips go on as far as they may."""
        if steps:
            self.refused_or(lambda: allocate(self.staff, Order()))
        for _step in range(steps):
            for slip in self.under_way():
                if slip.state == "made":
                    self.on_paper(slip.number)
                elif slip.state == "printed":
                    self.refused_or(lambda slip=slip: pick(self.staff, slip.number))
                elif slip.state == "picked":
                    self.away(slip.number)

    @rule(short=_seldom, nobody=_seldom, hours=st.sampled_from([3, 21, 24, 72]))
    def a_day_on_the_road(self, short: bool, nobody: bool, hours: int) -> None:
        """Everything that can goes out, and the vans are back; then it is another day."""
        self.the_house_works(4)
        money = Handed(signed_by="王芳", collected=Decimal(0), why="forgot the purse") if short else None
        for slip in [slip for slip in self.under_way() if slip.state == "loaded"]:
            if nobody:
                self.refused_or(partial(failed, self.staff, slip.number, "nobody"))
            else:
                self.refused_or(partial(delivered, self.staff, slip.number, money))
        self.hours_go_by(hours)

    def on_paper(self, slip: str) -> object:
        staff = self.staff
        taken = self.refused_or(lambda: take(staff, Wanted(numbers=(slip,))))
        return taken and taken.slips and self.refused_or(lambda: done(staff, taken.job, taken.slips))

    def away(self, slip: str) -> None:
        """Let one slip leave with whoever takes it: each step may be refused."""
        staff, goes_with = self.staff, slip_by_number(self.desk, slip).head.goes_with or "R1"
        trip = Trip(goes_with, driver="郝师傅", vehicle="沪A12345")
        sheet = self.refused_or(lambda: make(staff, trip))
        if sheet and self.refused_or(lambda: load(staff, sheet.number, [slip])):
            self.refused_or(lambda: confirm_all(staff, [slip]))
            self.refused_or(lambda: depart(staff, sheet.number, other_day="goes ahead"))

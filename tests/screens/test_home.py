"""Home: what waits for me stands in one list, and Enter opens it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from ordersdesk.calls import actions as calls
from ordersdesk.deciding import grant
from ordersdesk.delivery.routes.emergency_actions import release_first
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.review.asking_actions import ask
from screens.customer.card import CardScreen
from screens.home.waiting import note, read
from screens.intake.call.journal import Journal
from screens.intake.call.work import Work
from screens.intake.screen import IntakeScreen
from screens.order.screen import OrderScreen
from screens.widgets.lines import Lines
from tests.builders import a_customer, a_draft, an_item, as_role, request_cancel
from tests.delivery.building import HOSPITAL, an_order
from tests.delivery.roads import on_the_road
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_an_empty_home_says_how_to_begin(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "0 orders today", "Nothing waits for you. F2 takes an order.")


async def test_an_empty_home_of_somebody_who_takes_no_orders_names_no_key_they_lack(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path, "admin") as pilot:
        await wait_for(pilot, "There is nothing to do.")
        assert "F2" not in screen_text(pilot.app)


async def test_an_order_in_review_says_whom_it_waits_for_and_opens(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, terms="account")
    an_item(desk, stock=100)
    number = submit(desk, a_draft(("A4-80", 5), payment="account")).number
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "In review", number[-4:], "for manager, branch GM", "1 order today", "125.00")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, OrderScreen))
        await wait_for(pilot, number, "Waits for manager")


async def test_the_manager_sees_first_what_was_asked_for(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, stock=100)
    customers = ("C100001", "C100002")
    for customer in customers:
        a_customer(desk, customer, terms="account")
    numbers = [submit(desk, a_draft(("A4-80", 5), customer=one, payment="account")).number for one in customers]
    ask(desk, number=numbers[1])
    async with seated(desk, tmp_path, "manager", size=(120, 30)) as pilot:
        await wait_for(pilot, "asked 10:00 for manager", "2 in review")
        rows = desk_of(pilot).screen.query_one(Lines)
        assert rows.current is not None
        assert rows.current.key == numbers[1]


async def test_what_one_must_know_stands_in_the_list_until_its_order_is_opened(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    number = submit(desk, a_draft(("A4-80", 5))).number
    made = request_cancel(desk, number=number, reason="closed down")
    grant(as_role(desk, "leader"), "change", made.number, seen_version=1)
    async with seated(desk, tmp_path, size=(120, 30)) as pilot:
        await wait_for(pilot, "You must know", f"{number} of 明远办公 is cancelled: closed down")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, OrderScreen))
        await wait_for(pilot, f"Order {number}", "cancelled")
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "Nothing waits for you")
        assert notices(desk) == []


def test_a_notice_that_somebody_else_noted_is_no_trouble(desk: Desk) -> None:
    note(desk, 7)
    assert notices(desk) == []


async def test_late_orders_stand_in_the_list_until_they_are_delivered(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    submit(desk, a_draft(("A4-80", 5)))
    cast(FixedClock, desk.clock).advance(timedelta(days=3))
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "Late", "promised for Tue 24 Nov", "1 late")


async def test_my_unfinished_call_stands_first_and_enter_goes_on_with_it(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F2>C100001<Enter>A4-80<Enter>5<Enter>")
        await desk_of(pilot).go_to("home")
        await wait_for(pilot, "Unfinished", "明远办公", "1 line typed")
        assert desk_of(pilot).screen.query_one(Lines).cursor == 0
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, IntakeScreen))
        await wait_for(pilot, "A4-80")


async def test_what_a_killed_desk_left_is_offered_but_not_a_call_that_ended(desk: Desk, tmp_path: Path) -> None:
    journal = Journal(tmp_path, "lin")
    journal.keep(Work(key="killed", presented="555-1", customer="C100001"))
    journal.keep(Work(key="over", presented="555-2"))
    calls.answer(desk, key="over", presented="555-2")
    calls.end(desk, key="over", outcome="enquiry")
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "Unfinished", "C100001 555-1")
        assert "555-2" not in screen_text(pilot.app)
        assert [work.key for work in journal.unfinished()] == ["killed"]


async def test_a_colleagues_parked_call_can_be_taken_over(desk: Desk, tmp_path: Path) -> None:
    other = as_role(desk, "agent")
    calls.answer(other, key="k1", presented="13800138000")
    calls.park(other, key="k1", draft={})
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "Parked", "13800138000", "mei: no line yet", "10:00")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, IntakeScreen))


async def test_customers_of_mine_that_lack_something_are_named(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, agent="lin")
    async with seated(desk, tmp_path) as pilot:
        await wait_for(pilot, "To complete", "missing: sales rep")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, CardScreen))


async def test_coming_back_reads_anew_and_keeps_the_place(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, agent="lin")
    a_customer(desk, "C100002", agent="lin", name="蓝鲸")
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Down><Enter><Esc>")
        assert desk_of(pilot).screen.query_one(Lines).cursor == 1
        assert "蓝鲸" in screen_text(pilot.app)


def test_sheets_on_the_road_and_goods_without_paper_wait_for_whom_they_concern(desk: Desk, tmp_path: Path) -> None:
    release_first(as_role(desk, "manager"), an_order(desk), HOSPITAL)
    on_the_road(desk)
    rows = {role: [row.cells[0] for row in read(as_role(desk, role), tmp_path).rows] for role in ("manager", "finance")}
    sheets = ["On the road", "On the road"]  # what left first has one of its own (PAY-6)
    assert rows == {"manager": ["You must know", "No paper", *sheets], "finance": sheets}


def test_agents_see_their_own_late_orders_and_leaders_all(desk: Desk, tmp_path: Path) -> None:
    an_order(desk)
    cast(FixedClock, desk.clock).advance(timedelta(days=3))
    told = {login: [row.cells[2] for row in read(as_role(desk, role, login=login), tmp_path).rows]
            for login, role in (("lin", "agent"), ("mei", "agent"), ("boss", "leader"))}  # fmt: skip
    assert told == {
        "lin": ["promised for Tue 24 Nov"], "mei": [],
        "boss": ["promised for Tue 24 Nov", "1 waits"],
    }  # fmt: skip

"""One order: its whole story on a page, and the keys that its flow allows (ORD-8, ORD-13, JOY-1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.deciding import grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from tests.builders import a_customer, a_draft, an_item, as_role
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@asynccontextmanager
async def looking_at(
    desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24), **terms: str
) -> AsyncIterator[tuple[Pilot[int], str]]:
    """An order of five packs of paper on the screen."""
    a_customer(desk, terms="account")
    an_item(desk, stock=100, name="Paper [/] 80g")
    number = submit(desk, a_draft(("A4-80", 5), **({"payment": "cash"} | terms))).number
    async with seated(desk, home, size=size) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "Paper [/]")
        yield pilot, number


async def test_the_page_shows_head_lines_money_promise_and_story(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path, size=(80, 40)) as (pilot, number):
        await wait_for(
            pilot, f"Order {number}", "confirmed", "王芳  13800138000", "张江路88号", "5 包", "Total        125.00",
            "Next working day: Tue 24 Nov", "Mon 23 Nov 10:00  Lin  Confirm → confirmed (ORD-5)",
        )  # fmt: skip


async def test_an_order_that_waits_says_why_and_who_can_clear_it(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path, payment="account") as (pilot, _number):
        await wait_for(pilot, "in review", "Waits for manager: The order goes on monthly", "(ORD-5)", "X Cancel order")


async def test_one_key_asks_whoever_can_clear_it_and_the_story_knows(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path, payment="account") as (pilot, number):
        await type_keys(pilot, "a")
        await wait_for(pilot, "Asked: manager, branch GM. It stands first on their screen.")
        assert page_queries.by_number(desk, number).story[-1].details == {"roles": ["manager", "branch_gm"]}


async def test_a_confirmed_order_is_cancelled_only_by_asking_for_it(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, number):
        assert "Cancel order" not in screen_text(pilot.app)
        await type_keys(pilot, "xbought twice<Enter>")
        await wait_for(pilot, f"asks to cancel {number}", "Change asked for")
        assert page_queries.by_number(desk, number).head.state == "confirmed"


async def test_cancelling_asks_why_in_place_and_esc_goes_back(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path, payment="account") as (pilot, number):
        await type_keys(pilot, "x")
        await wait_for(pilot, "Why cancel?")
        await type_keys(pilot, "<Esc>")
        await wait_until(pilot, lambda: "Why cancel?" not in screen_text(pilot.app))
        await type_keys(pilot, "xcaller changed their mind<Enter>")
        await wait_for(pilot, "Cancelled; its goods are free again.")
        assert page_queries.by_number(desk, number).story[-1].note == "caller changed their mind"


async def test_where_is_my_order_is_answered_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "w")
        await wait_for(pilot, f"Your order {number} is confirmed; its goods are kept for it.", "for tomorrow.")


async def test_the_read_back_is_ticked_sentence_by_sentence_and_kept(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "r")
        await wait_for(pilot, "Read back", "张江路88号")
        await type_keys(pilot, " " * 7)
        await wait_until(pilot, lambda: page_queries.by_number(desk, number).story[-1].verb == "read back")
        await wait_for(pilot, "Read back and kept.")


async def test_a_read_back_of_which_nothing_was_ticked_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "r")
        await wait_for(pilot, "Read back", "张江路88号")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "Nothing was ticked: it was not read back.")
        assert "read back" not in [entry.verb for entry in page_queries.by_number(desk, number).story]


async def test_the_language_can_be_changed_on_the_page(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "<Ctrl+L>")
        await wait_for(pilot, "已确认")


async def test_another_fee_is_asked_for_and_its_approver_stands_on_the_page(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    number = submit(desk, a_draft(("A4-80", 3))).number
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, number, "H Change")
        await type_keys(pilot, "f0<Enter>late last time<Enter>")
        await wait_for(pilot, "asks for another fee", "The delivery fee shall be 0.00", "10.00: late last time")
    grant(as_role(desk, "leader", login="zhou"), "change", "CH20261123-0001", seen_version=1)
    head = by_number(desk, number).head
    assert (head.fee_said, head.fee_reason, head.fee_approver) == (0, "late last time", "zhou")


async def test_the_agent_makes_the_slips_of_their_own_order(desk: Desk, tmp_path: Path) -> None:
    async with looking_at(desk, tmp_path) as (pilot, number):
        await wait_for(pilot, "confirmed")
        await type_keys(pilot, "m")
        await wait_for(pilot, "Wave 13:00, Tue 24 Nov", "1 slip, 5 pieces, 125.00 due")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "1 slip made for 13:00, Tue 24 Nov.", f"Order {number}")
        assert "Make slips" not in screen_text(pilot.app)


async def test_the_order_of_somebody_else_offers_no_slips_to_an_agent(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    number = submit(as_role(desk, "agent", login="mei"), a_draft(("A4-80", 5))).number
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "R Read back")
        assert "Make slips" not in screen_text(pilot.app)

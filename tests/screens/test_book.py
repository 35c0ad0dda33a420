"""The order book follows what is typed; conditions are taken from a list and put back one by one (ORD-9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.entry.actions import submit
from screens.order.screen import OrderScreen
from tests.builders import a_customer, a_draft, an_item
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    """A confirmed order of Mingyuan and one of Blue Whale that waits for the manager."""
    a_customer(desk)
    a_customer(desk, "C100002", name="Blue [/] Whale", terms="account")
    an_item(desk, stock=100)
    drafts = (a_draft(("A4-80", 5)), a_draft(("A4-80", 6), customer="C100002", payment="account"))
    return [submit(desk, draft).number for draft in drafts]


async def test_the_newest_order_stands_first_and_phones_are_masked(
    desk: Desk, tmp_path: Path, numbers: list[str]
) -> None:
    async with seated(desk, tmp_path, size=(140, 30)) as pilot:
        await type_keys(pilot, "<F6>")
        await wait_for(pilot, "2 orders", numbers[0], "Blue [/] Whale", "in review", "138****8000")
        text = screen_text(pilot.app)
        assert text.index(numbers[1]) < text.index(numbers[0])
        assert "13800138000" not in text


async def test_typing_filters_and_enter_opens_what_was_meant(desk: Desk, tmp_path: Path, numbers: list[str]) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6>明远<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, OrderScreen))
        await wait_for(pilot, f"Order {numbers[0]}")


async def test_the_last_four_digits_of_the_phone_find_the_orders(
    desk: Desk, tmp_path: Path, numbers: list[str]
) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6>8000")
        await wait_for(pilot, "2 orders")
        await type_keys(pilot, "1")
        await wait_for(pilot, "0 orders", "No order fits.")


async def test_f4_offers_conditions_and_esc_takes_them_back(desk: Desk, tmp_path: Path, numbers: list[str]) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6><F4>review<Enter>")
        await wait_for(pilot, "State: in review", "1 order", numbers[1])
        await type_keys(pilot, "<F4>late<Enter>")
        await wait_for(pilot, "State: in review · late", "0 orders")
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "1 order")
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "2 orders")


async def test_an_order_can_be_found_by_whom_it_waits_for(desk: Desk, tmp_path: Path, numbers: list[str]) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6><F4>waits for: man<Enter>")
        await wait_for(pilot, "Waits for: manager", "1 order")


async def test_the_promise_stands_there_again_when_the_window_is_as_wide_as_before(
    desk: Desk, tmp_path: Path, numbers: list[str]
) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6>")
        await wait_for(pilot, "2 orders", "Promise")
        await pilot.resize_terminal(60, 7)
        await wait_until(pilot, lambda: "Promise" not in screen_text(pilot.app))
        await pilot.resize_terminal(80, 24)
        await wait_for(pilot, "Promise")
        await pilot.resize_terminal(80, 7)
        await wait_for(pilot, "Promise")

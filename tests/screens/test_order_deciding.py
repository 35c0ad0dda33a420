"""An order's page decides: yes and no, a code over the phone, correcting and pulling back (JOY-10, JOY-11, ORD-4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Digits

from ordersdesk.deciding import deny, grant_by_code, make_code
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry.actions import submit
from screens.intake.screen import IntakeScreen
from tests.approvals.asking import in_review, manager
from tests.builders import a_customer, a_draft, an_item
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import a_user, desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@asynccontextmanager
async def at_the_page(
    desk: Desk, home: Path, number: str, *roles: str, login: str = "liu"
) -> AsyncIterator[Pilot[int]]:
    async with seated(desk, home, *roles, login=login, size=(160, 40)) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, f"Order {number}", "Story")
        yield pilot


def state(desk: Desk, number: str) -> str:
    return page_queries.by_number(desk, number).head.state


async def test_one_key_grants_and_the_page_says_who_and_by_which_rule(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, "manager") as pilot:
        await wait_for(pilot, "G Grant", "D Deny", "K ")
        await type_keys(pilot, "g")
        await wait_for(
            pilot, f"{number} is confirmed.", "Granted manager (ORD-5)",
            "granted  order on monthly account · Liu, Mon 23 Nov 10:00 · answers for it",
        )  # fmt: skip
        assert "G Grant" not in screen_text(pilot.app)


async def test_a_no_tells_its_reason_on_the_page(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, "manager") as pilot:
        await type_keys(pilot, "dpay first<Enter>")
        await wait_for(pilot, f"{number} is rejected.", "denied", "Liu, Mon 23 Nov 10:00 · pay first")


async def test_nobody_is_offered_to_decide_their_own(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, "agent", "manager", login="lin") as pilot:
        await type_keys(pilot, "g")
        await wait_for(pilot, "G does nothing here.")
        assert state(desk, number) == "review"


async def test_a_code_is_shown_large_once_and_its_page_forgets_it(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, "manager") as pilot:
        await type_keys(pilot, "k")
        await wait_for(pilot, "Read it out digit by digit", f"for 10 minutes, for {number}")
        digits = desk_of(pilot).screen.query_one(Digits)
        code = digits.value.replace(" ", "")
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "Story")
        assert digits.value == ""
        assert grant_by_code(desk, "order", number, code=code).state == "confirmed"


async def test_an_agent_types_the_code_that_was_read_out(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    a_user(desk, "wang", "manager")
    code = make_code(manager(desk), "order", number)
    wrong = "000000" if code != "000000" else "111111"
    async with at_the_page(desk, tmp_path, number, login="mei") as pilot:
        await type_keys(pilot, f"t{wrong}<Enter>")
        await wait_for(pilot, "This code is wrong; 2 tries are left.")
        await type_keys(pilot, f"{code}<Enter>")
        await wait_for(pilot, f"{number} is confirmed.", "Wang, Mon 23 Nov 10:00 · by code, typed by Mei")


async def test_a_rejected_order_is_corrected_in_the_intake_and_keeps_its_number(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    deny(manager(desk), "order", number, seen_version=1, reason="pay in cash")
    async with at_the_page(desk, tmp_path, number, login="mei") as pilot:
        await type_keys(pilot, "e")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, IntakeScreen))
        await wait_for(pilot, f"Correcting {number}", "明远办公", "DESK", "monthly account")
        await type_keys(pilot, "<Enter><Enter><Enter><Enter>cash<Enter><F9>")
        await wait_for(pilot, f"{number} is confirmed.")
        assert page_queries.by_number(desk, number).head.payment == "cash"


async def test_an_order_is_pulled_back_within_sixty_seconds_and_corrected(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, login="lin") as pilot:
        await wait_for(pilot, "U Pull back (60 s)")
        cast(FixedClock, desk.clock).advance(timedelta(seconds=20))
        await wait_for(pilot, "U Pull back (40 s)")
        await type_keys(pilot, "u")
        await wait_for(pilot, f"{number} is pulled back; its goods are free.", "E Correct", "draft")


async def test_after_sixty_seconds_nothing_is_pulled_back(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    cast(FixedClock, desk.clock).advance(timedelta(seconds=61))
    async with at_the_page(desk, tmp_path, number, login="lin") as pilot:
        assert "Pull back" not in screen_text(pilot.app)
        await type_keys(pilot, "u")
        await wait_for(pilot, "U does nothing here.")


async def test_the_intake_pulls_back_the_order_just_made_and_goes_on_with_it(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    async with seated(desk, tmp_path, size=(100, 40)) as pilot:
        await type_keys(pilot, "<F2>C100001<Enter>A4-80<Enter>5<Enter><F9>")
        await wait_for(pilot, "is confirmed. Read it back", "U Pull back (60 s)")
        await type_keys(pilot, "u")
        await wait_for(pilot, "is pulled back: correct it, F9 enters it again.", "Correcting SO20261123-0001", "A4-80")
        await type_keys(pilot, "A4-80<Enter>1<Enter>")
        await wait_for(pilot, "A4-80 is on line 1 already, 5 of it: once more?")
        await type_keys(pilot, "<Enter><F9>")
        await wait_for(pilot, "SO20261123-0001 is confirmed.")
        assert [line.quantity for line in page_queries.by_number(desk, "SO20261123-0001").lines] == [5, 1]


async def test_a_decided_order_stays_decided_for_who_still_sees_it_waiting(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    async with at_the_page(desk, tmp_path, number, "manager") as pilot:
        deny(manager(desk), "order", number, seen_version=1, reason="no")
        await type_keys(pilot, "g")
        await wait_for(pilot, f"wang denied {number} at 11-23 10:00: it is rejected.")
        assert state(desk, number) == "rejected"


async def test_a_second_order_of_a_customer_is_not_mistaken_for_the_corrected_one(desk: Desk, tmp_path: Path) -> None:
    number = in_review(desk)
    deny(manager(desk), "order", number, seen_version=1, reason="no")
    other = submit(desk, a_draft(("DESK", 3), payment="cash")).number
    async with at_the_page(desk, tmp_path, other, login="mei") as pilot:
        assert "E Correct" not in screen_text(pilot.app)

"""A route sheet: scans load it, it departs, and what became of each stop is one key when all is well (SLP-6, PAY-6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.queries import sheet
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.daynames import short_day
from screens.route.rows import SHEETS, STOPS
from screens.route.screen import RouteScreen
from screens.widgets.rows import widths
from tests.builders import as_role
from tests.screens.acting import type_keys, wait_for, wait_until
from tests.screens.dispatching import EVERYTHING, SHEET, on_the_road, picked, slips
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_scans_load_a_sheet_and_a_slip_not_ready_says_why(desk: Desk, tmp_path: Path) -> None:
    first, second, third = picked(desk, tmp_path, slips(desk, 3))
    make(as_role(desk, "dispatcher"), Trip("R1"))
    async with seated(desk, tmp_path, "dispatcher") as pilot:
        await type_keys(pilot, f"{SHEET}<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, RouteScreen))
        await type_keys(pilot, f"{second}<Enter>SL20261123-0099<Enter>{first}<Enter>{third}<Enter>")
        await wait_for(pilot, f"{third} is loaded: stop 3.", "3 stops · 18 pieces · 3 parcels")
        assert [slip.number for slip in sheet(desk, SHEET).slips] == [first, second, third]
        await type_keys(pilot, "<End>e")
        await wait_until(pilot, lambda: [s.number for s in sheet(desk, SHEET).slips] == [first, third, second])


async def test_a_sheet_comes_back_with_one_key_a_stop_a_refusal_a_failure_and_its_cash(
    desk: Desk, tmp_path: Path
) -> None:
    numbers = slips(desk, 4)
    on_the_road(desk, tmp_path, numbers)
    async with seated(desk, tmp_path, *EVERYTHING, size=(120, 30)) as pilot:
        await type_keys(pilot, f"{SHEET}<Enter>")
        await wait_for(pilot, "on the road", "650.00 to bring")
        await type_keys(pilot, "<Enter>d")
        await wait_for(pilot, "✓ delivered")
        await type_keys(pilot, "<Esc>f2<F9>damaged<Enter><Enter><Enter><Enter>")
        await wait_for(pilot, "✓ 2 refused: damaged")
        await type_keys(pilot, f"{numbers[3]}<Enter>xnobody<Enter><Enter><Enter>")
        await type_keys(pilot, f"{numbers[3]}<Enter><Enter>")  # one Enter too many takes nothing back
        await wait_for(pilot, "failed: nobody there → 24 Nov")
        assert {by_number(desk, number).head.state for number in numbers} == {"loaded"}
        await type_keys(pilot, "a<F9>")
        await wait_for(pilot, f"Cash of {SHEET}: 400.00 was collected.")
        assert [by_number(desk, number).head.state for number in numbers] == [
            "delivered", "refused", "delivered", "failed",
        ]  # fmt: skip
        await type_keys(pilot, "395<Enter>short of change<Enter>")
        await wait_for(pilot, "395.00 handed in.", "-5.00 more or less than collected")
        assert sheet(desk, SHEET).head.difference_why == "short of change"


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_day_and_time_a_sheet_leaves_fit_their_column(desk: Desk, code: str) -> None:
    language.use(code)
    leaves = max(cell_len(f"{short_day(date(2026, 12, day))} 12:00") for day in range(1, 32))
    assert leaves <= next(column.width for column in SHEETS if column.title == "Leaves")


@pytest.mark.parametrize(("room", "customer", "outcome"), [(78, 20, 24), (118, 28, 32)])
def test_the_customer_of_a_stop_shares_the_room_with_what_became_of_it(
    desk: Desk, room: int, customer: int, outcome: int
) -> None:
    wide = {column.title: width for column, width in zip(STOPS, widths(STOPS, room), strict=True)}
    assert (wide["Customer"], wide["What became of it"]) == (customer, outcome)

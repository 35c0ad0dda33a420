"""The dispatch board: one key for each step of a slip's way, for one or for all that are marked (SLP-4, JOY-2)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.papers.job_actions import take
from ordersdesk.delivery.routes.confirming_actions import confirm
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from screens.slip.screen import SlipScreen
from tests.builders import as_role, at, turn_clock
from tests.screens.acting import type_keys, wait_for, wait_until
from tests.screens.dispatching import EVERYTHING, orders, slips
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def states(desk: Desk, numbers: list[str]) -> list[str]:
    return [by_number(desk, number).head.state for number in numbers]


async def test_slips_go_from_the_order_to_the_road_with_a_key_for_each_step(desk: Desk, tmp_path: Path) -> None:
    orders(desk, 3)
    all_three = [f"SL20261123-000{place}" for place in (1, 2, 3)]
    async with seated(desk, tmp_path, *EVERYTHING, size=(120, 40)) as pilot:
        await type_keys(pilot, "<Ctrl+G>")
        await wait_for(pilot, "12:00  leaves in 2 h 0 min", "13:00  leaves in 3 h 0 min", "1 order to allocate")
        await type_keys(pilot, "a")
        await wait_for(pilot, "1 slip, 5 pieces, 125.00 due", "客户 [/] 1")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "1 slip made for 13:00, Mon 23 Nov.", all_three[0])
        await type_keys(pilot, f"ptext<Enter>{tmp_path}/slips.txt<Enter>")
        await wait_for(pilot, "1 slip printed to")
        assert states(desk, all_three[:1]) == ["printed"]
        await type_keys(pilot, "k2<Enter>")
        await type_keys(pilot, "l")
        await wait_for(pilot, "1 slip loaded: RS20261123-0001 (R1): 1.", "loaded 1 [4]")
        confirm(as_role(desk, "dispatcher"), all_three[0])
        await type_keys(pilot, "dGao<Enter>沪A<Enter>")
        await wait_for(pilot, "RS20261123-0001 left. Slips: 1, pieces: 5.", "on the road 1 [5]")


def lost(desk: Desk, numbers: list[str]) -> None:
    """A printing of these that never said how it went."""
    take(as_role(desk, "order_group", login="mei"), Wanted(numbers=tuple(numbers)))
    turn_clock(desk, timedelta(minutes=desk.policy.slips.job_minutes))


async def test_what_may_be_on_paper_is_not_printed_from_the_board_before_somebody_looked(
    desk: Desk, tmp_path: Path
) -> None:
    numbers = slips(desk, 2)
    lost(desk, numbers[:1])
    async with seated(desk, tmp_path, *EVERYTHING, size=(120, 40)) as pilot:
        await type_keys(pilot, "<Ctrl+G>")
        await wait_for(pilot, *numbers)
        await type_keys(pilot, f"mptext<Enter>{tmp_path}/slips.txt<Enter>")
        await wait_for(pilot, "1 slip printed to", "may be on paper already")
        assert states(desk, numbers) == ["made", "printed"]


@pytest.mark.parametrize(
    ("answer", "papers", "told"), [("<Enter>", 1, "1 slip printed to"), ("there<Enter>", 0, "its paper is there")]
)
async def test_its_page_asks_whether_the_paper_is_there(
    desk: Desk, tmp_path: Path, answer: str, papers: int, told: str
) -> None:
    (number,) = slips(desk)
    lost(desk, [number])
    async with seated(desk, tmp_path, *EVERYTHING, size=(120, 40)) as pilot:
        desk_of(pilot).show_slip(number)
        await wait_for(pilot, "It may be on paper already: a printing of mei never said how it went.", "not known")
        await type_keys(pilot, "p")
        await wait_for(pilot, "Its paper", "is nowhere: print it")
        await type_keys(pilot, answer)
        if papers:
            await type_keys(pilot, f"text<Enter>{tmp_path}/slips.txt<Enter>")
        await wait_for(pilot, told)
        assert (states(desk, [number]), len(list(tmp_path.glob("slips.txt")))) == (["printed"], papers)


async def test_an_act_is_for_all_that_are_marked_and_scans_mark(desk: Desk, tmp_path: Path) -> None:
    numbers = slips(desk, 3)
    async with seated(desk, tmp_path, *EVERYTHING) as pilot:
        await type_keys(pilot, "<Ctrl+G>")
        await wait_for(pilot, *numbers)
        await type_keys(pilot, f"{numbers[1]}<Enter>{numbers[2]}<Enter>")
        await wait_for(pilot, "2 marked", f"● {numbers[2]}", "P Print 2")
        await type_keys(pilot, "vtorn<Enter>")
        await wait_for(pilot, "2 slips void: goods are free.", "1 slip")
        assert states(desk, numbers) == ["made", "void", "void"]
        await type_keys(pilot, f"{numbers[2]}<Enter>")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SlipScreen))
        await wait_for(pilot, f"Delivery slip {numbers[2]}", "torn")


ODD_HOURS = [
    # local time, the wave that is offered and what is made for it, and the one behind it
    ("2026-11-23T15:31", "08:30, Tue 24 Nov", "12:00, Tue 24 Nov"),
    ("2026-11-23T23:00", "08:30, Tue 24 Nov", "12:00, Tue 24 Nov"),
    ("2026-11-29T11:00", "08:30, Mon 30 Nov", "12:00, Mon 30 Nov"),
    ("2026-09-30T16:00", "08:30, Thu 8 Oct", "12:00, Thu 8 Oct"),
]


@pytest.mark.parametrize(("moment", "wave", "behind"), ODD_HOURS)
async def test_at_any_hour_the_slips_are_made_for_the_wave_that_was_shown(
    desk: Desk, tmp_path: Path, moment: str, wave: str, behind: str
) -> None:
    at(desk, moment)
    orders(desk, 2)
    async with seated(desk, tmp_path, *EVERYTHING) as pilot:
        await type_keys(pilot, "<Ctrl+G>a")
        await wait_for(pilot, f"Wave {wave}", "1 slip,")
        await type_keys(pilot, "w")
        await wait_for(pilot, f"Wave {behind}", "1 slip,")
        await type_keys(pilot, "www")  # round to the first, and on to the one that was offered
        await wait_for(pilot, f"Wave {wave}", "1 slip,")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, f"1 slip made for {wave}.")


async def test_a_wave_that_leaves_while_it_is_looked_at_is_refused_and_nothing_is_made(
    desk: Desk, tmp_path: Path
) -> None:
    at(desk, "2026-11-23T11:59")
    orders(desk, 1)
    async with seated(desk, tmp_path, *EVERYTHING) as pilot:
        await type_keys(pilot, "<Ctrl+G>a")
        await wait_for(pilot, "Wave 13:00, Mon 23 Nov", "1 slip")
        at(desk, "2026-11-23T13:01")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "The 13:00 wave of Mon 23 Nov has left.")


async def test_in_an_emergency_driver_plate_and_a_first_customer_are_asked_for(desk: Desk, tmp_path: Path) -> None:
    [number] = slips(desk)
    async with seated(desk, tmp_path, "manager") as pilot:
        await type_keys(pilot, "<Ctrl+G>")
        await wait_for(pilot, number)
        await type_keys(pilot, "ehospital<Enter>Gao<Enter>沪A<Enter>")
        await wait_for(pilot, "It is the first delivery to", "Whom did you")
        await type_keys(pilot, "王芳 said yes<Enter>")
        await wait_for(pilot, "gone before the paper")
    assert by_number(desk, number).head.released_why == "hospital (Gao)"

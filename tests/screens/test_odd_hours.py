"""Every screen at hours when tests seldom look: after the last wave, at night, on a Sunday, on the eve of a holiday."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from screens.shell.screen import DeskScreen
from screens.widgets.status import StatusLine
from tests.screens.acting import screen_text, settled, type_keys
from tests.screens.seated import desk_of
from tests.screens.tour import STOPS, visit, walking

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HOURS = {  # in Shanghai
    "15:31, after the last urgent car": datetime(2026, 11, 30, 7, 31, tzinfo=UTC),
    "23:00": datetime(2026, 11, 30, 15, 0, tzinfo=UTC),
    "a Sunday": datetime(2026, 11, 29, 3, 0, tzinfo=UTC),
    "the eve of a holiday": datetime(2026, 9, 30, 9, 0, tzinfo=UTC),
}
HANG_ON_THE_HOUR = (
    "HomeScreen", "IntakeScreen", "OrderScreen", "ChangeScreen", "ApprovalsScreen", "DecidingScreen", "DealingScreen",
    "RouteScreen", "SheetScreen",
)  # fmt: skip
PRESSED = ("AllocatingScreen", "RoutesScreen", "DispatchScreen")  # in this order: what one makes the next shows


@pytest.mark.parametrize("hour", HOURS)
async def test_every_screen_opens_and_what_it_offers_is_no_empty_success(
    desk: Desk, clock: FixedClock, tmp_path: Path, hour: str
) -> None:
    clock.advance(HOURS[hour] - clock.now())
    async with walking(desk, tmp_path) as (pilot, world):
        for stop in STOPS:
            if stop.screen in HANG_ON_THE_HOUR:
                await visit(pilot, world, stop)
        for stop in (one for name in PRESSED for one in STOPS if one.screen == name):
            await visit(pilot, world, stop)
            for key in offered(pilot):
                await type_keys(pilot, f"<{key}>" if len(key) > 1 else key)
                await settled(pilot)
                says_no_empty_success(pilot, f"{stop.screen} {key}")
                await visit(pilot, world, stop)


def offered(pilot: Pilot[int]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    return [hint.key for hint in screen.verb_hints() if not hint.key.isdigit()] + [
        "F9"
    ]  # digits show the slips of a state


def says_no_empty_success(pilot: Pilot[int], where: str) -> None:
    line = desk_of(pilot).screen.query_one(StatusLine)
    empty = line.message.startswith("0 ") or " 0 " in line.message.split(".")[0]
    assert not (empty and line.tone == "good"), f"{where}: {line.message}\n{screen_text(pilot.app)}"

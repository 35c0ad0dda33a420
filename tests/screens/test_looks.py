"""How the screens look: text of every screen in both languages and sizes, pictures of the intake.

`pytest --snapshot-update` writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from screens.seat.desk import OrderDesk
from screens.start import with_screens
from tests.screens.acting import screen_text, settled, type_keys, wait_until
from tests.screens.intake import furnished, intake

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SIZES_AND_LANGUAGES = [((80, 24), "en"), ((80, 24), "zh_CN"), ((120, 40), "en"), ((120, 40), "zh_CN")]

# Where to go, and the keys that lead there from the stop before.
WALK = (
    ("home", ""),
    ("intake, empty", "<F2>"),
    ("intake, search", "8000"),
    ("intake, lines", "<Enter>A4-80<Enter>5<Enter>PEN-1<Enter>12<Enter>"),
    ("intake, items found", "HB"),
    ("intake, short", "-2<Enter>120<Enter>"),
    ("intake, terms", "<Enter><Enter>"),
    ("intake, read back", "<F9>"),
    ("stock", "<F9><F5>A4"),
    ("customer", "<F7>8000"),
    ("customer card", "<Enter>"),
    ("order book", "<F3><F6>"),
    ("order", "<Tab><Enter>"),
    ("help", "<F1>"),
)


async def signed_in(pilot: Pilot[Any]) -> None:
    app = pilot.app
    assert isinstance(app, OrderDesk)
    await wait_until(pilot, lambda: app.rooms is not None)
    await type_keys(pilot, "lin<Enter>demo1234<Enter>")
    await wait_until(pilot, lambda: not app.is_at_door)


@pytest.mark.parametrize(("size", "code"), SIZES_AND_LANGUAGES)
async def test_every_screen_in_text(
    desk: Desk, tmp_path: Path, snapshot: SnapshotAssertion, size: tuple[int, int], code: str
) -> None:
    language.use(code)
    app = OrderDesk(lambda: with_screens(furnished(desk)), home=tmp_path, clock=desk.clock, speaks=code)
    async with app.run_test(size=size) as pilot:
        await signed_in(pilot)
        for place, keys in WALK:
            await type_keys(pilot, keys)
            await settled(pilot)
            assert screen_text(app) == snapshot(name=place)


@pytest.mark.parametrize(("size", "code"), SIZES_AND_LANGUAGES)
def test_the_intake_in_colours(
    desk: Desk, tmp_path: Path, snap_compare: Callable[..., bool], size: tuple[int, int], code: str
) -> None:
    async def take_lines(pilot: Pilot[Any]) -> None:
        await signed_in(pilot)
        await type_keys(pilot, "<F2>8000<Enter>A4-80<Enter>5<Enter>PEN-1<Enter>120<Enter>")
        await wait_until(pilot, lambda: intake(pilot).layer_stack.top is not None)  # the question about the rest
        await settled(pilot)

    language.use(code)
    app = OrderDesk(lambda: with_screens(furnished(desk)), home=tmp_path, clock=desk.clock, speaks=code)
    assert snap_compare(app, terminal_size=size, run_before=take_lines)

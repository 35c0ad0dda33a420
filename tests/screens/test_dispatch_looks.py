"""How the board, a slip and a sheet that is back look, in both languages and sizes (`pytest --snapshot-update`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ordersdesk.foundation.desk import Desk
from tests.screens.acting import screen_text, settled, type_keys
from tests.screens.dispatching import EVERYTHING, SHEET, on_the_road, slips
from tests.screens.seated import seated
from tests.screens.test_looks import SIZES_AND_LANGUAGES

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# Where to go, and the keys that lead there from the stop before.
WALK = (
    ("board", "<Ctrl+G>"),
    ("board, two marked", "  "),
    ("why void", "v"),
    ("on the road", "<Esc><Esc>5"),
    ("slip", "<Enter>"),
    ("route sheets", "<Esc>b"),
    ("sheet on the road", "<Enter>"),
    ("came back", "<Enter>f2"),
    ("why refused", "<F9>"),
    ("what was said", "1<Enter><Enter><Enter><Enter>a"),
    ("cash", "<F9>"),
)


@pytest.mark.parametrize(("size", "code"), SIZES_AND_LANGUAGES)
async def test_every_screen_of_dispatch_in_text(
    desk: Desk, tmp_path: Path, snapshot: SnapshotAssertion, size: tuple[int, int], code: str
) -> None:
    numbers = slips(desk, 5)
    assert on_the_road(desk, tmp_path, numbers[:3]) == SHEET
    async with seated(desk, tmp_path, *EVERYTHING, login="he", size=size, language=code) as pilot:
        for place, keys in WALK:
            await type_keys(pilot, keys)
            await settled(pilot)
            assert screen_text(pilot.app) == snapshot(name=place)

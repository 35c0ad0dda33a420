"""Every screen can be read; Esc takes its topmost layer away, one at a time, and keeps what was typed in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from ordersdesk.foundation.desk import Desk
from screens.ground.typed_ahead import TypedAheadApp
from screens.shell.help import HelpPanel
from screens.shell.screen import DeskScreen
from tests.screens.acting import screen_text, settled, type_keys, wait_for, wait_until
from tests.screens.intake import at_the_intake, furnished, intake
from tests.screens.seated import desk_of
from tests.screens.test_contrast import unreadable
from tests.screens.tour import STOPS, Stop, World, visit, walking

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PART_OF_A_NUMBER = re.compile(r"\d[\d.,:-]*…")
PARTS = 3  # of the tour, each walked in a world of its own


def at(pilot: Pilot[int]) -> DeskScreen:
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    return screen


def typed(pilot: Pilot[int]) -> str:
    focused: Any = pilot.app.focused
    return focused.value if isinstance(focused, Input) else ""


@pytest.fixture
def decisions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was decided by a key, one entry for each time (ORD-11)."""
    found: list[str] = []
    keep = TypedAheadApp.keep_until_seen

    def decided(app: TypedAheadApp) -> None:
        found.append(type(app.screen).__name__)
        keep(app)

    monkeypatch.setattr(TypedAheadApp, "keep_until_seen", decided)
    return found


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_screen_can_be_read_decides_once_and_each_of_its_layers_goes_by_esc_and_comes_back_as_it_was(
    desk: Desk, tmp_path: Path, decisions: list[str], part: int
) -> None:
    opened: list[str] = []
    async with walking(desk, tmp_path) as (pilot, world):
        for stop in STOPS[part::PARTS]:
            await visit(pilot, world, stop)
            assert (PART_OF_A_NUMBER.findall(screen_text(pilot.app)), unreadable(pilot)) == ([], {}), stop
            await help_goes_first(pilot)
            opened += [f"{stop.screen} {key}" for key in await keys_that_ask(pilot, world, stop, decisions)]
    assert opened


def kept(pilot: Pilot[int]) -> str:
    """What of the field is there again when its layer comes back: no form keeps a secret."""
    focused: Any = pilot.app.focused
    return "" if isinstance(focused, Input) and focused.password else typed(pilot)


async def help_goes_first(pilot: Pilot[int]) -> None:
    screen, text, under = at(pilot), typed(pilot), at(pilot).layer_stack.top
    await type_keys(pilot, "<F1>")
    assert screen.query_one(HelpPanel).is_open
    await type_keys(pilot, "<Esc>")
    assert (at(pilot), typed(pilot), screen.layer_stack.top) == (screen, text, under), screen
    assert not screen.query_one(HelpPanel).is_open


async def keys_that_ask(pilot: Pilot[int], world: World, stop: Stop, decisions: list[str]) -> list[str]:
    """Press each key of the bar twice in a burst: it decides once; where it opens a layer to type in, prove it."""
    asking = [hint.key for hint in at(pilot).verb_hints() if hint.do and len(hint.key) == 1]
    found: list[str] = []
    for key in asking:
        screen, before, stood = at(pilot), screen_text(pilot.app), pilot.app.focused
        decisions.clear()
        await type_keys(pilot, key * 2)
        await settled(pilot)
        assert len(decisions) <= 1, (stop, key, decisions)
        if at(pilot) is screen and screen.layer_stack.top is not None and typed(pilot) is not None:
            await proves_to_be_a_layer(pilot, key, stood)
            found.append(key)
        if at(pilot) is not screen or screen_text(pilot.app) != before:
            await visit(pilot, world, stop)
    return found


async def proves_to_be_a_layer(pilot: Pilot[int], key: str, stood: Widget | None) -> None:
    screen, layer = at(pilot), at(pilot).layer_stack.top
    under = screen.has_step_back
    await type_keys(pilot, "xyz")
    text = kept(pilot)
    await help_goes_first(pilot)
    while screen.layer_stack.top is not layer and screen.layer_stack.top is not None:
        await type_keys(pilot, "<Esc>")  # choices that opened over it
    await type_keys(pilot, "<Esc>")
    await settled(pilot)
    assert (at(pilot), screen.layer_stack.top, under) == (screen, None, True), (screen, key)
    assert pilot.app.focused is stood, (screen, key)
    await type_keys(pilot, key)
    await settled(pilot)
    assert typed(pilot) == text, (screen, key)
    while screen.layer_stack.top is not None:
        await type_keys(pilot, "<Esc>")


async def test_the_question_how_the_rest_shall_come_is_put_away_and_asked_again(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter>PEN-1<Enter>120<Enter>")
        await wait_for(pilot, "100 left, 120 wanted")
        await type_keys(pilot, "wai<Esc>")
        await wait_until(pilot, lambda: "The rest" not in screen_text(pilot.app))
        assert (at(pilot), typed(pilot), desk_of(pilot).area) == (intake(pilot), "120", "intake")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, "100 left, 120 wanted")
        assert typed(pilot) == "wai"


async def test_a_new_customers_form_is_as_it_was_after_esc(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "13912345678<Enter>新星文具<Enter>李明<Enter><Esc>")
        assert intake(pilot).focused is intake(pilot).query_one("#caller Input")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, "新星文具", "李明", "13912345678")
        await type_keys(pilot, "<F1><Esc>")
        await wait_for(pilot, "新星文具", "李明")


async def test_another_callers_form_is_empty(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "13912345678<Enter>新星文具<Enter>李明<Enter><F8>")
        await wait_for(pilot, "The call is parked")
        await type_keys(pilot, "13987654321<Enter>")
        await wait_for(pilot, "13987654321", "Territory")
        assert "李明" not in screen_text(pilot.app)


async def test_the_outcome_typed_is_kept_for_the_same_call_only(desk: Desk, tmp_path: Path) -> None:
    async with at_the_intake(furnished(desk), tmp_path) as pilot:
        await type_keys(pilot, "8000<Enter><F3>enq<Esc>")
        await wait_until(pilot, lambda: "Outcome" not in screen_text(pilot.app))
        await type_keys(pilot, "<F3>")
        assert typed(pilot) == "enq"
        await type_keys(pilot, "<Enter><Enter>8000<Enter><F3>")
        assert typed(pilot) == ""

"""The key bar shows what acts now, in the order of the table, and drops the least needed first."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from screens.widgets.keybar import Hint, KeyBar, fitting
from tests.screens.acting import screen_text, type_keys, wait_until

HINTS = [Hint("f1", "Help", 0), Hint("f2", "新订单", 3), Hint("f9", "Confirm", 1), Hint("ctrl+q", "Quit", 9)]


@pytest.mark.parametrize(
    ("width", "kept", "cut"),
    [
        (80, ["Help", "新订单", "Confirm", "Quit"], False),
        (43, ["Help", "新订单", "Confirm", "Quit"], False),
        (42, ["Help", "新订单", "Confirm"], True),
        (30, ["Help", "Confirm"], True),
        (12, ["Help"], True),
        (3, [], True),
    ],
)
def test_hints_fit_in_cells_and_the_least_needed_go_first(width: int, kept: list[str], cut: bool) -> None:
    hints, was_cut = fitting(HINTS, width)
    assert ([hint.label for hint in hints], was_cut) == (kept, cut)


def bar(pilot: Pilot[int]) -> list[str]:
    return [hint.label for hint in pilot.app.screen.query_one(KeyBar).hints()]


async def test_the_bar_shows_only_keys_that_act_now(pilot: Pilot[int]) -> None:
    assert bar(pilot) == ["Sing", "Help", "New order", "Orders", "Quit"]
    await type_keys(pilot, "<F2>")
    assert bar(pilot) == ["Help", "Leave", "Orders", "Confirm", "Back", "Quit"]
    await type_keys(pilot, "138<Enter>Road<Enter>1<Enter>")
    assert bar(pilot) == ["Help", "Leave", "Choices", "Orders", "Confirm", "Back", "Quit"]


async def test_a_verb_of_the_flow_is_done_by_its_letter(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "s")
    await wait_until(pilot, lambda: "verb: sing" in screen_text(pilot.app))


async def test_a_click_on_a_key_presses_it(pilot: Pilot[int]) -> None:
    await pilot.click(KeyBar, offset=(screen_text(pilot.app).splitlines()[-1].index("F2"), 0))
    await wait_until(pilot, lambda: "New order · " in screen_text(pilot.app))


async def test_a_key_that_does_not_act_is_answered(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<F9>")
    await wait_until(pilot, lambda: "F9 (Confirm) does nothing here." in screen_text(pilot.app))
    await type_keys(pilot, "<Ctrl+B>")
    await wait_until(pilot, lambda: "Ctrl+B does nothing here. F1 shows the keys." in screen_text(pilot.app))
    await type_keys(pilot, "s")
    await wait_until(pilot, lambda: "does nothing here" not in screen_text(pilot.app))


async def test_the_bar_speaks_the_language(pilot: Pilot[int]) -> None:
    await type_keys(pilot, "<Ctrl+L>")
    await wait_until(pilot, lambda: "F2 新订单  F6 订单" in screen_text(pilot.app))

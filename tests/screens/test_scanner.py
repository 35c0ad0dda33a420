"""A bar code scanned anywhere opens its document; the field it was typed into is as it was (SLP-4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

import screens.ground.typed_ahead
from ordersdesk.foundation.desk import Desk
from screens.forms.desk_input import DeskInput
from screens.forms.finder import Finder
from screens.ground.scanner import Scanner
from screens.intake.screen import IntakeScreen
from screens.shell.app import DeskApp
from screens.shell.screen import DeskScreen
from screens.slip.screen import SlipScreen
from screens.widgets.keybar import Hint
from tests.screens.acting import key_event, screen_text, type_keys, wait_for, wait_until
from tests.screens.dispatching import slips
from tests.screens.seated import desk_of, seated

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NUMBER = "SL20261123-0001"


class Bare(DeskScreen):
    """One field, and one verb in small letters."""

    NAME = "Bare"

    def body(self) -> ComposeResult:
        yield DeskInput()

    def verb_hints(self) -> list[Hint]:
        return [Hint("l", "Load", do=lambda: None)]


def kept(scanner: Scanner, screen: Screen[Any], typed: str) -> Iterator[str]:
    """Hand keys to a scanner and yield those it keeps back."""
    for char in typed:
        if scanner.keeps(key_event("Enter" if char == "⏎" else char), screen):
            yield char


@pytest.mark.parametrize(
    ("typed", "scanned"),
    [
        (f"{NUMBER}⏎", NUMBER),
        (f"x S{NUMBER}⏎", NUMBER),
        (f"{NUMBER.lower()}⏎", NUMBER),
        ("RS20261123-0012⏎", "RS20261123-0012"),
        (f"{NUMBER}5⏎", f"{NUMBER}5"),
        (f"{NUMBER} ⏎", ""),
        ("SL2026⏎", ""),
        ("SL20261123-00x01⏎", ""),
        ("ſL20261123-0001⏎", ""),
    ],
)
async def test_only_a_whole_number_with_enter_behind_it_is_a_scan(typed: str, scanned: str, tmp_path: Path) -> None:
    app = DeskApp(Bare, home=tmp_path)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: app.is_at_rest)
        scanner, field = Scanner(), app.screen.query_one(DeskInput)
        field.focus()
        field.value = "before"
        assert list(kept(scanner, app.screen, typed)) == (["⏎"] if scanned else [])
        assert scanner.number == scanned


async def test_where_no_field_is_a_scanner_does_not_set_off_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DeskApp(Bare, home=tmp_path)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: app.is_at_rest)
        app.screen.set_focus(None)
        assert "".join(kept(Scanner(), app.screen, f"{NUMBER}⏎")) == f"{NUMBER}⏎"[1:]
        slow = Scanner()
        assert "".join(kept(slow, app.screen, f"{NUMBER.lower()}⏎")) == "⏎"
        monkeypatch.setattr(screens.ground.typed_ahead, "SAME_BURST", 1000.0)
        assert "".join(kept(Scanner(), app.screen, f"{NUMBER.lower()}⏎")) == f"{NUMBER.lower()}⏎"[1:]


@on_sqlite
async def test_a_scan_during_a_call_opens_the_slip_and_esc_finds_the_call_as_it_was(desk: Desk, tmp_path: Path) -> None:
    assert slips(desk) == [NUMBER]
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F2>C200001")
        await wait_for(pilot, "客户 [/] 1", "王芳")
        finder = pilot.app.screen.query_one("#caller", Finder)
        finder.input.cursor_position = 1
        await type_keys(pilot, f"{NUMBER}<Enter>")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SlipScreen))
        await wait_for(pilot, f"Delivery slip {NUMBER}")
        await type_keys(pilot, "<Esc>")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, IntakeScreen))
        assert (finder.input.value, finder.input.cursor_position, finder.lines.total) == ("C200001", 1, 1)


@on_sqlite
async def test_an_unknown_number_is_said_and_nothing_is_lost_or_sent(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F6>ming")
        pilot.app.post_message(events.Paste(f"{NUMBER}\n"))
        await wait_for(pilot, f"There is no slip {NUMBER}.")
        assert pilot.app.screen.query_one(DeskInput).value == "ming"


@on_sqlite
async def test_nothing_is_scanned_at_the_door(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, f"<Ctrl+O>{NUMBER}<Enter>")
        assert desk_of(pilot).is_at_door
        assert "SL2026" not in screen_text(pilot.app)

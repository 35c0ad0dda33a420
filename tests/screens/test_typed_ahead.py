"""One key at a time, in order: what the pty test shows from outside, step by step."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from textual import events
from textual.app import ComposeResult

import screens.ground.typed_ahead
from screens.forms.desk_input import DeskInput
from screens.forms.finder import Finder
from screens.ground import idle as at_rest
from screens.ground.typed_ahead import Hold
from screens.shell.app import DeskApp
from screens.shell.screen import DeskScreen
from tests.screens.acting import key_event, screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import Intake, ToyApp


class Pair(DeskScreen):
    """Enter in the first field asks for an answer; the answer moves on to the second."""

    NAME = "Pair"

    def body(self) -> ComposeResult:
        yield DeskInput(id="one")
        yield DeskInput(id="two")

    def on_input_submitted(self) -> None:
        app = self.app
        assert isinstance(app, PairApp)
        app.hold = app.hold_keyboard("the answer", owner=self, limit=app.limit)


class PairApp(DeskApp):
    hold: Hold
    limit = 20.0

    def __init__(self, home: Path) -> None:
        super().__init__(Pair, home=home)

    def answer(self) -> bool:
        if may := self.hold.release():
            self.query_one("#two").focus()
        return may

    @property
    def fields(self) -> tuple[str, str]:
        one, two = self.screen.query(DeskInput)
        return one.value, two.value


def burst(app: PairApp, keys: str) -> None:
    for name in keys:
        app.post_message(key_event("Enter" if name == "⏎" else name))


async def test_keys_wait_for_the_answer_of_the_key_before(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        burst(app, "ab⏎cd")
        await wait_for(pilot, "Waiting for the answer")
        assert app.fields == ("ab", "")
        assert app.answer()
        await wait_until(pilot, lambda: app.is_at_rest)
        assert app.fields == ("ab", "cd")


async def test_a_hold_is_bounded_and_what_was_typed_behind_it_is_kept(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    app.limit = 0.01
    async with app.run_test() as pilot:
        burst(app, "ab⏎cd")
        await wait_for(pilot, "No answer yet: the answer", "kept: cd")
        assert app.fields == ("ab", "")


async def test_a_late_answer_brings_the_kept_keys_back(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    app.limit = 0.01
    async with app.run_test() as pilot:
        burst(app, "ab⏎cd")
        await wait_for(pilot, "kept: cd")
        assert app.answer()
        await wait_until(pilot, lambda: app.is_at_rest)
        assert (app.fields, app.kept_keys) == (("ab", "cd"), "")


async def test_an_answer_that_comes_after_new_keys_does_nothing(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    app.limit = 0.01
    async with app.run_test() as pilot:
        burst(app, "ab⏎cd")
        await wait_for(pilot, "kept: cd")
        await type_keys(pilot, "x")
        assert not app.answer()
        assert (app.fields, app.kept_keys) == (("abx", ""), "cd")


async def test_kept_keys_are_typed_on_demand_only(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "<Ctrl+R>")
        await wait_for(pilot, "Ctrl+R (Type the kept keys) does nothing here.")
        app._typed.extend(key_event(name) for name in "cd")
        app.set_aside()
        await type_keys(pilot, "x<Ctrl+R>")
        assert app.fields == ("xcd", "")
        assert "kept:" not in screen_text(app)


async def test_the_rest_of_a_burst_is_kept_with_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.ground.typed_ahead, "SAME_BURST", 1000.0)
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "a")
        app.set_aside()
        await type_keys(pilot, "bc")
        assert (app.fields, app.kept_keys) == (("a", ""), "bc")


async def test_a_hold_ends_with_the_widget_that_asked_for_it(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        await app.push_screen(Pair())
        burst(app, "ab⏎")
        await wait_until(pilot, lambda: hasattr(app, "hold") and not app.is_at_rest)
        await app.pop_screen()
        await type_keys(pilot, "cd")
        assert app.fields == ("cd", "")


async def test_pasted_columns_are_typed_field_by_field(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        app.post_message(events.Paste("ab\tcd"))
        await wait_until(pilot, lambda: app.is_at_rest)
        assert app.fields == ("ab", "cd")


async def test_a_note_takes_pasted_lines_whole(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        app.query_one("#one", DeskInput).takes_lines = True
        app.post_message(events.Paste("ab\ncd"))
        await wait_until(pilot, lambda: app.is_at_rest)
        assert app.fields == ("ab\ncd", "")
        assert "ab⏎cd" in screen_text(app)


async def test_an_enter_typed_before_the_terminal_was_raw_is_an_enter(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        app.post_message(events.Key("ctrl+j", "\n"))
        await wait_until(pilot, lambda: hasattr(app, "hold"))
        app.answer()


async def test_an_error_in_an_action_is_not_swallowed(tmp_path: Path) -> None:
    class Broken(PairApp):
        def action_theme(self) -> None:
            raise ZeroDivisionError

    app = Broken(tmp_path)

    async def press() -> None:
        async with app.run_test() as pilot:
            app.post_message(key_event("Ctrl+Y"))
            await wait_until(pilot, lambda: app._exception is not None)

    with pytest.raises(ZeroDivisionError):
        await press()


async def test_a_screen_that_is_slow_to_come_gets_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_rest, "PATIENCE", 200)
    body = Intake.body

    def slow_body(screen: Intake) -> ComposeResult:
        time.sleep(0.5)  # longer than so many idle turns would take: the loop itself stands still
        yield from body(screen)

    monkeypatch.setattr(Intake, "body", slow_body)
    app = ToyApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "li<Enter>pw<Enter><F2>13803")
        assert app.screen.query_one(Finder).text == "13803"


async def test_a_handler_that_hangs_gets_no_keys_meant_for_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = asyncio.Event()

    async def hang(_self: Pair) -> None:
        await never.wait()

    monkeypatch.setattr(Pair, "on_input_submitted", hang)
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        burst(app, "ab⏎cd")
        await wait_until(pilot, lambda: app.kept_keys == "cd")
        assert app.fields == ("ab", "")
        never.set()


async def test_a_second_refusal_keeps_its_keys_behind_those_of_the_first(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        for keys in ("ab", "c", ""):
            app._typed.extend(key_event(name) for name in keys)
            app.set_aside()
        await wait_for(pilot, "kept: abc")
        await type_keys(pilot, "<Ctrl+R>")
        assert (app.fields, app.kept_keys) == (("abc", ""), "")


async def test_a_late_answer_types_only_what_waited_for_it(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    app.limit = 0.01
    async with app.run_test() as pilot:
        app._typed.extend(key_event(name) for name in "xy")
        app.set_aside()
        burst(app, "ab⏎cd")
        await wait_for(pilot, "kept: xycd")
        assert app.answer()
        await wait_until(pilot, lambda: app.is_at_rest)
        assert (app.fields, app.kept_keys) == (("ab", "cd"), "xy")


async def test_forgotten_keys_are_gone_from_every_screen(tmp_path: Path) -> None:
    app = PairApp(tmp_path)
    async with app.run_test() as pilot:
        app._typed.extend(key_event(name) for name in "ab")
        app.set_aside()
        await wait_for(pilot, "kept: ab")
        await app.push_screen(Pair())
        app.forget_kept()
        await app.pop_screen()
        await type_keys(pilot, "<Ctrl+R>")
        assert (app.fields, "kept:" in screen_text(app)) == (("", ""), False)

"""A key decides only what somebody could see: one press, one decision, whatever is typed or held down behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

import screens.ground.held_key
from ordersdesk.foundation.store import writes
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.held_key import HeldKey
from screens.ground.textual_inside import key_time
from screens.shell.app import DeskApp
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.words import Words
from tests.screens.acting import key_event, screen_text, type_keys, wait_for, wait_until


class Queue(DeskScreen):
    """Documents one after the other: G decides, L only looks, T goes on with what is typed, N is refused."""

    NAME = "Queue"
    done: ClassVar[list[str]] = []

    def body(self) -> ComposeResult:
        yield Words(lambda: f"document {len(self.done) + 1}", id="at")

    def verb_hints(self) -> list[Hint]:
        return [Hint(key, key.upper(), do=partial(self._do, key)) for key in "gltn"]

    def _do(self, verb: str) -> None:
        app = self.app
        assert isinstance(app, DeskApp)
        app.run_errand(self, lambda: self._work(verb), what="it", then=self._next, goes_on=verb == "t")

    def _work(self, verb: str) -> str:
        if verb != "l":
            writes.note()
        if verb == "n":
            raise Refused("ORD-11", "No.")
        return verb

    def _next(self, verb: str) -> None:
        self.done.append(verb)
        self.query_one("#at").refresh(layout=True)


class QueueApp(DeskApp):
    def __init__(self, home: Path) -> None:
        Queue.done = []
        super().__init__(Queue, home=home)


def done(pilot: Pilot[int]) -> str:
    return "".join(Queue.done)


@pytest.mark.parametrize(("keys", "acted", "kept"), [
    ("gg", "g", "g"), ("glt", "g", "lt"), ("nlg", "", "lg"), ("llg", "llg", ""), ("ttg", "ttg", ""), ("tgt", "tg", "t"),
])  # fmt: skip
async def test_behind_a_decision_nothing_acts_before_it_is_painted(
    tmp_path: Path, keys: str, acted: str, kept: str
) -> None:
    app = QueueApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, keys)
        assert (done(pilot), app.kept_keys) == (acted, kept)
        assert f"document {len(acted) + 1}" in screen_text(app)


async def test_what_is_kept_is_typed_on_demand_and_decides_one_again(tmp_path: Path) -> None:
    app = QueueApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "ggg")
        await type_keys(pilot, "<Ctrl+R>")
        assert (done(pilot), app.kept_keys) == ("gg", "g")


async def test_each_press_for_a_document_that_was_seen_decides_it(tmp_path: Path) -> None:
    app = QueueApp(tmp_path)
    async with app.run_test() as pilot:
        for place in range(4):
            await wait_for(pilot, f"document {place + 1}")
            await type_keys(pilot, "g")
        assert (done(pilot), app.kept_keys) == ("gggg", "")


def at(seconds: float, key: str = "g") -> events.Key:
    event = key_event(key)
    event.time = seconds
    return event


@pytest.mark.parametrize("pause", [0.03, 0.09])
async def test_a_key_that_is_held_down_decides_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pause: float
) -> None:
    monkeypatch.setattr(screens.ground.held_key, "REPEAT", 0.12)
    app = QueueApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "g")
        begins = key_time()  # long after the document behind it was painted
        for turn in range(12):
            app.post_message(at(begins + turn * pause))
        await wait_until(pilot, lambda: app.is_at_rest)
        app.post_message(at(begins + 12 * pause))
        await wait_until(pilot, lambda: app.is_at_rest)
        assert (done(pilot), app.kept_keys) == ("g", "g×13")


async def test_a_second_press_is_a_second_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.ground.held_key, "REPEAT", 0.05)
    app = QueueApp(tmp_path)
    async with app.run_test() as pilot:
        await type_keys(pilot, "g")
        await type_keys(pilot, "g")
        assert (done(pilot), app.kept_keys) == ("gg", "")


def test_a_repetition_follows_without_a_pause_and_is_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.ground.held_key, "REPEAT", 0.12)
    held = HeldKey()
    held.decided(at(10.0))
    assert not held.repeats(at(10.05))
    held.set_aside([at(10.05)])
    assert [held.repeats(at(when)) for when in (10.1, 10.2, 10.33)] == [True, True, False]
    assert not held.repeats(at(10.21, "d"))


@pytest.mark.parametrize(("when", "doubt"), [(10.5, 0.12), (11.19, 0.12), (11.21, 0.0)])
def test_only_soon_after_a_decision_a_press_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, when: float, doubt: float
) -> None:
    monkeypatch.setattr(screens.ground.held_key, "REPEAT", 0.12)
    held = HeldKey()
    held.decided(at(10.0))
    assert held.doubt(at(when), when) == pytest.approx(doubt)
    assert held.doubt(at(when, "d"), when) == 0.0

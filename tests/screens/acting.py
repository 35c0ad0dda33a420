"""How tests type, wait and read a screen: `wait_until` is the only way to wait."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from screens.ground.typed_ahead import TypedAheadApp
from screens.shell.app import DeskApp

NAMES = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown"}
CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b"}


def screen_text(app: App[Any]) -> str:
    """Return what is on the screen as plain text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def wait_until(pilot: Pilot[Any], holds: Callable[[], object], *, within: float = 20.0) -> None:
    """Wait until something holds; fail with the screen in the message."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within} s; the screen shows:\n{screen_text(pilot.app)}")
        await asyncio.sleep(0.002)


async def wait_for(pilot: Pilot[Any], *texts: str) -> None:
    """Wait until all texts are on the screen together."""
    await wait_until(pilot, lambda: all(text in screen_text(pilot.app) for text in texts))


def key_event(name: str) -> events.Key:
    """Make the event of a key: a character, or a name such as `Shift+Tab`."""
    if len(name) == 1:
        return events.Key(_character_to_key(name), name)
    key = NAMES.get(name.lower(), name.lower())
    return events.Key(key, CHARACTERS.get(key))


async def type_keys(pilot: Pilot[Any], keys: str) -> None:
    """Type in one burst (`<F2>138<Enter>`) and wait until all of it is dealt with."""
    app = pilot.app
    assert isinstance(app, TypedAheadApp)
    await wait_until(pilot, lambda: app.is_at_rest)
    for name, char in re.findall(r"<([A-Za-z][\w+]*)>|(.)", keys, re.DOTALL):
        app.post_message(key_event(name or char))
    await wait_until(pilot, lambda: app.is_at_rest)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until every search is answered and its answer shown: a picture is taken of nothing half done."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    for _time in range(2):  # an answer may lay the screen out anew, and that may ask again
        await wait_until(pilot, lambda: app.search.is_idle and app.is_at_rest and app.search.is_idle)
        await pilot.pause()

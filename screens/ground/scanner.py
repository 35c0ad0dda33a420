"""A bar code scanner may type anywhere: `SL20261123-0001` and Enter is a document in somebody's hand, never a text.

Nothing waits to see whether it is one: what is typed goes where it always goes. Only the Enter behind a complete number
is kept back; the field is put back to what it was when the number began, and nothing else has happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from screens.ground import typed_ahead
from screens.ground.typed_ahead import Typed

SLIP, SHEET = "SL", "RS"
NUMBER = re.compile(r"(?:SL|RS)[0-9]{8}-[0-9]{4,6}")
BEGUN = re.compile(r"[SR]|(?:SL|RS)(?:[0-9]{0,8}|[0-9]{8}-[0-9]{0,6})")

Undo = Callable[[], object]


class Scanner:
    """Sees every key before it is handed on; `number` is what was scanned when a key is kept back for it."""

    def __init__(self) -> None:
        self.number = ""
        self._typed = ""
        self._at: Widget | None = None
        self._undo: list[Undo] = []
        self._time = 0.0
        self._capitals = False

    def keeps(self, event: Typed, screen: Screen[Any]) -> bool:
        """Tell whether the key goes no further: the Enter of a scan, or what a scanner types where no field is."""
        self.number = ""
        text = _text_of(event)
        if text == "\r":
            return self._ends(screen.focused)
        goes_on = bool(self._typed) and self._at is screen.focused and BEGUN.fullmatch(self._typed + text) is not None
        in_burst = event.time - self._time < typed_ahead.SAME_BURST
        self._time = event.time
        if goes_on:
            self._typed += text
            return (in_burst or self._capitals) and not isinstance(self._at, Input)
        self._begin(text if not _is_verb(event, screen) else "", screen.focused)
        # Verbs are small letters: behind a capital nothing else can be meant, however slow it is typed.
        self._capitals = isinstance(event, events.Key) and event.character == text
        return False

    def _begin(self, text: str, at: Widget | None) -> None:
        begins = BEGUN.fullmatch(text) is not None
        self._typed = text if begins else ""
        self._at = at if begins else None
        self._undo = _as_it_was(at) if begins else []

    def _ends(self, at: Widget | None) -> bool:
        if NUMBER.fullmatch(self._typed) and self._at is at:
            self.number = self._typed
            for undo in self._undo:
                undo()
        self._begin("", None)
        return bool(self.number)


def _text_of(event: Typed) -> str:
    """Return what is typed, in capitals as it is on the bar code; with caps lock on, a scanner types the others."""
    if isinstance(event, events.Paste):
        text = event.text
    elif isinstance(event, events.Key):
        text = "\r" if event.key == "enter" else event.character or ""
    else:
        text = ""
    return text.upper() if text.isascii() else ""


def _is_verb(event: Typed, screen: Screen[Any]) -> bool:
    """Tell whether a key is about to do something on this screen."""
    if isinstance(screen.focused, Input) or not isinstance(event, events.Key):
        return False
    return any(hint.key == event.key for hint in getattr(screen, "verb_hints", list)())


def _as_it_was(at: Widget | None) -> list[Undo]:
    """Remember a field and what is around it; the outermost is put back first."""
    nodes = at.ancestors_with_self if at is not None else ()
    asked = (getattr(node, "as_it_was", None) for node in nodes)
    return [remember() for remember in asked if remember is not None][::-1]

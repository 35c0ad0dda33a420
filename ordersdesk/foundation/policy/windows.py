"""Windows of the day in wall time, `08:30-12:00`: opening hours, working time, receiving hours."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import NamedTuple

_WINDOW = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–—~至到]\s*([0-9]{1,2}):([0-9]{2})", re.ASCII)
_BETWEEN = re.compile(r"[,;，；、\s]*")


class Window(NamedTuple):
    """A half-open part of a day: the start belongs to it, the end does not."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def meets(self, other: Window) -> bool:
        """Say whether the two have any time in common."""
        return self.start < other.end and other.start < self.end


def window(text: str) -> Window:
    """Read one window; ValueError when it is none or ends before it starts."""
    found = _WINDOW.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    opening, opening_minute, closing, closing_minute = map(int, found.groups())
    read = Window(time(opening, opening_minute), time(closing, closing_minute))
    if read.start >= read.end:
        raise ValueError(text)
    return read


def windows(text: str) -> tuple[Window, ...]:
    """Read windows written one after the other, `09:00-11:30, 13:00-17:00`; ValueError when they are not in order."""
    read = tuple(window(found.group()) for found in _WINDOW.finditer(text))
    if _BETWEEN.fullmatch(_WINDOW.sub("", text)) is None or not in_order(read):
        raise ValueError(text)
    return read


def in_order(day: tuple[Window, ...]) -> bool:
    """Say whether windows follow one another without overlap."""
    return all(one.end <= next_.start for one, next_ in pairwise(day))

"""The line at the top (who, where, when) and the line for messages: neither ever takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from ordersdesk.foundation.texts.language import _
from screens.widgets.cells import clipped, fitted
from screens.widgets.laying import wrapped

SHORTEST = 10  # cells the title keeps beside an outage
TALLEST = 3  # lines a message may take; the remedy stands at its end and must not be cut off
TICK = 1.0  # seconds between looks at the clock; it draws only when the text has changed


@dataclass(frozen=True)
class Facts:
    """What the top line shows; each is asked for when it is drawn."""

    who: Callable[[], str] = str
    branch: Callable[[], str] = str
    time: Callable[[], str] = str
    wave: Callable[[], str] = str
    trouble: Callable[[], str] = str
    """What does not work at this moment; it takes the place of the wave."""


class TopLine(Widget):
    """Title and branch on the left, the wave clock or an outage in the middle, who and what time on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"topline--title", "topline--wave", "topline--trouble"}
    DEFAULT_CSS = "TopLine { height: 1; width: 100%; }"

    def __init__(self, title: str | Callable[[], str]) -> None:
        super().__init__(markup=False)
        self._title = title
        self._drawn = ""

    def on_mount(self) -> None:
        """Follow the clock."""
        self.set_interval(TICK, self._tick)

    def render(self) -> Text:
        """Draw the line in exactly its width; the branch goes first, the title and the clock stay longest."""
        width = self.size.width
        title, branch, middle, right, trouble = self._parts()
        full = f"{title} · {branch}" if branch else title
        if cell_len(f"{full}  {trouble or middle} {right}") <= width:
            title = full
        right = clipped(right, max(width - 12, 0))
        taken = cell_len(right) + (cell_len(trouble) + 3 if trouble else 1)
        left = clipped(title, max(width - taken, SHORTEST if trouble else 0))
        room = width - cell_len(left) - cell_len(right)
        line = Text(left, self.get_component_rich_style("topline--title", partial=True), no_wrap=True)
        wave = f"  {trouble or middle}" if trouble or middle else ""
        wave = fitted(wave, room - 1) + " " * min(room, 1)
        looks = "topline--trouble" if trouble else "topline--wave"
        line.append(wave, self.get_component_rich_style(looks, partial=True))
        return line.append(right)

    def _parts(self) -> tuple[str, str, str, str, str]:
        facts: Facts = getattr(self.app, "facts", Facts())
        title = self._title() if callable(self._title) else _(self._title)
        right = "  ".join(part for part in (facts.who(), facts.time()) if part)
        return title, facts.branch(), facts.wave(), right, facts.trouble()

    def _tick(self) -> None:
        now = repr(self._parts())
        if now != self._drawn:
            self._drawn = now
            self.refresh()


class StatusLine(Widget):
    """One message at a time, and the keys that were kept aside until they are typed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "statusline--note",
        "statusline--idle",
        "statusline--good",
        "statusline--warn",
        "statusline--refused",
        "statusline--kept",
    }
    DEFAULT_CSS = "StatusLine { height: auto; width: 100%; }"

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.message = ""
        self.tone = "note"
        self.kept = ""

    def show(self, message: str, tone: str = "note") -> None:
        """Show a message: a note, good, warn, refused, or idle: of a key that does nothing."""
        self.message, self.tone = message, tone
        self._draw()

    def keep(self, keys: str) -> None:
        """Show the keys kept aside; an empty text takes them away."""
        self.kept = keys
        self._draw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the message needs."""
        return len(self._laid_out(width)[0])

    def render(self) -> Text:
        """Draw it: the message first, the kept keys in the right half."""
        width = self.size.width
        lines, kept = self._laid_out(width)
        text = Text(no_wrap=True)
        for number, line in enumerate(lines):
            text.append("\n" if number else "")
            text.append(fitted(line, width - cell_len(kept)), self._style(self.tone))
            text.append("" if number else kept, self._style("kept"))
        return text

    def _laid_out(self, width: int) -> tuple[list[str], str]:
        """Break the message into lines beside the kept keys."""
        kept = clipped(_(" kept: {keys} ").format(keys=self.kept), width // 2) if self.kept else ""
        room = width - cell_len(kept)
        lines = wrapped(self.message, room)
        if len(lines) > TALLEST:
            lines = [*lines[: TALLEST - 1], clipped(" ".join(lines[TALLEST - 1 :]), room)]
        return lines, kept

    def _draw(self) -> None:
        width = self.size.width
        self.refresh(layout=not width or len(self._laid_out(width)[0]) != self.size.height)

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"statusline--{tone}", partial=True)

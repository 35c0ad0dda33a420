"""A page of text that is read, not filled in: laid out for the width there is, scrolled by keys when it is longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ordersdesk.foundation.texts.texts import shown
from screens.ground.keys import bindings
from screens.widgets.laying import Lay, Line


class Sheet(ScrollView, can_focus=True):
    """Shows what a function lays out; draws only the lines on screen, and nothing in them is ever markup.

    One that `fits` is as high as its text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("up", "down", "page_up", "page_down", "first", "last")]
    DEFAULT_CSS = """
    Sheet {
        overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-color: $panel; scrollbar-background: $background;
        & > .sheet--title { color: $foreground; text-style: bold; }
        & > .sheet--label { color: $secondary; }
        & > .sheet--muted { color: $muted; }
        & > .sheet--good { color: $success; }
        & > .sheet--warn { color: $warning; }
        & > .sheet--bad { color: $error; }
        & > .sheet--accent { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"sheet--{role}" for role in ("title", "label", "muted", "good", "warn", "bad", "accent")
    }

    def __init__(self, lay: Lay | None = None, *, fits: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fits = fits
        self._lay: Lay = lay or (lambda _width: ())
        self._lines: Sequence[Line] = ()

    @property
    def text(self) -> str:
        """What it says, as plain text."""
        return "\n".join("".join(text for text, _role in line).rstrip() for line in self._lines)

    def show(self, lay: Lay, *, keep: bool = False) -> None:
        """Show another page, from its top unless told to stay."""
        self._lay = lay
        if not keep:
            self.scroll_to(y=0, animate=False)
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out anew for another width."""
        self._lay_out()

    def on_language(self) -> None:
        """Lay out anew in another language."""
        self._lay_out()

    def action_up(self) -> None:
        """One line up."""
        self.scroll_relative(y=-1, animate=False)

    def action_down(self) -> None:
        """One line down."""
        self.scroll_relative(y=1, animate=False)

    def action_page_up(self) -> None:
        """One screenful up."""
        self.scroll_relative(y=1 - self.size.height, animate=False)

    def action_page_down(self) -> None:
        """One screenful down."""
        self.scroll_relative(y=self.size.height - 1, animate=False)

    def action_first(self) -> None:
        """To the top."""
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_to(y=len(self._lines), animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        parts = [Segment(shown(text), self._styled(role)) for text, role in self._lines[number] if text]
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _styled(self, role: str) -> Style:
        if not role:
            return self.rich_style
        return self.rich_style + self.get_component_rich_style(f"sheet--{role}", partial=True)

    def _lay_out(self) -> None:
        # One cell is left free, so that a scrollbar that comes or goes does not break lines anew.
        width = max(self.size.width - 1, 1)
        self._lines = self._lay(width)
        self.virtual_size = Size(width, len(self._lines))
        if self._fits:
            self.styles.height = max(len(self._lines), 1)
        self.refresh()

"""A list of any length that draws only the lines on screen; 100,000 rows cost no more than twenty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.keys import bindings
from screens.widgets.cells import fitted
from screens.widgets.rows import Column, Pages, Row, Source, held, needs, widths


class Lines(ScrollView, can_focus=True):
    """Rows in columns with a cursor; fed by `show(source, total)` or `show_rows(rows)`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("choose", "up", "down", "page_up", "page_down", "first", "last"),
    ]
    DEFAULT_CSS = "Lines { overflow-x: hidden; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--title",
        "lines--cursor",
        "lines--warn",
        "lines--good",
        "lines--muted",
        "lines--empty",
    }

    @dataclass
    class Chosen(Message):
        """Enter, or a second click, on a row."""

        lines: Lines
        row: Row

        @property
        def control(self) -> Lines:
            """The list, so that `@on(Lines.Chosen, "#book")` works."""
            return self.lines

    @dataclass
    class Moved(Message):
        """The cursor came to stand on a row."""

        lines: Lines
        row: Row | None

        @property
        def control(self) -> Lines:
            """The list."""
            return self.lines

    def __init__(
        self, columns: Sequence[Column], *, empty: str = "", titles: bool = True, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._titles = 1 if titles else 0
        self._pages = Pages(held(()), 0, unread=self._tell)
        self._widths: list[int] = []
        self._room = -1
        self._needs: list[int] = []
        self._looked_at = (-1, -1)
        self._is_answered = False
        self.empty = empty
        self.cursor = 0
        self.marks_cursor = True

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._pages.total

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    def row(self, number: int) -> Row | None:
        """Return a row by its number; nothing behind the last one."""
        return self._pages.row(number) if 0 <= number < self.total else None

    def show(self, source: Source, total: int, *, keep: bool = False) -> None:
        """Show rows read in pages; `keep` leaves the cursor where it was."""
        was_empty, self._pages = not self.total, Pages(source, total, unread=self._tell)
        self._is_answered = True
        self._measure_anew(keep=keep)
        self.virtual_size = Size(self.virtual_size.width, total + self._titles)
        if not keep:
            self._bring_to_top(0)
        self.move_to(self.cursor if keep else 0)
        if was_empty != (not total) and self.is_attached:
            self.screen.refresh_bindings()
        self.refresh()

    def show_rows(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show rows that are here; `keep` leaves the cursor on the row with the same key."""
        stood = self.current.key if keep and self.current else None
        self.show(held(rows), len(rows), keep=keep)
        if stood is not None:
            self.move_to(next((n for n, row in enumerate(rows) if row.key == stood), self.cursor))

    def read_again(self) -> None:
        """Read the rows again: some could not be read."""
        self._pages.read_again()
        self.refresh()

    def _tell(self, no: Refused) -> None:
        self.call_later(lambda: cast(Any, self.app).say(str(no), "refused"))

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Change the columns; the rows are shown anew."""
        self._columns = tuple(columns)
        self._measure_anew()
        self.refresh()

    def move_to(self, number: int) -> None:
        """Put the cursor on a row, and the row on screen."""
        self.cursor = max(0, min(number, self.total - 1))
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self._page:
            self._bring_to_top(self.cursor if self.cursor < top else self.cursor - self._page + 1)
        self.refresh()
        self.post_message(self.Moved(self, self.current))

    def action_up(self) -> None:
        """One row up."""
        self.move_to(self.cursor - 1)

    def action_down(self) -> None:
        """One row down."""
        self.move_to(self.cursor + 1)

    def action_page_up(self) -> None:
        """One screenful up."""
        self.move_to(self.cursor - self._page)

    def action_page_down(self) -> None:
        """One screenful down."""
        self.move_to(self.cursor + self._page)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.total - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if row := self.current:
            self.post_message(self.Chosen(self, row))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In an empty list there is nothing to choose."""
        return self.total > 0 if action == "choose" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a click on the cursor chooses it."""
        place = event.get_content_offset(self)
        if place is None or place.y < self._titles:
            return
        number = place.y + self.scroll_offset.y - self._titles
        if number >= self.total:
            return
        if number == self.cursor:
            self.action_choose()
        else:
            self.move_to(number)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        self._measure()
        if self._titles and y == 0:
            return self._drawn([_(column.title) for column in self._columns], "lines--title", width)
        number = y - self._titles + self.scroll_offset.y
        if number < self.total and (row := self._pages.row(number)):
            at_cursor = number == self.cursor and self.marks_cursor
            return self._drawn(row.cells, "lines--cursor" if at_cursor else f"lines--{row.tone}", width)
        if number == 0 and self._is_answered:
            text = fitted(_(self.empty), width)
            return Strip([Segment(text, self.rich_style + self._style("lines--empty"))], width)
        return Strip.blank(width, self.rich_style)

    @property
    def _page(self) -> int:
        return max(self.scrollable_content_region.height - self._titles, 1)

    def _bring_to_top(self, number: int) -> None:
        # forced, because Textual refuses to scroll until it has laid out the scrollbar of a list that just grew
        self.scroll_to(y=number, animate=False, force=True)

    def _measure_anew(self, *, keep: bool = False) -> None:
        self._room, self._looked_at = -1, (-1, -1)
        self._needs = self._needs if keep else []

    def _measure(self) -> None:
        """Look how much room the numbers need that are on the screen; columns only grow while one list is shown."""
        place = (self.scroll_offset.y, self.size.height)
        if place == self._looked_at:
            return
        self._looked_at = place
        numbers = range(place[0], min(place[0] + self._page, self.total))
        rows = [row.cells for number in numbers if (row := self._pages.row(number))]
        found = needs(self._columns, rows)
        grown = [max(pair) for pair in zip(found, self._needs or found, strict=True)]
        if grown != self._needs:
            self._needs, self._room = grown, -1
            self.refresh()

    def _drawn(self, cells: Sequence[str], component: str, width: int) -> Strip:
        if self._room != width:
            self._room, self._widths = width, widths(self._columns, width, self._needs)
        parts = [
            fitted(text, room, right=column.right, inside=column.inside)
            for text, room, column in zip(cells, self._widths, self._columns, strict=False)
            if room
        ]
        return Strip([Segment(fitted(" ".join(parts), width), self.rich_style + self._style(component))], width)

    def _style(self, component: str) -> Style:
        known = component in self.COMPONENT_CLASSES
        return self.get_component_rich_style(component, partial=True) if known else Style.null()

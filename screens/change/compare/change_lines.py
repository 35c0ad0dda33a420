"""The lines of an order, their quantities changed in place: type a number and it stands in the row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from ordersdesk.foundation.texts.language import N_, _
from screens.change.compare.rows import COLUMNS
from screens.change.compare.work import Place
from screens.ground.keys import bindings
from screens.widgets.lines import Lines


class ChangeLines(Lines, inherit_bindings=False):
    """A figure begins a new quantity, Enter takes it and goes on; from the last line on to where lines are added."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("accept", "choices", "up", "down", "page_up", "page_down", "first", "last"),
    ]

    @dataclass
    class Typed(Message):
        """Another quantity stands in a row."""

        place: Place
        text: str

    @dataclass
    class Accepted(Message):
        """Enter on a row."""

        place: Place

    @dataclass
    class Choosing(Message):
        """How the rest shall come is to be chosen."""

        place: Place

    class Ended(Message):
        """The typing of a quantity is over; its text stays."""

    class Below(Message):
        """Down from the last row."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=N_("Nothing is left of this order."), id="change-lines")
        self.typed: str | None = None
        self.marks_cursor = False

    @property
    def place(self) -> Place | None:
        """The line under the cursor."""
        return self.current.key if self.current else None

    @property
    def typing(self) -> Place | None:
        """The line whose quantity is being typed."""
        return self.place if self.typed is not None else None

    def stop_typing(self) -> bool:
        """End the typing; the text stays. False when nothing was being typed."""
        was, self.typed = self.typed, None
        if was is not None:
            self.post_message(self.Ended())
        return was is not None

    def go_to(self, place: Place) -> None:
        """Put the cursor on a line."""
        numbers = (number for number in range(self.total) if (row := self._pages.row(number)) and row.key == place)
        self.focus()
        self.move_to(next(numbers, self.cursor))

    def go_on(self) -> None:
        """Go to the next line, or from the last one out of the list."""
        self.stop_typing()
        self.action_down()

    def move_to(self, number: int) -> None:
        """Put the cursor on a row; the typing in another one is over."""
        if number != self.cursor:
            self.stop_typing()
        super().move_to(number)

    def on_key(self, event: events.Key) -> None:
        """A figure begins a quantity; behind it anything may stand, such as 5x or 5箱."""
        char = event.character if event.is_printable and event.character else ""
        if event.key == "backspace" and self.typed:
            self._type(event, self.typed[:-1])
        elif char and (self.typed is not None or char.isdecimal()):
            self._type(event, (self.typed or "") + char)

    def on_paste(self, event: events.Paste) -> None:
        """A pasted quantity is one that was typed."""
        if self.typed is not None or event.text[:1].isdecimal():
            self._type(event, (self.typed or "") + event.text)

    def _type(self, event: events.Key | events.Paste, text: str) -> None:
        event.stop()
        event.prevent_default()
        if self.place:
            self.typed = text
            self.post_message(self.Typed(self.place, text))

    def on_focus(self) -> None:
        """The cursor is shown while one moves in the lines."""
        self.marks_cursor = True
        self.refresh()

    def on_blur(self) -> None:
        """Typing goes on elsewhere."""
        self.marks_cursor = False
        self.stop_typing()
        self.refresh()

    def action_down(self) -> None:
        """One line down; from the last one out of the list."""
        if self.cursor < self.total - 1:
            super().action_down()
        else:
            self.post_message(self.Below())

    def action_choose(self) -> None:
        """A click on the cursor is like Enter."""
        self.action_submit()

    def action_submit(self) -> None:
        """Enter: take the quantity."""
        if self.place:
            self.post_message(self.Accepted(self.place))

    def action_choices(self) -> None:
        """F4: choose how the rest shall come."""
        if self.place:
            self.post_message(self.Choosing(self.place))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to choose where goods are short."""
        if action == "choices":
            return bool(self.current and self.current.data and self.current.data.short)
        return super().check_action(action, parameters)

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return _("Lines"), _(
            "Type a new quantity and press Enter. S closes a line short, O takes another item, Delete takes back."
        )

"""The filter of the order book: a text, and conditions taken from a list with F4; the list of orders follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.book.queries import Filter
from screens.book.filters import Chip, chips_of, filter_of, with_chip
from screens.forms.desk_input import DeskInput
from screens.ground.keys import bindings
from screens.ground.outages import Spoken
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words


class FilterLine(Spoken, Vertical):
    """Posts `Changed` with the filter wanted now; Enter with a list of conditions open takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choices", "up", "down", "back")]
    DEFAULT_CSS = """
    FilterLine { height: auto; }
    FilterLine Horizontal { height: 1; }
    FilterLine .filter--label { width: auto; padding: 0 1 0 0; color: $secondary; }
    FilterLine DeskInput { width: 1fr; }
    FilterLine .filter--chips { color: $accent; width: auto; max-width: 60%; height: 1; padding: 0 1 0 0; }
    FilterLine Lines { display: none; height: 10; background: $surface; }
    FilterLine.-open Lines { display: block; }
    """

    @dataclass
    class Changed(Message):
        """Another filter is wanted."""

        filter: Filter

    def __init__(self, choices: Callable[[], Sequence[Chip]]) -> None:
        super().__init__()
        self._choices = choices
        self._offered: Sequence[Chip] = ()
        self._chips: list[Chip] = []
        self.input = DeskInput()
        self._list = Lines([Column("", 0)], titles=False, empty=N_("Nothing fits"))
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Label, conditions, text; the list opens below."""
        with Horizontal():
            yield Words(N_("Filter"), classes="filter--label")
            yield Words(lambda: " · ".join(chip.label for chip in self._chips), classes="filter--chips")
            yield self.input
        yield self._list

    @property
    def is_open(self) -> bool:
        """Tell whether the conditions are offered."""
        return self.has_class("-open")

    def take(self, wanted: Filter) -> None:
        """Filter by this from now on."""
        self._chips = chips_of(wanted)
        with self.input.prevent(Input.Changed):
            self.input.value = wanted.text
        self._told()

    def action_choices(self) -> None:
        """F4: offer the conditions; what is typed now narrows them."""
        self._offered = self._choices()
        self.add_class("-open")
        self._narrow("")

    def action_up(self) -> None:
        """One condition up."""
        self._list.action_up()

    def action_down(self) -> None:
        """One condition down."""
        self._list.action_down()

    def action_back(self) -> None:
        """Esc: put the conditions away, else take the last one back."""
        if self.is_open:
            self._close()
        elif self.input.value:
            self.input.value = ""
        else:
            self._chips = self._chips[:-1]
            self._told()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the list act while it is open; Esc while there is something to take back."""
        if action in ("up", "down"):
            return self.is_open
        if action == "back":
            return self.is_open or bool(self._chips) or bool(self.input.value)
        return super().check_action(action, parameters)

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return _("Filter"), _("Type a number or a name; F4 offers conditions, typing narrows them, Esc takes back.")

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._narrow(self.input.value)
        else:
            self.post_message(self.Changed(self.wanted))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        if self.is_open:
            event.stop()
            if row := self._list.current:
                self._pick(row.data)

    @on(Lines.Chosen)
    def _clicked(self, event: Lines.Chosen) -> None:
        event.stop()
        self._pick(event.row.data)

    @property
    def wanted(self) -> Filter:
        """The filter as it stands."""
        return filter_of(self._chips, "" if self.is_open else self.input.value.strip())

    def _pick(self, chip: Chip) -> None:
        self._chips = with_chip(self._chips, chip)
        self._close()

    def _close(self) -> None:
        self.remove_class("-open")
        with self.input.prevent(Input.Changed):
            self.input.value = ""
        self._told()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        fitting = [chip for chip in self._offered if wanted in chip.label.casefold()]
        self._list.show_rows([Row(n, (chip.label,), data=chip) for n, chip in enumerate(fitting)])
        self.screen.refresh_bindings()

    def _told(self) -> None:
        self.query_one(".filter--chips", Words).refresh(layout=True)
        self.screen.refresh_bindings()
        self.post_message(self.Changed(self.wanted))

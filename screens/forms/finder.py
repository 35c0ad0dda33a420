"""A search field with its answers below: type, and the list follows; Enter takes the answer to what was typed.

Enter is never answered by an older list: while the search for the text still runs, the keyboard is held and the row is
taken when its answer arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from ordersdesk.foundation.texts.language import NP_, _
from screens.forms.desk_input import DeskInput
from screens.ground.keys import bindings
from screens.ground.layers import layers_of
from screens.ground.outages import Spoken
from screens.ground.search_thread import Answered, SearchFailed
from screens.ground.typed_ahead import Hold
from screens.shell.app import DeskApp
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words

SHOWN = 20
ASKED = SHOWN + 1  # whoever answers gives one more when there is more, and that is said

Ask = Callable[[str], Sequence[Row]]


class Finder(Spoken, Vertical):
    """Posts `Picked` with the row taken, or `Unknown` with a text that found nothing."""

    app = getters.app(DeskApp)

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("up", "down", "page_up", "page_down")]
    DEFAULT_CSS = """
    Finder { height: 10; }
    Finder Lines { height: 1fr; }
    Finder .finder--more { display: none; color: $text-muted; }
    Finder.-more .finder--more { display: block; }
    """

    @dataclass
    class Picked(Message):
        """A row was taken."""

        finder: Finder
        row: Row
        text: str

        @property
        def control(self) -> Finder:
            """The finder."""
            return self.finder

    @dataclass
    class Unknown(Message):
        """Enter on a text that nothing was found for; the text may be empty."""

        finder: Finder
        text: str

        @property
        def control(self) -> Finder:
            """The finder."""
            return self.finder

    def __init__(
        self,
        ask: Ask,
        columns: Sequence[Column],
        *,
        id: str,
        title: str = "",
        help: str = "",
        empty: str = NP_("search", "Nothing found"),
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._help = help
        self._ask = ask
        self._kind = f"{id}-{hash(self)}"
        self.input = DeskInput()
        self.lines = Lines(columns, empty=empty)
        self.lines.can_focus = False
        self._answered: str | None = ""
        self._hold: Hold | None = None

    def compose(self) -> ComposeResult:
        """The input and the list."""
        yield self.input
        yield self.lines
        yield Words(lambda: _("There are more than {count}: go on typing.").format(count=SHOWN), classes="finder--more")

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.app.search.forget(self._kind)

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.input.value.strip()

    def clear(self) -> None:
        """Empty the field and the list."""
        self.input.value = ""

    def offer(self, rows: Sequence[Row]) -> None:
        """Show rows to pick from without a search."""
        self.input.value = ""
        self._show("", rows)

    def settle(self, row: Row, text: str) -> None:
        """Let the text of a picked row stand, without a list; Enter takes the same row again."""
        self.input.value = text
        self._show(text.strip(), [row], listed=False)

    def as_it_was(self) -> Callable[[], None]:
        """Remember the answer that is shown; calling what is returned shows it again, without a search."""
        answered, listed, cursor = self._answered, self.has_class("-found"), self.lines.cursor
        rows = [row for number in range(self.lines.total) if (row := self.lines.row(number))]

        def put_back() -> None:
            self.app.search.forget(self._kind)
            self._show(answered, rows, listed=listed)
            self.lines.move_to(cursor)

        return put_back

    def action_up(self) -> None:
        """One row up; the focus stays in the field."""
        self.lines.action_up()

    def action_down(self) -> None:
        """One row down."""
        self.lines.action_down()

    def action_page_up(self) -> None:
        """One screenful up."""
        self.lines.action_page_up()

    def action_page_down(self) -> None:
        """One screenful down."""
        self.lines.action_page_down()

    @property
    def is_open(self) -> bool:
        """Tell whether a list of what was found is shown."""
        return self.has_class("-found")

    def put_away(self) -> None:
        """Put the list away; the text stays."""
        self.app.search.forget(self._kind)
        self._show(None, [])

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return (_(self._title), _(self._help)) if self._help else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list keys act only while there is a list."""
        ours = {"up", "down", "page_up", "page_down"}
        return self.has_class("-found") if action in ours else super().check_action(action, parameters)

    @on(Input.Changed)
    def _changed(self) -> None:
        # What was asked for another text must not come over this one, also when this one needs no search.
        self.app.search.forget(self._kind)
        if self.text == self._answered:
            return
        if self.text:
            self._look_up()
        else:
            self._show("", [])

    @on(Answered)
    def _answer(self, event: Answered) -> None:
        if self.app.search.is_newest(event.question):
            self._show(event.question.text, event.answer)
            self._let_go()

    @on(SearchFailed)
    def _failed(self, event: SearchFailed) -> None:
        self._show(None, [])
        event.tell(self.app.say)
        if self._hold:
            self._hold.release()
            self._hold = None
            self.app.set_aside()

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if self._answered == self.text:
            self._take()
        elif self._hold is None or self._hold.is_over:
            self._hold = self.app.hold_keyboard(_("the search"), owner=self)
            if self._answered is None:
                self._look_up()

    def _look_up(self) -> None:
        self.app.search.ask(self, self._kind, self.text, partial(self._ask, self.text))

    @on(Lines.Chosen)
    def _clicked(self, event: Lines.Chosen) -> None:
        event.stop()
        self._take()

    def _let_go(self) -> None:
        hold, self._hold = self._hold, None
        if hold and hold.release():
            self._take()

    def _take(self) -> None:
        row = self.lines.current
        self.app.mended()
        self.post_message(self.Picked(self, row, self.text) if row else self.Unknown(self, self.text))

    def _show(self, text: str | None, rows: Sequence[Row], *, listed: bool = True) -> None:
        self._answered = text
        was_listed, is_listed = self.is_open, bool(rows) and listed
        self.set_class(is_listed, "-found")
        self.set_class(bool(text) and not rows, "-none")
        self.set_class(is_listed and len(rows) > SHOWN, "-more")
        # A narrow screen makes room for the list by hiding what stands beside it.
        self.screen.set_class(is_listed, f"-{self.id}-found")
        if is_listed and not was_listed:
            layers_of(self).opened(self)
        self.lines.show_rows(rows[:SHOWN])
        self.screen.refresh_bindings()

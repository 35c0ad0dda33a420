"""The read-back: the order as sentences to say, ticked one by one, and the closing words (JOY-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ordersdesk.foundation.texts.language import N_, _
from screens.ground.keys import bindings
from screens.widgets.laying import wrapped
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

MARGIN = 3  # cells: the tick, and the space beside it
NOT_YET_SHOWN = 500  # cells: wide enough until the width is known


class ReadBack(Lines):
    """Space ticks a sentence that was said; F9 ends the read-back."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("tick", "confirm")]

    @dataclass
    class Done(Message):
        """All is read back; each tick names sentence and time."""

        ticked: list[str]

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__([Column("", 1), Column(N_("Read back"))], id="readback")
        self._now = now
        self._said: list[str] = []
        self._ticks: dict[int, datetime] = {}
        self._of_row: list[int] = []
        """Which sentence a row belongs to: a long one takes several."""

    def key_labels(self) -> Mapping[str, str]:
        """F9 ends it, Enter ticks like Space."""
        return {"confirm": N_("End"), "choose": ""}

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show them, with nothing ticked; the same ones as before with the ticks they had when they were put away."""
        if self._said != list(sentences):
            self._said, self._ticks = list(sentences), {}
        self._draw()
        self.move_to(0)

    def on_resize(self) -> None:
        """Break the sentences for the width there is."""
        if self._said:
            self._draw()

    def action_tick(self) -> None:
        """Space: this sentence was said; after the last one the read-back is done."""
        at = self._of_row[self.cursor]
        self._ticks[at] = self._now()
        self._draw()
        if len(self._ticks) == len(self._said):
            self._finish()
        elif at + 1 in self._of_row:
            self.move_to(self._of_row.index(at + 1))

    def action_choose(self) -> None:
        """Enter ticks as well."""
        self.action_tick()

    def action_confirm(self) -> None:
        """F9: end; only what was ticked counts as said."""
        self._finish()

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return _("Read back"), _("Say each sentence and tick it with Space; F9 closes the call.")

    def _finish(self) -> None:
        self.post_message(self.Done([f"{at.isoformat()} {self._said[n]}" for n, at in sorted(self._ticks.items())]))
        self._said, self._ticks = [], {}

    def _draw(self) -> None:
        """Show every sentence whole, on as many rows as it needs."""
        width = (self.scrollable_content_region.width or NOT_YET_SHOWN) - MARGIN
        rows: list[Row] = []
        self._of_row = []
        for number, sentence in enumerate(self._said):
            mark = "✓" if number in self._ticks else " "
            for part, words in enumerate(wrapped(sentence, width)):
                rows.append(Row((number, part), (" " if part else mark, words), tone="good" if mark == "✓" else ""))
                self._of_row.append(number)
        self.show_rows(rows, keep=True)

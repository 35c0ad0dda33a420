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
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row


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

    def key_labels(self) -> Mapping[str, str]:
        """F9 ends it, Enter ticks like Space."""
        return {"confirm": N_("End"), "choose": ""}

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show them, with nothing ticked; the same ones as before with the ticks they had when they were put away."""
        if self._said != list(sentences):
            self._said, self._ticks = list(sentences), {}
        self._draw()
        self.move_to(0)

    def action_tick(self) -> None:
        """Space: this sentence was said; after the last one the read-back is done."""
        self._ticks[self.cursor] = self._now()
        self._draw()
        if len(self._ticks) == len(self._said):
            self._finish()
        else:
            self.action_down()

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
        marks = ["✓" if number in self._ticks else " " for number in range(len(self._said))]
        self.show_rows(
            [
                Row(n, (mark, text), tone="good" if mark == "✓" else "")
                for n, (mark, text) in enumerate(zip(marks, self._said, strict=True))
            ],
            keep=True,
        )

"""How a call ended, asked before it is left (CAL-6)."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from ordersdesk.calls.rules import OUTCOMES
from ordersdesk.foundation.texts.language import N_
from screens.forms.choices import ChoiceList
from screens.forms.field import Field
from screens.forms.form_field import Choice, FormField, Kind
from screens.ground.layers import layers_of


class Outcome(Vertical):
    """How the call ended and what it was about; posts `Given`."""

    DEFAULT_CSS = "Outcome { display: none; height: auto; } Outcome.-open { display: block; }"

    @dataclass
    class Given(Message):
        """The outcome was chosen."""

        outcome: str
        reason: str = ""
        note: str = ""

    def __init__(self) -> None:
        super().__init__(id="outcome-panel")
        self._chooser = ChoiceList()
        # An order ends its call by itself; leaving the intake is any other outcome.
        choices = [Choice(value, label) for value, label in OUTCOMES.items() if value != "order"]
        help_ = N_("Every call ends with an outcome; F8 parks it instead.")
        spec = FormField(
            "outcome", N_("Outcome"), required=True, kind=Kind.CHOICE, choices=choices, rule="CAL-6", help=help_
        )
        self.field = Field(spec, self._chooser)
        about = [Choice(value, label) for value, label in OUTCOMES.items()]
        kept = N_("What shall be remembered of the call.")
        self.note = Field(FormField("note", N_("Note"), kind=Kind.NOTE, help=kept), self._chooser)
        told = N_("Only when it began as something else than it became. ↑ writes a note.")
        self.reason = Field(
            FormField("reason", N_("Called about"), kind=Kind.CHOICE, choices=about, rule="CAL-1", help=told),
            self._chooser,
        )

    def compose(self) -> ComposeResult:
        """How it ended, and below it what it was about: the same, unless something else is said (CAL-1).

        The note between them is passed over: most calls need none, and ↑ leads there.
        """
        yield self.field
        yield self.note
        yield self.reason
        yield self._chooser

    def ask(self) -> None:
        """Show the question; of the same call what was typed before stands there."""
        layers_of(self).opened(self)
        self.add_class("-open")
        self.field.ask()

    def put_away(self) -> None:
        """Esc: the call goes on."""
        self._chooser.close()
        self.remove_class("-open")

    def close(self) -> None:
        """It is answered, or another call is shown."""
        self.put_away()
        for field in (self.field, self.note, self.reason):
            field.fill("")

    @property
    def is_open(self) -> bool:
        """Tell whether it is asked."""
        return self.has_class("-open")

    @on(Field.Accepted)
    def _given(self, event: Field.Accepted) -> None:
        event.stop()
        if event.field is self.field:
            self._chooser.close()
            self.reason.fill(self.field.value)
            self.reason.go_back_to()
            return
        if event.field is self.note:
            self.reason.go_back_to()
            return
        given = self.Given(self.field.value, self.reason.value, self.note.value)
        self.close()
        self.post_message(given)

    @on(Field.Rejected)
    @on(Field.Back)
    def _stay(self, event: Field.Rejected | Field.Back) -> None:
        event.stop()
        if isinstance(event, Field.Back) and event.field is self.reason:
            self.note.input.focus()
        elif isinstance(event, Field.Back) and event.field is self.note:
            self.field.ask()

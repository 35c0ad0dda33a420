"""One field of a form: label, required mark, input, and what there is to say about it right beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from ordersdesk.foundation.texts.language import _, with_rule
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown
from screens.forms.choices import ChoiceList
from screens.forms.desk_input import DeskInput
from screens.forms.form_field import Choice, FormField, Kind, matching
from screens.ground.keys import bindings
from screens.ground.outages import Spoken
from screens.shell.app import DeskApp
from screens.widgets.words import Words

NOTE_SHARE = 0.6  # of the row, as the stylesheet below has it


class Field(Spoken, Horizontal):
    """Enter accepts and goes on, Up goes back, F4 shows the choices; a refusal is shown beside the input."""

    app = getters.app(DeskApp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choices", "next", "previous")]
    DEFAULT_CSS = """
    Field { height: 1; width: 100%; }
    Field DeskInput { width: 1fr; }
    Field .field--label { width: 16; height: 1; padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
    Field .field--note { width: auto; max-width: 60%; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    @dataclass
    class Accepted(Message):
        """The text is good; the focus may go on."""

        field: Field

    @dataclass
    class Rejected(Message):
        """The text was refused; what was typed behind it must not go on."""

        field: Field

    @dataclass
    class Back(Message):
        """The field before is wanted."""

        field: Field

    def __init__(self, spec: FormField, chooser: ChoiceList) -> None:
        super().__init__(id=f"field-{spec.key}")
        self.spec = spec
        self.chooser = chooser
        self.input = DeskInput(secret=spec.kind is Kind.SECRET, takes_lines=spec.kind is Kind.NOTE)
        if spec.appears:  # told nothing else, the stylesheet says whether it is there
            self.display = False
        self._note = Words(classes="field--note")
        self._choice: Choice | None = None

    def compose(self) -> ComposeResult:
        """Label, input, note."""
        yield Words(self._label, classes="field--label")
        yield self.input
        yield self._note

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self.input.value

    @property
    def value(self) -> str:
        """What is kept: the value behind the chosen label, or the text."""
        if self._choice and self.text == _(self._choice.label):
            return self._choice.value
        return self.text.strip() if self.spec.kind is not Kind.SECRET else self.text

    @property
    def is_typed(self) -> bool:
        """Tell whether somebody put something else here than what stood here by itself."""
        return self.value != self.spec.default

    def fill(self, value: str) -> None:
        """Put a value in; of a choice its label is shown."""
        self._choice = next((option for option in self.spec.options() if option.value == value), None)
        self.input.value = _(self._choice.label) if self._choice else value
        self.input.cursor_position = len(self.input.value)
        self.note("")

    def note(self, text: str, *, tone: str = "") -> None:
        """Say something beside the field."""
        self._note.show(lambda: text)
        self.set_class(tone == "refused", "-refused")
        self.set_class(tone == "warn", "-warn")

    def refuse(self, refused: Refused) -> None:
        """Say beside the field why its text is not taken; the status line does not repeat what stands there in full."""
        self.note(refused.message, tone="refused")
        fits = cell_len(shown(refused.message)) + 1 <= int(self.size.width * NOTE_SHARE)
        self.app.say(with_rule(refused.mend, refused.rule) if fits and refused.mend else str(refused), "refused")

    def go_back_to(self) -> None:
        """Put the cursor here because of a refusal: what is typed now takes the place of what was refused."""
        self.input.focus()
        self.input.select_all()

    def accept(self) -> bool:
        """Check the text; True when it is good, otherwise the refusal is shown here and in the status line."""
        try:
            self.note(self._checked())
        except Refused as refused:
            self.refuse(refused)
            return False
        self.app.mended()
        return True

    def action_choices(self) -> None:
        """F4: show the choices of this field."""
        self.chooser.open_for(self.input, self.spec.options())

    def ask(self) -> None:
        """Ask this field as a question of its own, its choices below it; what was typed before stands there."""
        self.input.focus()
        self.chooser.open_for(self.input, self.spec.options(), with_question=True)
        if self.text:
            self.chooser.narrow(matching(self.spec.options(), self.text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F4 acts only where there is something to choose."""
        return bool(self.spec.choices) if action == "choices" else super().check_action(action, parameters)

    def action_next(self) -> None:
        """Accept and go on; in an open list of choices, one down."""
        if self._is_choosing:
            self.chooser.action_down()
        else:
            self._finish()

    def action_previous(self) -> None:
        """Back to the field before, whatever stands here; in an open list of choices, one up."""
        if self._is_choosing:
            self.chooser.action_up()
        else:
            self.post_message(self.Back(self))

    def pick(self, choice: Choice) -> None:
        """Take a choice and go on."""
        self.chooser.close()
        self.fill(choice.value)
        self._finish()

    @property
    def _is_choosing(self) -> bool:
        return self.chooser.owner is self.input

    def _finish(self) -> None:
        self.post_message(self.Accepted(self) if self.accept() else self.Rejected(self))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        may_take = self._is_choosing and (self.chooser.was_touched or not self.text)
        if may_take and (choice := self.chooser.choice):
            self.pick(choice)
        else:
            self._finish()

    @on(Input.Changed)
    def _typing(self) -> None:
        if self.has_class("-refused"):
            self.note("")
        if self._is_choosing:
            self.chooser.narrow(matching(self.spec.options(), self.text) if self.text else self.spec.options())

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says in this field."""
        text = _(self.spec.help)
        return (_(self.spec.label), text) if text else None

    def on_language(self) -> None:
        """Show a chosen label in the language that is spoken now."""
        if self._choice:
            self.input.value = _(self._choice.label)

    def _label(self) -> str:
        return _(self.spec.label) + (" *" if self.spec.required else "")

    def _checked(self) -> str:
        if self.spec.required and not self.value:
            raise Refused(self.spec.rule, _("This is needed."), mend=_("Type it, or press Esc."), field=self.spec.key)
        if self.spec.kind is Kind.CHOICE and self.text:
            self._choose()
        asked = self.spec.required or (self.spec.checks_empty and self.display)
        if self.spec.check and (self.value or asked):
            return self.spec.check(self.value)
        return ""

    def _choose(self) -> None:
        found = matching(self.spec.options(), self.text)
        if len(found) != 1:
            self.chooser.open_for(self.input, found or self.spec.options())
            self.input.select_all()
            message = _("More than one fits.") if found else _("Not one of the choices.")
            raise Refused(self.spec.rule, message, mend=_("Choose with the arrow keys and Enter."), field=self.spec.key)
        self.fill(found[0].value)

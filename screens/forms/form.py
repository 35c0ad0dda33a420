"""A form made from data: fields below each other, choices under their field, refusals beside the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.message import Message

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.choices import ChoiceList
from screens.forms.field import Field
from screens.forms.form_field import FormField, Kind
from screens.ground.keys import bindings
from screens.ground.outages import Spoken
from screens.shell.app import DeskApp
from screens.widgets.lines import Lines


class Form(Spoken, Vertical):
    """F9 confirms all fields; with `last_submits`, so does Enter in the last one.

    With `keep_as`, what was typed survives leaving the screen, until `forget()`: Esc never loses typing.
    """

    app = getters.app(DeskApp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    DEFAULT_CSS = "Form { height: auto; }"

    @dataclass
    class Submitted(Message):
        """Every field is good."""

        form: Form
        values: dict[str, str]

        @property
        def control(self) -> Form:
            """The form."""
            return self.form

    def __init__(
        self, fields: Sequence[FormField], *, keep_as: str = "", last_submits: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._chooser = ChoiceList()
        self._fields = {spec.key: Field(spec, self._chooser) for spec in fields}
        self._keep_as = keep_as
        self._last_submits = last_submits

    def compose(self) -> ComposeResult:
        """The fields, and the list of choices that moves under the field that opens it."""
        yield from self._fields.values()
        yield self._chooser

    def on_mount(self) -> None:
        """Fill in the defaults, or what was typed before."""
        self.fill({key: field.spec.default for key, field in self._fields.items() if field.spec.default})
        self.fill(self.app.kept_forms.get(self._keep_as, {}))

    def on_unmount(self) -> None:
        """Keep what was typed."""
        self.keep()

    def keep(self) -> None:
        """Keep what was typed for the next time the form opens; what nobody touched is no typing."""
        typed = any(field.is_typed for field in self._fields.values())
        if self._keep_as and typed:
            fields = self._fields.items()
            self.app.kept_forms[self._keep_as] = {
                key: field.value
                for key, field in fields
                if (field.is_typed or not field.spec.default) and field.spec.kind is not Kind.SECRET
            }
        elif self._keep_as:
            self.app.kept_forms.pop(self._keep_as, None)

    def drop(self) -> None:
        """The work is done and the form goes: keep nothing of it."""
        self.app.kept_forms.pop(self._keep_as, None)
        self._keep_as = ""

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {key: field.value for key, field in self._fields.items()}

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values in; unknown keys are left out."""
        for key, value in values.items():
            if key in self._fields:
                self._fields[key].fill(value)

    def forget(self) -> None:
        """The work is done: keep nothing of it, empty the fields, begin at the first."""
        self.app.kept_forms.pop(self._keep_as, None)
        self.fill({key: field.spec.default for key, field in self._fields.items()})
        for field in self._fields.values():
            if field.spec.appears:
                field.display = False
        next(iter(self._fields.values())).input.focus()

    def field(self, key: str) -> Field:
        """Return a field by its key."""
        return self._fields[key]

    def appear(self, key: str, *, shown: bool) -> None:
        """Show a field that is needed now, or take it out of sight again; what was typed ahead did not know of it."""
        if shown and not self._fields[key].display:
            self.app.set_aside()
        self._fields[key].display = shown

    @property
    def is_at_hand(self) -> bool:
        """Tell whether its fields are on the screen: what is hidden takes no refusal and confirms nothing."""
        return self.are_shown(self.ancestors_with_self)

    def are_shown(self, nodes: Sequence[DOMNode]) -> bool:
        """Tell whether all these are displayed, with the classes they have now."""
        # A class set in this turn is drawn only later; whoever asks wants to know what comes of it.
        self.app.stylesheet.update_nodes(nodes)
        return all(node.display for node in nodes)

    def refuse(self, refused: Refused) -> bool:
        """Show a refusal beside its field and go there; False when there is no such field, or none to be seen."""
        if refused.field not in self._fields or not self.is_at_hand:
            return False
        if self._fields[refused.field].spec.appears:
            self._fields[refused.field].display = True
        self._fields[refused.field].refuse(refused)
        self._fields[refused.field].go_back_to()
        return True

    def action_confirm(self) -> None:
        """F9: check every field; the first that is refused gets the focus. Of a hidden form F9 is the screen's."""
        if not self.is_at_hand:
            raise SkipAction
        self._chooser.close()
        for field in self._fields.values():
            if not field.accept():
                field.go_back_to()
                self.app.set_aside()
                return
        self.post_message(self.Submitted(self, self.values()))

    @on(Field.Accepted)
    def _go_on(self, event: Field.Accepted) -> None:
        event.stop()
        after = self._beside(event.field, 1)
        if after is not event.field:
            after.input.focus()
        elif self._last_submits:
            self.action_confirm()
        else:
            self.app.say(_("That was the last field: F9 confirms."))

    @on(Field.Back)
    def _go_back(self, event: Field.Back) -> None:
        event.stop()
        self._beside(event.field, -1).input.focus()

    @on(Field.Rejected)
    def _stay(self, event: Field.Rejected) -> None:
        event.stop()
        event.field.input.focus()
        self.app.set_aside()

    @on(Lines.Chosen)
    def _clicked(self, event: Lines.Chosen) -> None:
        event.stop()
        for field in self._fields.values():
            if self._chooser.owner is field.input:
                field.pick(event.row.data)
                return

    def on_descendant_blur(self) -> None:
        """Choices belong to the field that has the focus."""
        if self._chooser.owner is not None and not self._chooser.owner.has_focus:
            self._chooser.close()

    def _beside(self, field: Field, step: int) -> Field:
        fields = [one for one in self._fields.values() if one.display or one is field]
        return fields[max(0, min(fields.index(field) + step, len(fields) - 1))]

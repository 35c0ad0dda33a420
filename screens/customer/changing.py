"""Changing something about a customer: one form on a screen of its own; F9 saves, Esc keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused, Stale
from screens.forms.form import Form
from screens.forms.form_field import FormField
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen


@dataclass(frozen=True)
class Change:
    """What is changed: title (N_), fields, the values as they are, and the act that saves."""

    title: str
    whose: str
    fields: Sequence[FormField]
    save: Callable[[Mapping[str, str]], object]
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    key: str = ""


class ChangingScreen(DeskScreen):
    """Saves and goes back to the card."""

    DEFAULT_CSS = """
    ChangingScreen VerticalScroll { margin: 1 0 0 0; max-width: 100; scrollbar-size-vertical: 1; }
    """
    app = getters.app(OrderDesk)

    def __init__(self, change: Change) -> None:
        super().__init__()
        self._change = change

    @property
    def _base(self) -> str:
        return f"{self._change.key} as it was"

    def top_title(self) -> str:
        """What is changed, and whose."""
        return f"{_(self._change.title)} · {self._change.whose}"

    def body(self) -> ComposeResult:
        """The form."""
        with VerticalScroll(can_focus=False):
            yield Form(self._change.fields, keep_as=self._change.key, last_submits=True)

    def on_mount(self) -> None:
        """Fill in what is known now, and over it what was changed here before and not saved."""
        kept, form = self.app.kept_forms, self.query_one(Form)
        then = kept.get(self._base, self._change.values)
        typed = {name: text for name, text in kept.get(self._change.key, {}).items() if text != then.get(name, "")}
        form.fill({**self._change.values, **typed})
        form.field(self._change.fields[0].key).input.select_all()
        if self._change.key:
            kept[self._base] = dict(self._change.values)

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        work = partial(self._change.save, event.values)
        self.app.run_errand(self, work, what=_("saving"), then=self._saved, refused=self._stay)

    def _saved(self, _done: object) -> None:
        self.query_one(Form).forget()
        self.app.kept_forms.pop(self._base, None)
        self.app.call_later(self.app.leave_saying, _("Saved."))

    def _stay(self, refused: Refused) -> None:
        """Refused; what was typed stays, and when the record moved on it is offered again on the fresh one."""
        self.app.refuse(refused)
        if isinstance(refused, Stale):
            again = _("Esc, then open it again: what you typed is kept.")
            self.app.say(f"{refused} {again}", "refused")

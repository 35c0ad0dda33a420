"""What an act asks before it is done: a form at the foot of the screen, put away by Esc with nothing done."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual import on
from textual.containers import Vertical

from screens.forms.form import Form
from screens.forms.form_field import FormField
from screens.ground.keys import BY_ID
from screens.ground.layers import layers_of
from screens.ground.outages import Spoken
from screens.widgets.words import Words

Then = Callable[[Mapping[str, str]], Any]


class Question(Spoken, Vertical):
    """Empty until something is asked; `then` gets the answers, and the question stays until it is closed."""

    DEFAULT_CSS = """
    Question { height: auto; display: none; }
    Question.-open { display: block; margin: 1 0 0 0; }
    Question > Words { width: 100%; color: $accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._then: Then = lambda _answers: None

    @property
    def is_open(self) -> bool:
        """Tell whether something is asked."""
        return self.has_class("-open")

    async def ask(
        self, fields: Sequence[FormField], then: Then, *, title: str | Callable[[], str] = "", about: str = ""
    ) -> None:
        """Ask; the cursor goes into the first field.

        What was typed and put away is there again when the same is asked `about` the same; a screen that shows one
        document says so by its title.
        """
        await self.remove_children()
        self._then = then
        asks = " ".join(field.label for field in fields)
        subject = about or str(getattr(self.screen, "top_title", str)())
        form = Form(fields, last_submits=True, keep_as=f"{type(self.screen).__name__} {subject} {asks}")
        await self.mount(Words(title, classes="big"), form) if title else await self.mount(form)
        layers_of(self).opened(self)
        self.add_class("-open")
        form.field(fields[0].key).input.focus()
        form.field(fields[0].key).input.select_all()
        self.screen.refresh_bindings()

    def key_labels(self) -> Mapping[str, str]:
        """F9 answers the question, whatever it does on its screen."""
        return {"confirm": BY_ID["confirm"].label}

    def put_away(self) -> None:
        """Esc: nothing is done, and what was typed waits for the next time."""
        for form in self.query(Form):
            form.keep()
        self._hide()

    async def close(self) -> None:
        """It is answered: keep nothing of it."""
        self.drop()
        await self._hide()

    def drop(self) -> None:
        """It is answered, and its screen goes: keep nothing of it."""
        for form in self.query(Form):
            form.drop()

    def _hide(self) -> Any:
        self.remove_class("-open")
        removed = self.remove_children()
        self.screen.refresh_bindings()
        return removed

    @on(Form.Submitted)
    async def _answered(self, event: Form.Submitted) -> None:
        event.stop()
        told = self._then(event.values)
        if inspect.isawaitable(told):
            await told

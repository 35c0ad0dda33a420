"""What a verb of a kind asks, as the fields of a form at the foot of its screen; and what was typed, for its action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from textual import getters

from ordersdesk.documents.acting import act_as_seen
from ordersdesk.documents.fields import Field, Takes
from ordersdesk.documents.kind import Act, Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from screens.forms.asking_screen import AskingScreen
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField
from screens.forms.form_field import Kind as Input
from screens.seat.desk import OrderDesk

INPUTS = {Takes.NOTE: Input.NOTE, Takes.COUNT: Input.NUMBER, Takes.CHOICE: Input.CHOICE}


class ActingScreen(AskingScreen):
    """A screen on which the acts of a kind are done: each asks its fields, is done off the screen's thread, and says
    what came of it."""

    app = getters.app(OrderDesk)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    async def begin(self, act: Act, document: Any = None) -> None:
        """Ask what an act needs, then do it with the document as it is shown; one that asks nothing is done at once."""
        today = self.app.desk.today()
        if act.fields:
            fields = [_form_field(field, today, document) for field in act.fields]
            about = f"{act.name} {document.number if document else ''}"
            await self.question.ask(fields, partial(self._do, act, document), about=about)
        else:
            self._do(act, document, {})

    async def scanned(self, number: str) -> bool:
        """Take a scanned document as the answer where one of its kind is asked for."""
        for form in self.query(Form):
            for field in (field for act in self.kind.acts for field in act.fields if field.place):
                if field.name in form.values() and number.startswith(field.place.rstrip("…")):
                    form.fill({field.name: number})
                    form.field(field.name).action_next()
                    return True
        return False

    def _do(self, act: Act, document: Any, typed: Mapping[str, str]) -> None:
        work = partial(_act, self.kind, act, self.app.desk, document, typed)
        what = document.number if document else self.top_title()
        self.app.run_errand(self, work, what=what, then=self._done, refused=self._refused)

    def _refused(self, refused: Refused) -> None:
        """Show what somebody else changed; what was typed is there when the same is asked again."""
        if isinstance(refused, Stale):
            self.step_back()
            self.read_again()
        self.app.refuse(refused)

    async def _done(self, done: Any) -> None:
        await self.close_question()
        self.read_again()
        self.say(self.kind.told(done), "good")

    def on_screen_resume(self) -> None:
        """Show it as it is now."""
        self.read_again()

    def on_language(self) -> None:
        """Show it in the other language."""
        self.read_again()

    def read_again(self) -> None:
        """Read what is shown as it is now."""
        raise NotImplementedError


def _act(kind: Kind, act: Act, desk: Desk, document: Any, typed: Mapping[str, str]) -> Any:
    given = {field.name: field.value(typed.get(field.name, ""), desk.today()) for field in act.fields}
    if document is None:
        return act.do(desk, **given)
    return act_as_seen(desk, kind, act, document.number, version=document.version, given=given)


def _form_field(field: Field, today: date, document: Any) -> FormField:
    """Return a field as forms ask it; what its value cannot be is refused beside it."""

    def check(text: str) -> str:
        field.value(text, today)
        return ""

    return FormField(
        field.name, field.label, required=field.required, kind=INPUTS.get(field.takes, Input.TEXT),
        choices=[Choice(*one) for one in field.choices.items()], help=field.help, check=check,
        default=field.beginning(document), rule=field.rule,
    )  # fmt: skip

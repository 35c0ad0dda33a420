"""What is typed of a change, kept while the screen is away: nothing typed is ever lost."""

from __future__ import annotations

from functools import partial

from textual import getters, on
from textual.widgets import Input

from ordersdesk.foundation.texts.language import _
from screens.change.compare.reading import Known, read
from screens.change.compare.work import ChangeWork
from screens.change.pad import ChangePad
from screens.change.terms import ChangeTerms, as_agreed
from screens.forms.form import Form
from screens.intake.terms import Terms
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen


class TypedChange(DeskScreen):
    """Reads the order, fills lines and terms, and follows every key."""

    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.known: Known | None = None
        self._agreed: dict[str, str] = {}

    @property
    def pad(self) -> ChangePad:
        """The lines."""
        return self.query_one(ChangePad)

    @property
    def work(self) -> ChangeWork:
        """What is typed."""
        return self.pad.work

    @property
    def keep_as(self) -> str:
        """The name it is kept under."""
        return f"change {self.number}"

    def on_screen_resume(self) -> None:
        """Read the order as it is now."""
        self.app.run_errand(self, partial(read, self.app.desk, self.number), what=_("the order"), then=self._load)

    def _load(self, known: Known) -> None:
        first, self.known = self.known is None, known
        self.query_one("#who").refresh(layout=True)
        kept = self.app.kept_forms.get(self.keep_as, {}).get("work", "")
        work = ChangeWork.from_text(kept) if kept else ChangeWork(self.number)
        self.pad.load(known, work)
        self._fill(known, work)
        self.pad.recompute()
        if first:
            self.pad.lines.focus()
            if kept:
                self.say(_("What was typed before is here again; Delete takes a line back."))

    def _fill(self, known: Known, work: ChangeWork) -> None:
        terms = self.query_one(ChangeTerms)
        terms.show_caller(known.caller)
        terms.fill(as_agreed(known.head))
        self._agreed = terms.values()
        terms.fill(work.terms)
        self.query_one("#why", Form).fill({"reason": work.reason})

    @on(Input.Changed)
    def _typing(self) -> None:
        """Every key counts at once: the terms are compared while they are typed."""
        if self.known is None:
            return
        terms, self.work.reason = self.work.terms, self.query_one("#why", Form).values()["reason"]
        now = self.query_one(ChangeTerms).values()
        self.work.terms = {name: text for name, text in now.items() if text != self._agreed[name]}
        if terms != self.work.terms:
            self.pad.recompute()
        self.keep()

    @on(Terms.Changed)
    def _term(self) -> None:
        self._typing()

    def keep(self) -> None:
        """Keep what is typed, to be there when the screen is opened once more."""
        if self.work.is_empty:
            self.app.kept_forms.pop(self.keep_as, None)
        else:
            self.app.kept_forms[self.keep_as] = {"work": self.work.as_text()}

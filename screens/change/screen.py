"""Changing an order: type what shall be different, see old and new side by side, F9 asks for it (CHG-1 … CHG-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.changing import request
from ordersdesk.foundation.texts.language import N_, _, in_turn, pgettext
from ordersdesk.foundation.texts.refusals import Refused, Stale
from ordersdesk.orders.assessment.case import NotReady, Weight
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.changes.plan.comparison import Comparison
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.change.compare.sides import lay
from screens.change.pad import ChangePad
from screens.change.request.outcome import told
from screens.change.request.screen import RequestScreen
from screens.change.terms import ChangeTerms
from screens.change.typed import TypedChange
from screens.forms.form import Form
from screens.forms.form_field import FormField
from screens.ground.keys import bindings
from screens.intake.lines.entry import Entry
from screens.intake.terms import Terms
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet
from screens.widgets.words import Words


class ChangeScreen(TypedChange):
    """Nothing is written before F9; what was typed is there again when the screen is opened once more."""

    NAME = N_("Change")
    ABOUT = N_("Type a new quantity into a line, or change the terms with T. Below stand old and new; F9 asks for it.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    CSS_PATH = "change.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012 -- declared as an instance variable

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._asked: list[str] = []
        self._asked_about = ""

    def body(self) -> ComposeResult:
        """Lines above, terms in the middle, old and new below, the reason when it is asked for."""
        yield Words(self._who, id="who")
        yield ChangePad()
        yield ChangeTerms(lambda: self.app.desk)
        yield Sheet(fits=True, id="sides")
        why = FormField("reason", N_("Why?"), required=True, rule="CHG-1", help=N_("Why the customer wants it."))
        yield Form([why], last_submits=True, id="why")

    def top_title(self) -> str:
        """The order by its number."""
        return f"{_(self.NAME)} {self.number}"

    def _who(self) -> str:
        if self.known is None:
            return ""
        head, waits = self.known.head, self.known.waiting
        told_of = _("{request} waits for approval already").format(request=waits) if waits else ""
        return " · ".join(filter(None, (head.customer_name, _(ORDER_FLOW.states[head.state]), told_of)))

    # --- old and new

    @on(ChangePad.Compared)
    def _compared(self, event: ChangePad.Compared) -> None:
        if isinstance(event.result, Stale):
            self.on_screen_resume()
            return
        changes = bool(self.work.positions or self.work.added or self.work.terms)
        self.query_one("#sides", Sheet).show(partial(lay, event.result, changes=changes), keep=True)
        self.keep()
        self.refresh_bindings()

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What can be done with a line, while no quantity is being typed."""
        lines = self.pad.lines
        if self.known is None or self.focused is not lines or lines.typing is not None:
            return ()
        hints, place = [Hint("n", _("New line"), do=self.pad.new_line)], lines.place
        if place:
            hints += [
                Hint("s", _("Close short"), rank=3, do=partial(self.pad.close_short, place)),
                Hint("o", _("Other item"), rank=3, do=partial(self.pad.other_item, place)),
            ]
        if place and self.work.has(place):
            hints.append(Hint("delete", pgettext("typing", "Take back"), do=partial(self.pad.take_back, place)))
        hints.append(Hint("t", _("Order terms"), do=self._to_terms))
        hints.append(Hint("r", _("Reason"), rank=4, do=self._ask_why))
        if self.known.requests:
            newest = self.known.waiting or self.known.requests[-1]
            hints.append(Hint("v", _("Change requests"), rank=4, do=self.shows(RequestScreen, newest)))
        return hints

    def key_labels(self) -> Mapping[str, str]:
        """F9 asks for the change."""
        return {"confirm": N_("Ask for it")}

    @on(Entry.Leave)
    def _to_terms(self) -> None:
        """Enter on nothing goes on to the terms."""
        self.query_one(ChangeTerms).field("contact").input.focus()

    @on(Terms.Left)
    def _to_entry(self) -> None:
        self.pad.new_line()

    def on_descendant_focus(self) -> None:
        """In the terms a low screen makes room for them; old and new stay in sight."""
        at = self.focused
        self.set_class(at is not None and self.query_one(ChangeTerms) in at.ancestors, "-in-terms")

    @property
    def has_step_back(self) -> bool:
        """Esc goes back to the lines, and there it ends the typing, before it leaves."""
        return super().has_step_back or self._is_beside or self.pad.lines.typing is not None

    @property
    def _is_beside(self) -> bool:
        return self.known is not None and self.focused is not self.pad.lines

    def step_back(self) -> bool:
        """One step back; what was typed stays."""
        if super().step_back():
            return True
        if self._is_beside:
            self.pad.back_to_lines()
            self.set_class(bool(self.work.reason), "-why")
            return True
        if self.pad.lines.stop_typing():
            return True
        if not self.work.is_empty:
            self.app.call_later(self.app.say, _("What was typed is kept: H shows it again."))
        return False

    # --- asking for it

    @on(Form.Submitted, "#terms")
    @on(Form.Submitted, "#why")
    def action_confirm(self) -> None:
        """F9: ask for the change; a second F9 says yes to what the first one asked."""
        if self.known is None:
            return
        if self.pad.entry.finder.text:
            line = _("A line is typed but not taken yet.")
            self.pad.new_line()
            self.app.refuse(Refused("ORD-1", line, mend=_("Enter takes it; or empty the field.")))
            return
        if self._asked_about == self.work.as_text():
            self.work.accepted += self._asked
        if self.work.reason:
            self._request()
        else:
            self.pad.compare(self._why_missing)

    def _why_missing(self, found: Comparison) -> None:
        against = [each for each in found.findings if each.field != "reason"]
        if against:
            self._refused(NotReady(against))
        else:
            self._ask_why()

    def _ask_why(self) -> None:
        self.add_class("-why")
        self.query_one("#why", Form).field("reason").input.focus()

    def _request(self) -> None:
        try:
            work = partial(request, self.app.desk, self.pad.change())
        except Refused as refused:
            self._refused(refused)
            return
        self.app.run_errand(self, work, what=_("the change"), then=self._done, refused=self._refused)

    def _done(self, done: Requested) -> None:
        self.app.kept_forms.pop(self.keep_as, None)
        tone = "good" if done.state == "applied" and not done.waits else "warn"
        self.app.call_later(self.app.leave_saying, told(done), tone)

    def _refused(self, refused: Refused) -> None:
        """Go to what is wrong; a question is answered by F9; an order that is another one now is read again."""
        findings = refused.findings if isinstance(refused, NotReady) else ()
        about = self.work.place_of(refused.field or "")
        if findings and all(each.weight is Weight.ASK for each in findings):
            self._asked, self._asked_about = [each.key for each in findings], self.work.as_text()
            question = in_turn(each.sentence() for each in findings)
            self.say(_("{question} F9 says yes.").format(question=question), "warn")
        elif about and findings:
            self.pad.go_to(*about, findings[0])
        else:
            self.set_class(refused.field == "reason" or bool(self.work.reason), "-why")
            self.app.refuse(refused)
            if refused.field == "lines":
                self.pad.lines.focus()
            if isinstance(refused, Stale):
                self.on_screen_resume()

"""The intake: caller, lines, terms and promise on one screen, from the ringing phone to the read-back (CAL-4)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ordersdesk.foundation.texts.language import N_, _, in_turn
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.orders.assessment.case import Case, NotReady
from screens.customer.newcomer import Newcomer
from screens.forms.form import Form
from screens.ground.keys import bindings
from screens.intake.call.call_screen import CallScreen
from screens.intake.call.caller import CallerPanel, Front
from screens.intake.call.outcome import Outcome
from screens.intake.call.taking import Confirmed, answerable
from screens.intake.call.work import Work
from screens.intake.lines.entry import Entry
from screens.intake.lines.line_pad import LinePad
from screens.intake.lines.order_lines import OrderLines
from screens.intake.readback import ReadBack
from screens.intake.terms import Terms, defaults, said
from screens.intake.totals import Totals
from screens.widgets.words import Words

NEW = "new."  # what is typed of a new customer, among all that is being typed


class IntakeScreen(CallScreen):
    """Everything typed here is kept at once; nothing modal stands between the caller and the order."""

    NAME = N_("New order")
    ABOUT = N_("Find the caller, type the lines, F9 confirms. Ctrl+S takes the same as last time.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm", "park", "same")]
    CSS_PATH = "intake.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 -- declared as an instance variable

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self._confirmed: Confirmed | None = None
        self._asked: tuple[str, ...] = ()
        self._unanswered = False
        """Whether the database was away when the order was confirmed and nothing was changed since."""

    def body(self) -> ComposeResult:
        """Caller above, lines with their answer in the middle, terms and totals below."""
        yield CallerPanel()
        yield LinePad(self.taking)
        yield Newcomer()
        yield Outcome()
        yield Words(lambda: said(self.work.terms), id="said")
        yield Terms(lambda: self.taking.desk)
        yield Totals()
        yield ReadBack(self.taking.desk.now)

    @property
    def is_done(self) -> bool:
        """The order is made and being read back."""
        return self._confirmed is not None

    def on_mount(self) -> None:
        """Start with the cursor in the caller."""
        self.show_work(self.work)

    # --- one intake after the other

    def show_work(self, work: Work) -> None:
        """Show an intake as it was."""
        self.work, self.case, self.front, self._confirmed, self._asked = work, None, None, None, ()
        self._unanswered = False
        self.remove_class("-reading", "-newcomer")
        self.query_one(Outcome).close()
        self.query_one(CallerPanel).show(None)
        self.query_one(Totals).show(None)
        self.query_one(LinePad).load(work)
        self.query_one(CallerPanel).finder.input.value = work.typing.get("caller", "")
        self.query_one(Terms).fill(dict.fromkeys(self.query_one(Terms).values(), "") | work.terms)
        self.query_one(CallerPanel).finder.input.focus()
        new = {key.removeprefix(NEW): text for key, text in work.typing.items() if key.startswith(NEW)}
        self.query_one(Newcomer).forget()
        if new:
            self.show_newcomer()
            self.query_one(Newcomer).begin()
            self.query_one(Newcomer).form.fill(new)
        if work.customer:
            self.take_customer(work.customer)

    # --- caller

    def meet(self, found: Front) -> None:
        """Fill in whatever nobody has to type."""
        terms = self.query_one(Terms)
        terms.show_caller(found.caller)
        terms.fill(defaults(found.caller) | {key: text for key, text in self.work.terms.items() if text})
        pad = self.query_one(LinePad)
        pad.meet(found)
        if not self.has_class("-newcomer"):
            (pad.entry.quantity if self.work.typing.get("quantity") else pad.entry.finder.input).focus()
        self.work.terms = terms.values()
        pad.assess()

    def step_back(self) -> bool:
        """Esc: the topmost layer goes; then from the search or the terms to the lines; what was typed stays."""
        if super().step_back():
            return True
        if not self._is_beside_lines:
            return False
        self.show_card()
        self.query_one(Entry).finder.input.focus()
        return True

    @property
    def has_step_back(self) -> bool:
        """There is a way back to the lines."""
        return self._is_beside_lines or super().has_step_back

    @property
    def _is_beside_lines(self) -> bool:
        """A customer is known and the cursor is in the terms, the search or the list of lines."""
        beside = (self.query_one(Terms), self.query_one(CallerPanel), self.query_one(OrderLines))
        at = self.focused
        return self.front is not None and at is not None and any(one in at.ancestors_with_self for one in beside)

    # --- lines and terms

    @on(LinePad.Assessed)
    def _assessed(self, event: LinePad.Assessed) -> None:
        self.case, self._asked, self._unanswered = event.case, (), False
        self.query_one(Totals).show(event.case)
        self.keep()

    @on(Entry.Leave)
    def _leave_lines(self, event: Entry.Leave) -> None:
        """Enter on nothing goes on to the terms; Up goes into the lines, or to the caller."""
        if event.forward:
            self.query_one(Terms).field("contact").input.focus()
        elif self.work.lines:
            self.query_one(OrderLines).focus()
        else:
            self._seek_caller()

    @on(OrderLines.Left)
    def _seek_caller(self) -> None:
        """Up from the first line: another caller may be meant."""
        self.query_one(CallerPanel).show(None)
        self.query_one(CallerPanel).finder.input.focus()

    def on_descendant_focus(self) -> None:
        """In the terms a narrow screen makes room, so that the lines stay in sight."""
        at = self.focused
        self.set_class(at is not None and self.query_one(Terms) in at.ancestors, "-in-terms")

    @on(Terms.Left)
    def _back_to_lines(self) -> None:
        self.query_one(Entry).finder.input.focus()

    @on(Terms.Changed)
    def _term(self) -> None:
        self.work.terms = self.query_one(Terms).values()
        if self.work.customer:
            self.query_one(LinePad).assess()

    @on(Input.Changed)
    def _typing(self) -> None:
        """Every key is kept: a killed desk loses at most the last one (CAL-5)."""
        entry = self.query_one(Entry)
        typing = {
            "caller": self.query_one(CallerPanel).finder.input.value,
            "item": entry.finder.input.value,
            "quantity": entry.quantity.value,
        }
        if not self.work.customer or self.has_class("-newcomer"):
            typing |= {NEW + key: text for key, text in self.query_one(Newcomer).form.values().items()}
        self.work.typing = {name: text for name, text in typing.items() if text}
        self.work.terms = self.query_one(Terms).values()
        self._asked, self._unanswered = (), False
        self.query_one("#said").refresh(layout=True)
        self.keep()

    def action_same(self) -> None:
        """Ctrl+S: the lines of the last order."""
        self.query_one(LinePad).same_again()

    # --- confirm and read back

    @on(Form.Submitted)
    def action_confirm(self) -> None:
        """F9: make the order; a second F9 says yes to what the first one asked."""
        if self._confirmed is not None:
            return
        if self.query_one(Entry).finder.text:
            self.app.refuse(
                Refused("ORD-1", _("A line is typed but not taken yet."), mend=_("Enter takes it; or empty the field."))
            )
            return
        self.work.accepted += self._asked
        self._asked = ()
        self._submit()

    def _submit(self) -> None:
        case, work, self._unanswered = self.case, self.work, False
        self.app.run_errand(
            self, lambda: self.taking.submit(work, case), what=_("the order"), then=self._made, refused=self._not_made
        )

    def answers_again(self) -> None:
        """Submit what nobody answered: under its key it is one order, however often it is sent (ORD-11)."""
        super().answers_again()
        if self._unanswered and self.is_current:
            self._submit()

    def _not_submitted(self, away: Outage) -> None:
        """Keep all as it is: the desk tries again, and so does F9."""
        self._unanswered = away.passes or away.is_unknown
        again = _("{message} All you typed stays; the desk tries again by itself, F9 at once.")
        self.app.refuse(away)
        if self._unanswered:
            self.say(again.format(message=away.message), "refused")

    def _not_made(self, refused: Refused) -> None:
        """Go to what is wrong; a question is answered by F9."""
        if isinstance(refused, Outage):
            self._not_submitted(refused)
            return
        self.app.refuse(refused)
        if not isinstance(refused, NotReady):
            self.query_one(LinePad).assess()
            return
        asked = answerable(refused.findings)
        if asked:
            self._asked = tuple(finding.key for finding in asked)
            self.say(_("{question} F9 says yes.").format(question=in_turn(one.sentence() for one in asked)), "warn")
        else:
            self._go_where(refused.findings[0].field)

    def _go_where(self, field: str) -> None:
        """Put the cursor where a refusal points (ORD-1); the form goes to its own fields itself."""
        if field.startswith("lines."):
            _lines, place, part = field.split(".")
            self.query_one(LinePad).edit(int(place), part)
        elif field == "customer":
            self.query_one(CallerPanel).finder.input.focus()
        elif field == "lines":
            self.query_one(Entry).finder.input.focus()

    def _made(self, confirmed: Confirmed) -> None:
        self._confirmed = confirmed
        self.forget(self.work)
        self.add_class("-reading")
        reading = self.query_one(ReadBack)
        reading.show_sentences(confirmed.sentences)
        reading.focus()
        made = confirmed.made
        if made.state == "confirmed":
            self.say(_("{number} is confirmed. Read it back: Space ticks, F9 ends.").format(number=made.number), "good")
        else:
            why = in_turn(reason.sentence for reason in made.reasons)
            self.say(_("{number} waits for review: {why}").format(number=made.number, why=why), "warn")

    @on(ReadBack.Done)
    def _read_back(self, event: ReadBack.Done) -> None:
        assert self._confirmed is not None
        made, ticked = self._confirmed.made, event.ticked
        told = _("{number} is done.") if ticked else _("{number} is done. It was not read back.")
        self.app.run_errand(
            self, lambda: self.taking.read_back(made.number, ticked), what=_("the read-back"),
            then=lambda _nothing: self.next_call(told.format(number=made.number)), goes_on=True,
        )  # fmt: skip

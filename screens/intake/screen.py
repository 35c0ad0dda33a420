"""The intake: caller, lines, terms and promise on one screen, from the ringing phone to the read-back (CAL-4)."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.case import Case, NotReady, Weight
from ordersdesk.orders.readback import greeting
from screens.intake.caller import CallerPanel, Front
from screens.intake.entry import Entry
from screens.intake.journal import Journal
from screens.intake.line_pad import LinePad
from screens.intake.order_lines import OrderLines
from screens.intake.outcome import Outcome
from screens.intake.readback import ReadBack
from screens.intake.taking import Confirmed, Taking
from screens.intake.terms import Terms, defaults, said
from screens.intake.totals import Totals
from screens.intake.work import Work
from screens.keys import bindings
from screens.main import OrderDesk
from screens.screen import DeskScreen
from screens.widgets.form import Form
from screens.widgets.words import Words


class IntakeScreen(DeskScreen):
    """Everything typed here is kept at once; nothing modal stands between the caller and the order."""

    NAME = N_("New order")
    ABOUT = N_("Find the caller, type the lines, F9 confirms. Ctrl+S takes the same as last time.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm", "park", "same", "leave")]
    CSS_PATH = "intake.tcss"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (110, "-wide")]
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self.work = Work()
        self.case: Case | None = None
        self.front: Front | None = None
        self._confirmed: Confirmed | None = None
        self._asked: tuple[str, ...] = ()

    @cached_property
    def taking(self) -> Taking:
        """What this screen asks of the rooms, for whoever is signed in."""
        desk = self.app.desk
        return Taking(desk, Journal(self.app.home, desk.user.login))

    def body(self) -> ComposeResult:
        """Caller above, lines with their answer in the middle, terms and totals below."""
        yield CallerPanel()
        yield LinePad(self.taking)
        yield Outcome()
        yield Words(lambda: said(self.work.terms), id="said")
        yield Terms(lambda: self.taking.desk)
        yield Totals()
        yield ReadBack(self.taking.desk.now)

    def on_mount(self) -> None:
        """Start with the cursor in the caller."""
        self._load(self.work)

    # --- what the rest of the desk asks for

    async def pop(self, presented: str) -> None:
        """A call came in: what stands here is parked, and the caller's card opens (CAL-3)."""
        if not self.work.is_empty and self._confirmed is None:
            self._park(then=lambda: self._start(presented))
        else:
            self._start(presented)

    async def resume(self, key: str) -> None:
        """Take up a parked call, or what a killed desk left, as it was (CAL-5)."""
        self.app.run_errand(self, lambda: self.taking.resume(key), what=_("the parked call"), then=self._load)

    @property
    def open_call(self) -> str:
        """Return the key of the call being worked on; empty when nothing would be lost."""
        return "" if self.work.is_empty or self._confirmed else self.work.key

    def _start(self, presented: str) -> None:
        self._load(Work(presented=presented))
        if presented:
            find = lambda: self.taking.holders(presented)  # noqa: E731
            self.app.run_errand(self, find, what=_("the caller"), then=self._rings)

    def _rings(self, numbers: list[str]) -> None:
        """One holder is taken; of a shared or unknown number the search shows what there is."""
        if len(numbers) == 1:
            self._take_customer(numbers[0])
        else:
            self.query_one(CallerPanel).finder.input.value = self.work.presented
            self._keep()

    def _load(self, work: Work) -> None:
        """Show an intake as it was."""
        self.work, self.case, self.front, self._confirmed = work, None, None, None
        self._asked = ()
        self.remove_class("-reading")
        self.query_one(Outcome).close()
        self.query_one(CallerPanel).show(None)
        self.query_one(Totals).show(None)
        self.query_one(LinePad).load(work)
        self.query_one(CallerPanel).finder.input.value = work.typing.get("caller", "")
        self.query_one(Terms).fill(dict.fromkeys(self.query_one(Terms).values(), "") | work.terms)
        self.query_one(CallerPanel).finder.input.focus()
        if work.customer:
            self._take_customer(work.customer)

    # --- caller

    @on(CallerPanel.Known)
    def _known(self, event: CallerPanel.Known) -> None:
        self._take_customer(event.number)

    def _take_customer(self, number: str) -> None:
        self.work.customer = number
        self.app.run_errand(self, lambda: self.taking.front(self.work), what=_("the customer"), then=self._meet)

    def _meet(self, found: Front | None) -> None:
        """Show the card and fill in whatever nobody has to type."""
        self.front = found
        if found is None:
            return
        branch, buyer = self.taking.desk.policy.branch, found.caller.buyer
        words = greeting(
            buyer.language or branch.language, company=branch.company, agent=self.taking.desk.user.name,
            name=found.caller.reach.contact or buyer.name,
        )  # fmt: skip
        self.query_one(CallerPanel).show(found, greeting=words)
        terms = self.query_one(Terms)
        terms.show_caller(found.caller)
        terms.fill({key: value for key, value in defaults(found.caller).items() if not self.work.terms.get(key)})
        pad = self.query_one(LinePad)
        pad.meet(found)
        pad.entry.finder.input.focus()
        self.work.terms = terms.values()
        pad.assess()

    # --- lines and terms

    @on(LinePad.Assessed)
    def _assessed(self, event: LinePad.Assessed) -> None:
        self.case = event.case
        self.query_one(Totals).show(event.case)
        self._keep()

    @on(Entry.Leave)
    def _leave_lines(self, event: Entry.Leave) -> None:
        """Enter on nothing goes on to the terms; Up goes into the lines, or to the caller."""
        if event.forward:
            self.query_one(Terms).field("contact").input.focus()
        elif self.work.lines:
            self.query_one(OrderLines).focus()
        else:
            self.query_one(CallerPanel).show(None)
            self.query_one(CallerPanel).finder.input.focus()

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
        self.work.typing = {name: text for name, text in typing.items() if text}
        self.work.terms = self.query_one(Terms).values()
        self._asked = ()
        self._keep()

    def _keep(self) -> None:
        if self._confirmed is None:
            self.taking.journal.keep(self.work)

    def action_same(self) -> None:
        """Ctrl+S: the lines of the last order."""
        self.query_one(LinePad).same_again()

    # --- confirm and read back

    @on(Form.Submitted)
    def _form_confirms(self) -> None:
        self.action_confirm()

    def action_confirm(self) -> None:
        """F9: make the order; a second F9 says yes to what the first one asked."""
        if self._confirmed is not None:
            return
        self.work.accepted += self._asked
        self._asked = ()
        case = self.case
        work = self.work
        self.app.run_errand(
            self, lambda: self.taking.submit(work, case), what=_("the order"), then=self._made, refused=self._not_made
        )

    def _not_made(self, refused: Refused) -> None:
        """Go to what is wrong; a question is answered by F9."""
        self.app.refuse(refused)
        if not isinstance(refused, NotReady):
            self.query_one(LinePad).assess()
            return
        first = refused.findings[0]
        if first.weight is Weight.ASK:
            asked = [finding for finding in refused.findings if finding.weight is Weight.ASK]
            self._asked = tuple(finding.key for finding in asked)
            self.say(_("{question} F9 says yes.").format(question=" ".join(one.sentence() for one in asked)), "warn")
        elif first.field.startswith("lines."):
            _lines, place, field = first.field.split(".")
            self.query_one(LinePad).edit(int(place), field)
        elif first.field == "customer":
            self.query_one(CallerPanel).finder.input.focus()
        elif first.field == "lines":
            self.query_one(Entry).finder.input.focus()

    def _made(self, confirmed: Confirmed) -> None:
        self._confirmed = confirmed
        self.add_class("-reading")
        reading = self.query_one(ReadBack)
        reading.show_sentences(confirmed.sentences)
        reading.focus()
        made = confirmed.made
        if made.state == "confirmed":
            self.say(_("{number} is confirmed. Read it back: Space ticks, F9 ends.").format(number=made.number), "good")
        else:
            why = " ".join(reason.sentence for reason in made.reasons)
            self.say(_("{number} waits for review: {why}").format(number=made.number, why=why), "warn")

    @on(ReadBack.Done)
    def _read_back(self, event: ReadBack.Done) -> None:
        assert self._confirmed is not None
        made, ticked = self._confirmed.made, event.ticked
        self.app.run_errand(
            self, lambda: self.taking.read_back(made.number, ticked), what=_("the read-back"),
            then=lambda _nothing: self._next_call(_("{number} is done.").format(number=made.number)),
        )  # fmt: skip

    # --- the end of a call

    def action_park(self) -> None:
        """F8: put the call aside with everything typed."""
        if self.work.is_empty or self._confirmed is not None:
            self.say(_("There is nothing to park."))
        else:
            self._park(then=lambda: self._next_call(_("The call is parked; home shows it.")))

    def _park(self, then: object) -> None:
        work = self.work
        self.app.run_errand(self, lambda: self.taking.park(work), what=_("parking"), then=lambda _nothing: then())  # type: ignore[operator]

    async def action_leave(self) -> None:
        """F3: leave; a call with something in it needs an outcome first (CAL-6)."""
        if self.open_call:
            self.query_one(Outcome).ask()
        else:
            await self.app.action_leave()

    @on(Outcome.Given)
    def _ended(self, event: Outcome.Given) -> None:
        work, outcome = self.work, event.outcome
        self.app.run_errand(
            self, lambda: self.taking.end(work, outcome), what=_("the call"),
            then=lambda _nothing: self._next_call(_("The call is ended.")),
        )  # fmt: skip

    def _next_call(self, message: str) -> None:
        self._load(Work())
        self.say(message, "good")

    @property
    def has_step_back(self) -> bool:
        """Esc puts the outcome question or the help away before it leaves."""
        return self.query_one(Outcome).is_open or super().has_step_back

    def step_back(self) -> bool:
        """Esc: put the question away; typing goes on."""
        outcome = self.query_one(Outcome)
        if outcome.is_open:
            outcome.close()
            self.query_one(Entry).finder.input.focus()
            return True
        return super().step_back()

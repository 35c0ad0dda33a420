"""The middle of the intake: the lines taken so far, where the next is typed, and the answer beside them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import Case
from ordersdesk.orders.assessment.checks import same_item
from screens.ground.outages import Spoken
from screens.ground.search_thread import Answered
from screens.intake.call.caller import Front
from screens.intake.call.taking import Taking
from screens.intake.call.work import Work, WorkLine
from screens.intake.lines.answer import Answer
from screens.intake.lines.entry import EQUIVALENT, Entry, found_row
from screens.intake.lines.order_lines import OrderLines
from screens.seat.desk import OrderDesk
from screens.widgets.lines import Lines


class LinePad(Spoken, Horizontal):
    """Lines are tried against price and stock before they stand; posts `Assessed` with the case after each change."""

    app = getters.app(OrderDesk)

    @dataclass
    class Assessed(Message):
        """The intake was kept and this is what it comes to."""

        case: Case

    def __init__(self, taking: Taking) -> None:
        super().__init__(id="middle")
        self.taking = taking
        self.work = Work()
        self._front: Front | None = None
        self._editing: int | None = None
        self._once_more = ("", "")  # the code typed and the question whether it is meant once more

    def compose(self) -> ComposeResult:
        """Lines above, typing below, the answer to the right."""
        with Vertical(id="typing"):
            yield OrderLines()
            yield Entry()
        yield Answer()

    @property
    def entry(self) -> Entry:
        """Where lines are typed."""
        return self.query_one(Entry)

    def load(self, work: Work) -> None:
        """Show the lines of another intake, and what was being typed."""
        self.work, self._front, self._editing = work, None, None
        self.query_one(Answer).show(None)
        self.query_one(OrderLines).show_rows([])
        self.entry.usual = ()
        self.entry.start_line(code=work.typing.get("item", ""), quantity=work.typing.get("quantity", ""), focus=False)

    def meet(self, found: Front) -> None:
        """Know the customer: usual items, last order."""
        self._front = found
        self.entry.usual = found.usual

    def assess(self, tried: Work | None = None, *, then: Callable[[Case], object] | None = None) -> None:
        """Keep the intake, hold its goods and show what it comes to."""
        work = deepcopy(tried or self.work)

        def assessed(case: Case) -> None:
            if then:
                then(case)
            self.query_one(OrderLines).show_case(case)
            self.post_message(self.Assessed(case))

        self.app.run_errand(
            self, lambda: self.taking.assess(work), what=_("price and stock"), then=assessed, goes_on=True
        )

    def edit(self, place: int, field: str) -> None:
        """Go to what is wrong with a line."""
        if field == "shortage":
            self._editing = place
            self.entry.ask_shortage(_("How shall the rest come?"))
        else:
            self._load_line(place)

    @on(Entry.Item)
    def _item(self, event: Entry.Item) -> None:
        code, work = event.code, deepcopy(self.work)
        self.app.search.ask(self, "answer", code, lambda: self.taking.quote(work, code))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if self.app.search.is_newest(event.question):
            self.query_one(Answer).show(event.answer)

    @on(Entry.Typed)
    def _typed(self, event: Entry.Typed) -> None:
        """Try the line; it stands only when the goods and the quantity are good."""
        tried = deepcopy(self.work)
        line = WorkLine(event.code, event.quantity)
        place = len(tried.lines) if self._editing is None else self._editing
        tried.lines[place : place + 1] = [line]
        code, question = self._once_more
        tried.accepted += [question] if code == event.code else []
        self.assess(tried, then=lambda case: self._line_done(tried, case, place))

    def _line_done(self, tried: Work, case: Case, place: int) -> None:
        line, entry = case.lines[place], self.entry
        self.query_one(Answer).show(line)
        if line.trouble:
            entry.quantity.focus()
            self.app.refuse(line.trouble)
            return
        if self._editing is None and self._asks_once_more(case, place):
            return
        self.work.lines, self.work.accepted = tried.lines, tried.accepted
        if line.asks_how:
            self._editing = place
            entry.ask_shortage(
                _("{left} left, {wanted} wanted").format(left=line.quantity - line.short, wanted=line.quantity)
            )
            return
        self._next_line()

    def _asks_once_more(self, case: Case, place: int) -> bool:
        """Ask whether goods of another line are meant once more; the same Enter again is the yes (ORD-4)."""
        asked = same_item(case, place)
        if asked is None or asked.key == self._once_more[1]:
            return False
        self._once_more = (case.lines[place].draft.item, asked.key)
        self.entry.quantity.focus()
        mend = _("Enter again takes it as a line of its own; Esc leaves it.")
        self.app.refuse(Refused(asked.rule, asked.sentence(), mend=mend))
        self.assess()
        return True

    def _next_line(self) -> None:
        self._editing, self._once_more = None, ("", "")
        self.entry.start_line()

    @on(Entry.Shortage)
    def _shortage(self, event: Entry.Shortage) -> None:
        if self._editing is None:
            return
        place = self._editing
        if event.choice == EQUIVALENT:
            code = self.work.lines.pop(place).item
            self._next_line()
            self.assess()
            self.app.run_errand(self, lambda: self.taking.instead_of(code), what=_("other items"),
                                then=lambda found: self.entry.offer([found_row(item) for item in found]))  # fmt: skip
            return
        self.work.lines[place].shortage = event.choice
        self.assess(then=lambda case: self._rest_settled(case, place))

    def _rest_settled(self, case: Case, place: int) -> None:
        """Go on; a line of which nothing is here and nothing shall come is none."""
        line = case.lines[place]
        self._next_line()
        if line.ware and not line.ordered:
            self._removed(OrderLines.Removed(place))
            self.app.say(_("{goods}: nothing is here, the line is left out.").format(goods=line.ware.full_name))

    @on(Lines.Chosen, "#lines")
    def _change(self, event: Lines.Chosen) -> None:
        event.stop()
        self._load_line(event.row.key)

    def _load_line(self, place: int) -> None:
        self._editing = place
        line = self.work.lines[place]
        self.entry.start_line(code=line.item, quantity=line.quantity)

    @on(OrderLines.Removed)
    def _removed(self, event: OrderLines.Removed) -> None:
        del self.work.lines[event.place]
        self.assess()
        if not self.work.lines:
            self._next_line()

    def same_again(self) -> None:
        """Take the lines of the last order."""
        if self._front is None:
            self.app.say(_("Who is calling? The customer comes first."), "warn")
            return
        who = self._front.caller.buyer.id
        self.app.run_errand(self, lambda: self.taking.same_again(who), what=_("the last order"), then=self._same)

    def _same(self, lines: list[WorkLine]) -> None:
        if not lines:
            self.app.say(_("There is no earlier order of this customer."), "warn")
            return
        self.work.lines += lines
        self._next_line()
        self.assess()

"""One order: read it, decide about it, read it back to the caller, say where it is, correct, pull back or cancel it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.deciding import make_code
from ordersdesk.delivery.slips.allocating_actions import Order as ToAllocate
from ordersdesk.delivery.whereabouts.queries import where_is
from ordersdesk.foundation.texts.language import N_, _, in_turn
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.entry.actions import note_read_back
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.change.compare.reading import may_change
from screens.change.screen import ChangeScreen
from screens.dispatch.allocating_screen import AllocatingScreen
from screens.forms.asking_screen import AskingScreen
from screens.forms.question import Question
from screens.ground.layers import Shown
from screens.intake.readback import ReadBack
from screens.order.acts import (
    ACTS,
    Act,
    Answers,
    Read,
    may_allocate,
    may_answer,
    may_correct,
    may_regret,
    read,
)
from screens.order.code import CodeShown
from screens.order.page import page
from screens.order.sheet_screen import SheetScreen
from screens.seat.desk import OrderDesk
from screens.slip.list_screen import SlipsScreen
from screens.widgets.keybar import Hint, KeyBar
from screens.widgets.sheet import Sheet

PRINTED = ("review", "confirmed", "closed")  # there is something to confirm
OVER = ("-reading", "-code")  # what stands over the page


class OrderScreen(AskingScreen):
    """A page of everything about the order; the keys are those that act on it now."""

    NAME = N_("Order")
    ABOUT = N_(
        "R reads the order back, W says where it is, A asks whoever it waits for. The key bar shows what is possible."
    )
    DEFAULT_CSS = """
    OrderScreen Sheet { height: 1fr; }
    OrderScreen ReadBack, OrderScreen CodeShown { display: none; }
    OrderScreen.-reading ReadBack { display: block; height: 1fr; }
    OrderScreen.-code CodeShown { display: block; height: 1fr; }
    OrderScreen.-reading Sheet, OrderScreen.-code Sheet { display: none; }
    """
    MAIN = "Sheet"
    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._read: Read | None = None
        self._counts_down = False

    def body(self) -> ComposeResult:
        """The page, what may take its place, and what an act may ask."""
        yield Sheet()
        yield ReadBack(self.app.desk.now)
        yield CodeShown()
        yield Question()

    def top_title(self) -> str:
        """The order by its number."""
        return f"{_(self.NAME)} {self._number}"

    def on_mount(self) -> None:
        """Count down the seconds in which it can be pulled back."""
        self.set_interval(1.0, self._tick)

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(self, partial(read, self.app.desk, self._number), what=_("the order"), then=self._show)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def _show(self, found: Read) -> None:
        same = self._read is not None
        self._read = found
        self._counts_down = may_regret(self.app.desk, found) > 0
        order, desk = found.order, self.app.desk
        self.query_one(Sheet).show(lambda width: page(order, found.entries, desk, width, slips=found.slips), keep=same)
        self.refresh_bindings()

    def _tick(self) -> None:
        if self._counts_down and self._read:
            # Once more when it is over, so that the key goes.
            self._counts_down = may_regret(self.app.desk, self._read) > 0
            self.query_one(KeyBar).refresh()

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What can be done now."""
        if self._read is None or self.is_asking or any(self.has_class(name) for name in OVER):
            return ()
        found, desk = self._read, self.app.desk
        acts = [
            Hint(act.key, self._label(act, found), rank=act.rank, do=partial(self._begin, act, found))
            for act in ACTS.values()
            if act.offered(desk, found)
        ]
        if may_correct(desk, found):
            acts.insert(0, Hint("e", _("Correct"), rank=1, do=partial(self.app.correct_order, self._number)))
        return [*acts, *self._more_hints(found)]

    def _more_hints(self, found: Read) -> Iterator[Hint]:
        """Show what belongs to the order, and what else can be shown of it."""
        desk, app, head = self.app.desk, self.app, found.order.head
        if may_answer(desk, found):
            yield Hint("k", _("Make a code"), rank=3, do=self._make_code)
        yield Hint("r", _("Read back"), do=partial(self._read_back, found))
        yield Hint("w", _("Where is it?"), do=self._say_where)
        if may_change(desk, head):
            yield Hint("h", _("Change"), do=self.shows(ChangeScreen, self._number))
        if head.state in PRINTED:
            yield Hint("p", _("Confirmation sheet"), rank=3, do=self.shows(SheetScreen, self._number))
        if may_allocate(desk, found):
            yield Hint("m", _("Make slips"), rank=2, do=self._allocate)
        if found.slips:
            yield Hint("l", _("Slips"), rank=2, do=partial(self._go_to_slips, found))
        yield Hint("c", _("Customer card"), rank=4, do=partial(app.show_customer, head.customer_id))

    def _label(self, act: Act, found: Read) -> str:
        seconds = may_regret(self.app.desk, found) if act.name == "regret" else 0
        return _("{label} ({seconds} s)").format(label=_(act.label), seconds=seconds) if seconds else _(act.label)

    def _say_where(self) -> None:
        """Answer "where is my order?" (ORD-14)."""
        work = partial(where_is, self.app.desk, self._number)
        self.app.run_errand(self, work, what=_("where it is"), then=lambda told: self.say(in_turn(told), "good"))

    async def _allocate(self) -> None:
        await self.app.push_screen(AllocatingScreen(ToAllocate(numbers=(self._number,)), self._allocated))

    def _allocated(self, told: str, tone: str) -> None:
        """Say what became of it, on the page as it is now."""
        self.on_screen_resume()
        self.say(told, tone)

    async def _go_to_slips(self, found: Read) -> None:
        """One slip opens at once."""
        if len(found.slips) == 1:
            self.app.show_slip(found.slips[0].number)
        else:
            await self.app.push_screen(SlipsScreen(self._number))

    def _open(self, name: str, away: Callable[[], object]) -> None:
        self.layer_stack.opened(Shown(self, name, away))
        self.add_class(name)

    async def _close(self) -> None:
        self.remove_class(*OVER)
        self.query_one(CodeShown).forget()
        await self.close_question()

    # --- acts

    async def _begin(self, act: Act, found: Read) -> None:
        if not act.asks:
            self._do(act, found, {})
        else:
            usual = act.fills(found) if act.fills else {}
            fields = [replace(field, default=usual.get(field.key, field.default)) for field in act.asks]
            await self.question.ask(fields, partial(self._answered, act))

    def _answered(self, act: Act, answers: Mapping[str, str]) -> None:
        if self._read:
            self._do(act, self._read, answers)

    def _do(self, act: Act, found: Read, answers: Answers) -> None:
        work: Callable[[], str] = partial(act.do, self.app.desk, found, answers)
        self.app.run_errand(self, work, what=_("the order"), then=self._again)

    async def _again(self, told: str) -> None:
        await self._close()
        self.say(told, "good")
        self.on_screen_resume()

    # --- reading back (JOY-1), reading out a code (JOY-10)

    def _read_back(self, found: Read) -> None:
        reading = self.query_one(ReadBack)
        self._open("-reading", lambda: None)
        desk = self.app.desk
        reading.show_sentences(sentences(found.order, found.language, plan=desk.policy.phones, today=desk.today()))
        reading.focus()

    @on(ReadBack.Done)
    def _was_read(self, event: ReadBack.Done) -> None:
        told = _("Read back and kept.") if event.ticked else _("Nothing was ticked: it was not read back.")
        work = partial(note_read_back, self.app.desk, number=self._number, ticked=event.ticked)
        self.app.run_errand(self, work, what=_("the read-back"), then=lambda _done: self._again(told))

    def _make_code(self) -> None:
        work = partial(make_code, self.app.desk, ORDER_FLOW.kind, self._number)
        self.app.run_errand(self, work, what=_("the code"), then=self._show_code)

    def _show_code(self, code: str) -> None:
        shown = self.query_one(CodeShown)
        self._open("-code", shown.forget)
        shown.show(code, self._number, minutes=self.app.desk.policy.approvals.code_minutes)

"""One document after the other: G grants, D denies, and the next one opens by itself (ORD-11, ORD-13).

A decision is about what is on the screen: it carries the number and the version that were shown, and what was shown
is decided once. No key typed ahead reaches the next document (`keep_until_seen`): it is kept aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.approvals.queries import Waits
from ordersdesk.deciding import Decided, deny, grant
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from screens.approvals.page import page
from screens.approvals.reading import Asking, read
from screens.change.request.screen import RequestScreen
from screens.forms.asking_screen import AskingScreen
from screens.forms.question import Question
from screens.kit.decisions import told_decision
from screens.order.acts import WHY_NOT
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet


class DecidingScreen(AskingScreen):
    """Shows the documents of a queue, each until it is decided or passed over."""

    NAME = N_("Approval")
    ABOUT = N_("G grants, D denies with a reason, N passes it over; then the next one opens. O opens its own page.")
    DEFAULT_CSS = """
    DecidingScreen Sheet { height: 1fr; }
    """
    MAIN = "Sheet"
    app = getters.app(OrderDesk)

    def __init__(self, upcoming: Iterator[Waits]) -> None:
        super().__init__()
        self._upcoming = upcoming
        self._dealt_with: set[tuple[str, int]] = set()
        self._at: Waits | None = None
        self._shown: Asking | None = None
        self._told = ("", "note")

    def body(self) -> ComposeResult:
        """The document, and the question why it is denied."""
        yield Sheet()
        yield Question()

    def top_title(self) -> str:
        """The document by its number."""
        return f"{_(self.NAME)} {self._at.document}" if self._at else _(self.NAME)

    def on_screen_resume(self) -> None:
        """Read the document as it is now; at first, the one that was opened."""
        if self._at is None:
            self._go_on()
        elif self._shown is not None:
            self._read(self._at)

    def on_language(self) -> None:
        """Read it in the other language."""
        if self._at is not None and self._shown is not None:
            self._read(self._at)

    # --- one after the other

    def _go_on(self, told: str = "", tone: str = "good") -> None:
        """Open the next document that is not dealt with; after the last, go back to the queue."""
        self._told = (told, tone) if told else self._told
        self._shown = None
        self._at = next((one for one in self._upcoming if (one.kind, one.document_id) not in self._dealt_with), None)
        if self._at is None:
            self.app.call_later(self.app.leave_saying, *self._told)
        else:
            self._dealt_with.add((self._at.kind, self._at.document_id))
            self._read(self._at)

    def _read(self, one: Waits) -> None:
        work = partial(read, self.app.desk, one.kind, one.document, about=one.about)
        self.app.run_errand(self, work, what=_("the next document"), then=self._show, refused=self._pass_over)

    def _show(self, asking: Asking) -> None:
        assert self._at is not None
        self._shown = asking
        sheet = self.query_one(Sheet)
        sheet.show(lambda width: page(asking, self.app.desk, width))
        if not self.is_asking:
            sheet.focus()
        self.say(*self._told)
        self._told = ("", "note")
        self.query_one("TopLine").refresh()
        self.refresh_bindings()
        if asking.version != self._at.document_version:
            self.app.set_aside()
            self.say(_("{number} has changed since it was listed.").format(number=asking.number), "warn")

    def _pass_over(self, refused: Refused) -> None:
        """Say why this one is not decided here, and go on; what was typed ahead is kept aside, not typed."""
        self.app.set_aside()
        self._go_on(str(refused), "refused")

    # --- deciding

    def verb_hints(self) -> Sequence[Hint]:
        """Grant, deny, pass over, look closer."""
        if self._shown is None or self.is_asking:
            return ()
        asking = self._shown
        why_not = partial(self.question.ask, [WHY_NOT], partial(self._deny, asking), about=asking.number)
        return [
            Hint("g", _("Grant"), rank=0, do=lambda: self._decide(asking, partial(self._granted, asking))),
            Hint("d", _("Deny"), rank=0, do=why_not),
            Hint("n", _("Next one"), rank=1, do=partial(self._leave_waiting, asking)),
            Hint("o", _("Open its page"), rank=3, do=partial(self._open_page, asking)),
        ]

    def _leave_waiting(self, asking: Asking) -> None:
        self.app.keep_until_seen()
        self._go_on(_("{number} is passed over; it still waits.").format(number=asking.number), "note")

    def _granted(self, asking: Asking) -> Decided:
        return grant(self.app.desk, asking.flow.kind, asking.number, seen_version=asking.version)

    def _denied(self, asking: Asking, reason: str) -> Decided:
        return deny(self.app.desk, asking.flow.kind, asking.number, seen_version=asking.version, reason=reason)

    def _deny(self, asking: Asking, answers: Mapping[str, str]) -> None:
        shown = self._shown
        if shown is not None and shown.number == asking.number:
            self._decide(shown, partial(self._denied, shown, answers["reason"]))

    def _decide(self, asking: Asking, work: Callable[[], Decided]) -> None:
        """Decide once about what is shown: until the next document is there, there is nothing to decide."""
        self._shown = None
        refused = partial(self._not_decided, asking)
        self.app.run_errand(self, work, what=_("the decision"), then=self._decided, refused=refused)

    async def _decided(self, decided: Decided) -> None:
        await self.close_question()
        self._go_on(told_decision(decided))

    async def _not_decided(self, asking: Asking, refused: Refused) -> None:
        """A reason can be mended; of anything else say why and go on."""
        if refused.field == "reason":
            self._shown = asking
            self.app.refuse(refused)
        else:
            await self.close_question()
            self._pass_over(refused)

    async def _open_page(self, asking: Asking) -> None:
        if asking.flow is CHANGE_FLOW:
            await self.app.push_screen(RequestScreen(asking.number))
        elif asking.order_number:
            await self.app.show_order(asking.order_number)
        elif asking.customer_id:
            await self.app.show_customer(asking.customer_id)

"""Comparing what is typed with what was agreed: while somebody types, and before the next key counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import getters, on
from textual.containers import Vertical
from textual.message import Message

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.changes.plan.comparison import Comparison
from ordersdesk.orders.terms.change_draft import Change
from screens.change.compare.reading import Known, Result, tried
from screens.change.compare.work import ChangeWork
from screens.ground.search_thread import Answered, SearchFailed
from screens.seat.desk import OrderDesk

KIND = "change"  # of question to the search thread: only the newest is answered


class Comparing(Vertical):
    """Posts `Compared` whenever it is known what the change comes to now."""

    app = getters.app(OrderDesk)

    @dataclass
    class Compared(Message):
        """This is what the change comes to."""

        result: Result

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.work = ChangeWork("")
        self.known: Known | None = None
        self.result: Result | None = None

    def draw(self) -> None:
        """Show what is typed and what it comes to."""
        raise NotImplementedError

    def change(self) -> Change:
        """Return what is typed; refused when it cannot be read."""
        assert self.known is not None
        return self.work.change(version=self.known.head.version, today=self.app.desk.today())

    def recompute(self) -> None:
        """Compare while somebody types."""
        if self.known is None:
            return
        try:
            self.app.search.ask(self, KIND, "", partial(tried, self.app.desk, self.change()))
        except Refused as refused:
            self.app.search.forget(KIND)
            self._show(refused)

    def compare(self, then: Callable[[Comparison], object], *, otherwise: Callable[[], object] = lambda: None) -> None:
        """Compare before the next key counts; a refusal is said, `otherwise` is done before."""

        def compared(result: Result) -> None:
            if isinstance(result, Refused):
                otherwise()
                self.app.refuse(result)
            self._show(result)
            if not isinstance(result, Refused):
                then(result)

        self.app.search.forget(KIND)
        try:
            work = partial(tried, self.app.desk, self.change())
        except Refused as refused:
            compared(refused)
            return
        self.app.run_errand(self, work, what=_("old and new"), then=compared)

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.app.search.forget(KIND)

    def on_language(self) -> None:
        """What was said was said in the other language."""
        self.recompute()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if self.app.search.is_newest(event.question):
            self._show(event.answer)

    @on(SearchFailed)
    def _failed(self, event: SearchFailed) -> None:
        event.tell(self.app.say)

    def _show(self, result: Result) -> None:
        self.result = result
        self.draw()
        self.post_message(self.Compared(result))

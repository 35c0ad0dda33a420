"""Partly refused at the door: how many pieces of which line came back, why, and what was paid (SLP-6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.texts import full_name
from screens.forms.asking_screen import AskingScreen
from screens.forms.counting import Count, Counting
from screens.forms.question import Question
from screens.ground.keys import bindings
from screens.seat.desk import OrderDesk
from screens.slip.outcomes import Outcome, as_refused, refusing_fields
from screens.widgets.rows import Column

COLUMNS = (
    Column(NP_("goods", "of"), 8, right=True),
    Column(N_("Code"), 10),
    Column(N_("Item"), least=24, inside=True),
)


def counted_lines(slip: SlipView, *, all_of_it: bool) -> list[Count]:
    """Return a slip's lines to count, beginning with all of each or with none."""
    return [
        Count(
            line.position,
            (f"{line.pieces} {line.unit}".strip(), line.code, full_name(line.name, line.spec)),
            line.pieces if all_of_it else 0,
            line.pieces,
        )
        for line in slip.lines
    ]


class RefusingScreen(AskingScreen):
    """Type what came back on each line; F9 goes on to the reason."""

    NAME = N_("Came back")
    ABOUT = N_("Type on each line how many pieces came back; Enter goes on, F9 asks why.")
    DEFAULT_CSS = "RefusingScreen Counting { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    MAIN = "Counting"
    app = getters.app(OrderDesk)

    def __init__(self, number: str, then: Callable[[Outcome], object]) -> None:
        super().__init__()
        self._number = number
        self._then = then
        self._slip: SlipView | None = None

    def body(self) -> ComposeResult:
        """The lines, and the reason below."""
        keep_as = f"back {self._number}"
        yield Counting(NP_("goods", "Back"), COLUMNS, warns=lambda number, _most: number > 0, keep_as=keep_as)
        yield Question()

    def top_title(self) -> str:
        """The slip by its number."""
        return f"{_(self.NAME)} {self._number}"

    def on_mount(self) -> None:
        """Read its lines."""
        self.app.run_errand(self, partial(by_number, self.app.desk, self._number), what=_("the slip"), then=self._show)

    def _show(self, slip: SlipView) -> None:
        self._slip = slip
        counting = self.query_one(Counting)
        counting.count(counted_lines(slip, all_of_it=False))
        counting.focus()
        self.refresh_bindings()

    @on(Counting.Done)
    async def action_confirm(self) -> None:
        """F9, or Enter on the last line: ask for the reason."""
        if self._slip is None:
            return
        if not any(self.query_one(Counting).numbers.values()):
            self.app.set_aside()
            self.say(_("Nothing came back: type how many pieces did, or Esc."), "warn")
            return
        await self.question.ask(refusing_fields(self._slip.head), self._answered)

    def _answered(self, answers: Mapping[str, str]) -> None:
        assert self._slip is not None
        counting = self.query_one(Counting)
        outcome = as_refused(self._slip, counting.numbers, answers)
        counting.forget()
        self.question.drop()
        self.app.call_later(self.app.leave_with, partial(self._then, outcome))

"""Not all was on the shelf: what was found on each line; the rest goes back to its order (SLP-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.picking.actions import Picked, pick
from ordersdesk.foundation.texts.language import N_, _
from screens.forms.asking_screen import AskingScreen
from screens.forms.counting import Counting
from screens.forms.question import Question
from screens.ground.keys import bindings
from screens.seat.desk import OrderDesk
from screens.slip.acts import parcels_field, parcels_of, told_picked
from screens.slip.refusing_screen import COLUMNS, counted_lines


class PickingScreen(AskingScreen):
    """Type what was found where it is not all; F9 asks for the parcels."""

    NAME = N_("Picked")
    ABOUT = N_("Type on each line how many were on the shelf; all stands there. F9 goes on to the parcels.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    DEFAULT_CSS = "PickingScreen Counting { height: 1fr; }"
    MAIN = "Counting"
    app = getters.app(OrderDesk)

    def __init__(self, number: str, then: Callable[[str], object]) -> None:
        super().__init__()
        self._number = number
        self._then = then
        self._slip: SlipView | None = None

    def body(self) -> ComposeResult:
        """The lines, and the parcels below."""
        keep_as = f"found {self._number}"
        yield Counting(N_("Found"), COLUMNS, warns=lambda number, most: number < most, keep_as=keep_as)
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
        counting.count(counted_lines(slip, all_of_it=True))
        counting.focus()

    @on(Counting.Done)
    async def action_confirm(self) -> None:
        """F9, or Enter on the last line: how many parcels?"""
        if self._slip:
            await self.question.ask([parcels_field()], self._picked)

    def _picked(self, answers: Mapping[str, str]) -> None:
        found = dict(self.query_one(Counting).numbers)
        work = partial(pick, self.app.desk, self._number, found=found, parcels=parcels_of(answers))
        self.app.run_errand(self, work, what=_("picking"), then=self._done)

    def _done(self, picked: Picked) -> None:
        self.query_one(Counting).forget()
        self.question.drop()
        self.app.call_later(self.app.leave_with, partial(self._then, told_picked(picked)))

"""The screen on which a new customer is made."""

from __future__ import annotations

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.foundation.texts.language import N_
from screens.customer.newcomer import Newcomer
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen

KEPT = "new customer"


class MakingScreen(DeskScreen):
    """Enter goes on from field to field; the last one saves, F9 saves from anywhere."""

    NAME = N_("New customer")
    ABOUT = N_("Name, phone, address and territory are needed; the rest can be completed later.")
    DEFAULT_CSS = "MakingScreen Newcomer { margin: 1 0 0 0; max-width: 90; }"
    app = getters.app(OrderDesk)

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text

    def body(self) -> ComposeResult:
        """The form."""
        yield Newcomer(keep_as=self._kept_as)

    @property
    def _kept_as(self) -> str:
        """Typing is kept by the search it began with: another search is another customer."""
        return f"{KEPT} {self._text}"

    @property
    def newcomer(self) -> Newcomer:
        """The form with its question."""
        return self.query_one(Newcomer)

    def on_mount(self) -> None:
        """Start with what was typed in the search; what was left unfinished behind the same search is here again."""
        if self._kept_as not in self.app.kept_forms:
            self.newcomer.begin(self._text)

    @on(Newcomer.Created)
    @on(Newcomer.Chosen)
    def _made(self, event: Newcomer.Created | Newcomer.Chosen) -> None:
        self.app.call_later(self.app.leave_for, self.app.rooms.customer_screen(event.customer_id))

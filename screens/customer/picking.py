"""Choosing which contact or address is changed, or that a new one is added."""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.foundation.texts.language import N_, _
from screens.customer.changing import Change, ChangingScreen
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row


class PickingScreen(DeskScreen):
    """Enter opens the form of the line."""

    ABOUT = N_("Enter changes the line under the cursor; the last line adds a new one.")
    app = getters.app(OrderDesk)

    def __init__(self, title: str, whose: str, options: Sequence[tuple[str, Change]]) -> None:
        super().__init__()
        self._title = title
        self._whose = whose
        self._options = options

    def top_title(self) -> str:
        """What is chosen, and whose."""
        return f"{_(self._title)} · {self._whose}"

    def body(self) -> ComposeResult:
        """The list."""
        yield Lines([Column("")], titles=False)

    def on_mount(self) -> None:
        """Fill it."""
        rows = [Row(n, (label or "–",), data=change) for n, (label, change) in enumerate(self._options)]
        self.query_one(Lines).show_rows(rows)

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        self.app.call_later(self.app.leave_for, ChangingScreen(event.row.data))

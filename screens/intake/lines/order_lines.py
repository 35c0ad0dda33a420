"""The lines of the order being taken: code, goods, quantity, price, amount, and what is short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.assessment.case import Case, Line
from screens.ground.keys import bindings
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("No."), 4, right=True),
    Column(N_("Code"), 8),
    Column(N_("Item"), least=22, inside=True),
    Column(N_("Qty"), 8, right=True),
    Column(N_("Price"), 9, right=True, drop=2),
    Column(N_("Amount"), 9, right=True, drop=1),
)


class OrderLines(Lines):
    """Enter changes a line, Delete takes it out, Esc goes back to typing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("remove")]

    @dataclass
    class Removed(Message):
        """A line is to be taken out."""

        place: int

    class Left(Message):
        """Up on the first line: what stands above is wanted."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=N_("Type a code, a bar code, initials or a word."), id="lines")
        self.marks_cursor = False

    def show_case(self, case: Case) -> None:
        """Show the lines as they are priced now, the last one in sight."""
        stood = self.cursor
        self.show_rows([_row(line) for line in case.lines])
        self.move_to(stood if self.has_focus else len(case.lines) - 1)

    def on_focus(self) -> None:
        """The cursor is shown while one moves in the lines."""
        self.marks_cursor = True
        self.refresh()

    def on_blur(self) -> None:
        """Typing goes on elsewhere."""
        self.marks_cursor = False
        self.refresh()

    def action_up(self) -> None:
        """One line up; from the first one out of the list."""
        if self.cursor > 0:
            super().action_up()
        else:
            self.post_message(self.Left())

    def action_remove(self) -> None:
        """Delete: take the line out."""
        if self.current:
            self.post_message(self.Removed(self.cursor))

    def key_labels(self) -> Mapping[str, str]:
        """Enter changes a line."""
        return {"choose": NP_("line", "Change")}

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return _("Lines"), _("Enter changes a line, Delete takes it out, Esc goes back to typing.")


def _row(line: Line) -> Row:
    if line.ware is None or line.trouble:
        reason = line.trouble.message if line.trouble else ""
        return Row(line.place, (str(line.place + 1), line.draft.item, reason, str(line.draft.quantity)), tone="warn")
    goods = line.ware.full_name
    if line.short:
        goods = _("{goods} · {short} short").format(goods=goods, short=line.short)
    cells = (
        str(line.place + 1),
        line.ware.code,
        goods,
        f"{line.ordered} {line.ware.unit}",
        formatted(line.price),
        formatted(line.amount),
    )
    return Row(line.place, cells, tone="warn" if line.short else "", data=line)

"""The slips of one order: what is on each and where it is; Enter opens one (SLP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.foundation.texts.money import formatted
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.laying import Line, spread
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("Slip"), 15),
    Column(N_("State"), 14),
    Column(N_("Leaves"), least=19),
    Column(N_("Route"), 10, drop=1),
    Column(N_("Pieces"), 7, right=True),
    Column(N_("To pay"), 11, right=True),
)
TONES = {"delivered": "good", "failed": "warn", "refused": "warn", "void": "muted"}


def of_order(desk: Desk, order: str) -> tuple[SlipRow, ...]:
    """Return an order's slips, also those that are over."""
    return tuple(slips(desk, state="", order=order))


def told(rows: Sequence[SlipRow], width: int) -> list[Line]:
    """Lay out an order's slips for its page."""
    return [spread(_one(row), _(row.stands), width, role="", right_role=_role(row)) for row in rows]


def _role(row: SlipRow) -> str:
    return {"muted": "muted", "good": "good", "warn": "warn"}.get(TONES.get(row.state, ""), "accent")


def _one(row: SlipRow) -> str:
    pieces = ngettext("{count} piece", "{count} pieces", row.pieces).format(count=row.pieces)
    leaves = f"{short_day(row.leaves_on)} {row.wave}".strip()
    return " · ".join(filter(None, (row.number, pieces, leaves, row.goes_with)))


class SlipsScreen(DeskScreen):
    """Enter opens one."""

    NAME = N_("Slips of")
    ABOUT = N_("Every slip of the order, also those that are over. Enter opens one.")
    DEFAULT_CSS = "SlipsScreen Lines { height: 1fr; }"
    app = getters.app(OrderDesk)

    def __init__(self, order: str) -> None:
        super().__init__()
        self._order = order

    def body(self) -> ComposeResult:
        """The list."""
        yield Lines(COLUMNS, empty=N_("Nothing is allocated yet."))

    def top_title(self) -> str:
        """The order by its number."""
        return f"{_(self.NAME)} {self._order}"

    def on_screen_resume(self) -> None:
        """Read them as they are now."""
        work = partial(of_order, self.app.desk, self._order)
        self.app.run_errand(self, work, what=_("the slips"), then=self._show)

    def on_language(self) -> None:
        """Read them in the other language."""
        self.on_screen_resume()

    def _show(self, rows: Sequence[SlipRow]) -> None:
        self.query_one(Lines).show_rows([_row(row) for row in rows], keep=True)
        self.query_one(Lines).focus()

    @on(Lines.Chosen)
    def _open(self, event: Lines.Chosen) -> None:
        self.app.show_slip(event.row.key)


def _row(row: SlipRow) -> Row:
    leaves = f"{short_day(row.leaves_on)} {row.wave}".strip()
    cells = (
        row.number, _(row.stands), leaves, row.goes_with, str(row.pieces), formatted(row.due),
    )  # fmt: skip
    return Row(row.number, cells, tone=TONES.get(row.state, ""))

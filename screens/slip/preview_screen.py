"""A slip exactly as it is printed as text: the same form, the same cells, copy after copy (SLP-3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.delivery.papers.actions import preview
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.printing.devices.plain import WIDTH as CELLS
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.laying import Line
from screens.widgets.sheet import Sheet


class PreviewScreen(DeskScreen):
    """Nothing is counted as printed by looking at it."""

    NAME = N_("Preview")
    ABOUT = N_("The slip as a text printer prints it, all its copies. Looking at it prints nothing.")
    DEFAULT_CSS = """
    PreviewScreen #body { padding: 0; }
    PreviewScreen Sheet { height: 1fr; scrollbar-size-vertical: 0; }
    """
    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def body(self) -> ComposeResult:
        """The paper."""
        yield Sheet()

    def top_title(self) -> str:
        """The slip by its number."""
        return f"{_(self.NAME)} {self._number}"

    def on_screen_resume(self) -> None:
        """Make it as it would be printed now."""
        self.app.run_errand(self, partial(preview, self.app.desk, self._number), what=_("the slip"), then=self._show)

    def _show(self, pages: Sequence[Sequence[str]]) -> None:
        self.query_one(Sheet).show(partial(_lines, pages))
        self.query_one(Sheet).focus()


def _lines(pages: Sequence[Sequence[str]], _width: int) -> list[Line]:
    """Lay out page after page; a rule stands where the paper is torn off."""
    lines: list[Line] = []
    for page in pages:
        lines += [((line, ""),) for line in page]
        lines.append((("┄" * CELLS, "muted"),))
    return lines

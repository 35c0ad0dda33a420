"""The stops of one route sheet, and what was said of each; what is done to it comes on top (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.papers.actions import Printed
from ordersdesk.delivery.routes.queries import sheet as read_sheet
from ordersdesk.delivery.routes.views import SheetView
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.question import Question
from screens.kit.printing import PrintingScreen
from screens.route.rows import STOPS, heading, stop_row, told_of
from screens.seat.desk import OrderDesk
from screens.slip.outcomes import Outcome
from screens.widgets.lines import Lines
from screens.widgets.sheet import Sheet

T = TypeVar("T")
Next = Callable[[], Awaitable[None]]


class StopsScreen(PrintingScreen):
    """The stops in their order, the one under the cursor in full."""

    NAME = N_("Route sheet")
    DEFAULT_CSS = """
    StopsScreen #heading { height: 2; margin: 0 0 1 0; }
    StopsScreen #stops { height: 1fr; }
    StopsScreen #detail { height: 2; }
    """
    MAIN = "#stops"
    app = getters.app(OrderDesk)

    def __init__(self, found: SheetView) -> None:
        super().__init__()
        self.sheet = found
        self._is_fresh = True

    def body(self) -> ComposeResult:
        """How it goes, the stops, in full the one under the cursor, and what an act asks."""
        for part in (Sheet(id="heading"), Lines(STOPS, empty=N_("Nothing is loaded: scan a slip."), id="stops")):
            part.can_focus = part.id == "stops"
            yield part
        detail = Sheet(id="detail")
        detail.can_focus = False
        yield detail
        yield Question()

    @property
    def number(self) -> str:
        """Which sheet it is."""
        return self.sheet.head.number

    @property
    def said(self) -> dict[str, Outcome]:
        """What was said of its slips and is not written yet, in the order it was said."""
        return self.app.said_of.setdefault((self.app.desk.user.login, self.number), {})

    @property
    def lines(self) -> Lines:
        """The stops."""
        return self.query_one("#stops", Lines)

    @property
    def at(self) -> SlipHead | None:
        """The stop under the cursor."""
        return self.lines.current.data if self.lines.current else None

    def top_title(self) -> str:
        """The sheet by its number."""
        return f"{_(self.NAME)} {self.number}"

    # --- reading and drawing

    def on_screen_resume(self) -> None:
        """Show it as it is now; what was read to open it needs no second reading."""
        if self._is_fresh:
            self._is_fresh = False
            self.show(self.sheet)
            self.go_to_open()
        else:
            self.read_again()

    def on_language(self) -> None:
        """Say everything in the other language."""
        self.show(self.sheet)

    def read_again(self, told: str = "", tone: str = "good", *, then: Next | None = None) -> None:
        """Read the sheet anew; say what was done, and go on."""

        async def shown(found: SheetView) -> None:
            self.show(found)
            if told:
                self.say(told, tone)
            if then:
                await then()

        self.app.run_errand(
            self, partial(read_sheet, self.app.desk, self.number), what=_("the route sheet"), then=shown
        )

    def show(self, found: SheetView) -> None:
        """Show the sheet as it was read, with what was said since."""
        self.sheet = found
        open_ones = {slip.number for slip in found.open} if found.head.state == "departed" else set[str]()
        for number in [number for number in self.said if number not in open_ones]:
            del self.said[number]
        self.query_one("#heading", Sheet).show(lambda width: heading(self.sheet, self.said, self.app.desk, width))
        rows = [stop_row(self.app.desk, slip, self.said.get(slip.number)) for slip in found.slips]
        self.lines.show_rows(rows, keep=True)
        if not self.is_asking:
            self.lines.focus()
        self.query_one("TopLine").refresh()
        self.refresh_bindings()

    def go_to(self, number: str) -> bool:
        """Put the cursor on a slip; False when it is not on this sheet."""
        for place, slip in enumerate(self.sheet.slips):
            if slip.number == number:
                self.lines.move_to(place)
                return True
        return False

    def go_to_open(self) -> None:
        """Put the cursor on the next slip nobody has told about; from the last one, back to the first."""
        told = {slip.number for slip in self.sheet.slips if slip.state != "loaded"} | self.said.keys()
        places = [place for place, slip in enumerate(self.sheet.slips) if slip.number not in told]
        after = [place for place in places if place >= self.lines.cursor]
        if places and self.sheet.head.state == "departed":
            self.lines.move_to((after or places)[0])

    @on(Lines.Moved, "#stops")
    def _at(self, event: Lines.Moved) -> None:
        slip: SlipHead | None = event.row.data if event.row else None
        said = self.said.get(slip.number) if slip else None
        self.query_one("#detail", Sheet).show(lambda width: told_of(slip, said, self.app.desk, width))

    # --- acts

    def printed(self, printed: Printed) -> None:
        """Say where the sheet is on paper."""
        self.say(_("Printed to {file}.").format(file=word_list(printed.places)), "good")

    def run(self, work: Callable[[], T], told: Callable[[T], str], *, goes_on: bool = False) -> None:
        """Do something to the sheet off the screen's thread, then show it anew with a word about it."""

        async def done(result: T) -> None:
            await self.close_question()
            self.read_again(told(result))

        self.app.run_errand(self, work, what=_("the route sheet"), then=done, refused=self.refused, goes_on=goes_on)

    def refused(self, refused: Refused) -> Any:
        """Say why not; a question stays to be mended."""
        self.app.refuse(refused)

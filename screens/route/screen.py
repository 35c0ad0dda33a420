"""One route sheet: scan slips onto it, let it depart, and say what became of each when it is back (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType

from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.papers.actions import Printed
from ordersdesk.delivery.routes.queries import sheet as read_sheet
from ordersdesk.delivery.routes.views import SheetView
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.question import Question
from screens.ground.keys import bindings
from screens.ground.scanner import SLIP
from screens.kit.printing import PrintingScreen
from screens.route.coming_back import ComingBack
from screens.route.going_out import GoingOut, print_sheet
from screens.route.rows import STOPS, heading, stop_row, told_of
from screens.seat.desk import OrderDesk
from screens.slip.outcomes import Outcome
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines
from screens.widgets.sheet import Sheet

T = TypeVar("T")
Next = Callable[[], Awaitable[None]]


class RouteScreen(PrintingScreen):
    """The stops in their order; the keys are those of a sheet being loaded, or on the road."""

    NAME = N_("Route sheet")
    ABOUT = N_(
        "While it is loaded: scan a slip and it is on the sheet; D lets it depart. On the road: Enter says that a stop"
        " was delivered as expected, F what came back, X that nothing was handed over, A that all the rest is well."
        " Esc takes the last word back; F9 confirms, then the cash is handed in."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]
    DEFAULT_CSS = """
    RouteScreen #heading { height: 2; margin: 0 0 1 0; }
    RouteScreen #stops { height: 1fr; }
    RouteScreen #detail { height: 2; }
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

    @property
    def mode(self) -> GoingOut | ComingBack | None:
        """What can be done with it now."""
        makers: dict[str, Callable[[RouteScreen], GoingOut | ComingBack]] = {"made": GoingOut, "departed": ComingBack}
        make = makers.get(self.sheet.head.state)
        return make(self) if make else None

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

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What can be done now; a slip's own page last."""
        if self.is_asking:
            return ()
        hints = self.mode.hints() if self.mode else []
        if self.sheet.slips:
            paper = partial(print_sheet, self.app.desk, self.number)
            hints.append(Hint("p", _("Print"), rank=3, do=partial(self.put_on_paper, paper)))
        if at := self.at:
            hints.append(Hint("o", _("Slip"), rank=4, do=partial(self.app.show_slip, at.number)))
        return hints

    def key_labels(self) -> Mapping[str, str]:
        """On the road Enter says that a stop went well, F9 writes it, and then asks for the cash."""
        if not isinstance(self.mode, ComingBack):
            return {"choose": N_("Slip")}
        goes_on = self.at is not None and self.at.number in self.said
        writes = bool(self.said) or bool(self.sheet.open)
        return {
            "choose": N_("Next stop") if goes_on else N_("Delivered"),
            "confirm": N_("Write it") if writes else N_("Hand in the cash"),
        }

    @on(Lines.Chosen, "#stops")
    async def _chosen(self, _event: Lines.Chosen) -> None:
        """Enter: on the road the stop is delivered as expected, unless more was said of it; else its slip opens."""
        if isinstance(self.mode, ComingBack) and self.at and self.at.number in self.said:
            self.go_to_open()
        elif isinstance(self.mode, ComingBack):
            self.mode.deliver()
        elif self.at:
            self.app.show_slip(self.at.number)

    async def scanned(self, number: str) -> bool:
        """A slip that is scanned is loaded, or found on a sheet that is back."""
        if not number.startswith(SLIP) or self.mode is None:
            return False
        return await self.mode.scanned(number)

    async def action_confirm(self) -> None:
        """F9: write what was said."""
        if isinstance(self.mode, ComingBack):
            await self.mode.confirm()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F9 acts on the road only; while something is asked it is the question's."""
        if action == "confirm":
            return isinstance(self.mode, ComingBack) and not self.is_asking
        return super().check_action(action, parameters)

    @property
    def has_step_back(self) -> bool:
        """Esc puts a question away, then takes back what was said last."""
        return super().has_step_back or bool(self.said)

    def step_back(self) -> bool:
        """Put away or take back what came last; nothing written is undone."""
        if super().step_back():
            return True
        if not self.said:
            return False
        number, _outcome = self.said.popitem()
        self.show(self.sheet)
        self.go_to(number)
        self.say(_("{number} is open again.").format(number=number))
        return True

    def printed(self, printed: Printed) -> None:
        """Say where the sheet is on paper."""
        self.say(_("Printed to {file}.").format(file=word_list(printed.places)), "good")

    # --- acts

    def run(self, work: Callable[[], T], told: Callable[[T], str], *, goes_on: bool = False) -> None:
        """Do something to the sheet off the screen's thread, then show it anew with a word about it."""

        async def done(result: T) -> None:
            await self.close_question()
            self.read_again(told(result))

        self.app.run_errand(self, work, what=_("the route sheet"), then=done, refused=self.refused, goes_on=goes_on)

    def refused(self, refused: Refused) -> Any:
        """Say why not; a question stays to be mended."""
        self.app.refuse(refused)

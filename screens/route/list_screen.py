"""Route sheets: those being loaded and those on the road; N makes one, S all of a wave at once (SLP-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.flow import ROAD
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.routes.actions import Suggested, Trip, make_with_picked, suggest
from ordersdesk.delivery.routes.loading_actions import Loaded
from ordersdesk.delivery.routes.queries import OPEN, sheets
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, in_turn, ngettext, word_list
from screens.forms.asking_screen import AskingScreen
from screens.forms.form_field import Choice, FormField
from screens.forms.question import Question
from screens.route.rows import SHEETS, sheet_row
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from screens.widgets.words import Words


class RoutesScreen(AskingScreen):
    """Enter opens a sheet; B shows those that are back today too."""

    NAME = N_("Route sheets")
    ABOUT = N_(
        "Enter opens a sheet. S makes the sheets of all routes of the next wave and loads what is picked; N makes one."
    )
    DEFAULT_CSS = """
    RoutesScreen #counted { height: 1; width: 100%; }
    RoutesScreen #sheets { height: 1fr; }
    """
    MAIN = "#sheets"
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._with_back = False
        self._routes: Sequence[str] = ()

    def body(self) -> ComposeResult:
        """How many, the list, and what is asked."""
        yield Words(self._counted, id="counted", classes="muted")
        yield Lines(SHEETS, empty=N_("No sheet is being loaded or on the road."), id="sheets")
        yield Question()

    def _counted(self) -> str:
        rows = [row.data for row in self._rows()]
        counts = [sum(1 for one in rows if one.state == state) for state in OPEN]
        parts = (_("{count} being loaded").format(count=counts[0]), _("{count} on the road").format(count=counts[1]))
        return " · ".join(parts)

    def _rows(self) -> list[Row]:
        lines = self.query_one("#sheets", Lines)
        return [row for place in range(lines.total) if (row := lines.row(place))]

    def on_screen_resume(self) -> None:
        """Read them as they are now."""
        self.app.run_errand(
            self, partial(_read, self.app.desk, with_back=self._with_back), what=_("the sheets"), then=self._show
        )

    def on_language(self) -> None:
        """Read them in the other language."""
        self.on_screen_resume()

    def _show(self, read: tuple[Sequence[Row], Sequence[str]]) -> None:
        rows, self._routes = read
        lines = self.query_one("#sheets", Lines)
        lines.show_rows(rows, keep=True)
        self.query_one("#counted").refresh()
        if not self.is_asking:
            lines.focus()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """Make sheets; show more."""
        if self.is_asking:
            return ()
        back = Hint("b", _("Without those back") if self._with_back else _("With those back"), rank=3, do=self._others)
        if not self.app.desk.user.roles & ROAD:
            return [back]
        return [
            Hint("s", _("Sheets of the wave"), do=self._suggest),
            Hint("n", _("New sheet"), do=lambda: self.question.ask(_making(self._routes), self._make)),
            back,
        ]

    def _others(self) -> None:
        self._with_back = not self._with_back
        self.on_screen_resume()

    def _suggest(self) -> None:
        self.app.run_errand(self, partial(suggest, self.app.desk), what=_("the sheets"), then=self._suggested)

    def _suggested(self, made: Suggested) -> None:
        self.on_screen_resume()
        self.say(*_told(made))

    def _make(self, answers: Mapping[str, str]) -> None:
        trip = Trip(answers["route"], driver=answers["driver"], vehicle=answers["vehicle"])
        self.app.run_errand(
            self,
            partial(make_with_picked, self.app.desk, trip),
            what=_("the route sheet"),
            then=self._made,
        )

    async def _made(self, made: Loaded) -> None:
        await self.question.close()
        self.app.show_sheet(made.number)

    @on(Lines.Chosen, "#sheets")
    def _open(self, event: Lines.Chosen) -> None:
        self.app.show_sheet(event.row.key)


def _told(made: Suggested) -> tuple[str, str]:
    """Return what is said of the sheets of a wave and in which tone: none made is no success."""
    count, loaded = len(made.sheets), sum(len(one.loaded) for one in made.sheets)
    facts = {"wave": made.wave, "day": short_day(made.day)}
    if count:
        text = ngettext(
            "{count} sheet for {wave}, {day}; slips loaded: {loaded}.",
            "{count} sheets for {wave}, {day}; slips loaded: {loaded}.", count,
        )  # fmt: skip
    else:
        text = _("No sheet for {wave}, {day}: nothing is picked.")
    left = word_list(number for number, _why in made.left_out[:3])
    rest = _("Without a route: {slips}.").format(slips=left) if left else ""
    return in_turn((text.format(count=count, loaded=loaded, **facts), rest)), "good" if count and not left else "warn"


def _making(routes: Sequence[str]) -> list[FormField]:
    choices = [Choice(route, route) for route in routes]
    return [
        FormField(
            "route", N_("Route"), required=True, choices=choices, rule="SLP-4",
            help=N_("The route, or the carrier who picks the goods up; F4 lists those something waits for."),
        ),
        FormField("driver", N_("Driver")),
        FormField("vehicle", N_("Vehicle")),
    ]  # fmt: skip


def _read(desk: Desk, *, with_back: bool) -> tuple[list[Row], list[str]]:
    """Read the sheets, and the routes for which something waits to be loaded."""
    found = sheets(desk)
    if with_back:
        found += sheets(desk, state="back", day=desk.today())
    waiting = {one.goes_with for one in slips(desk, state=("printed", "picked"))} - {""}
    return [sheet_row(desk, one) for one in found], sorted(waiting)

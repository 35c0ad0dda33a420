"""The dispatch board: the waves of today, slips by state and route, and one key for each step of their way (SLP-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.delivery.model.wave_rules import waves_ahead
from ordersdesk.delivery.papers.actions import Printed
from ordersdesk.delivery.slips.allocating_actions import Order
from ordersdesk.foundation.texts.language import N_, _
from screens.dispatch.acts import ACTS, BatchAct, Done, put_on_paper
from screens.dispatch.allocating_screen import AllocatingScreen
from screens.dispatch.choosing import ALL, Marks, act_hints, possible, route_field
from screens.dispatch.dealing_screen import DealingScreen
from screens.dispatch.reading import STATES, Board, Filter, read
from screens.dispatch.rows import COLUMNS, heading, route_lines, slip_row, state_lines, told_of, wave_lines
from screens.forms.question import Question
from screens.ground.search_thread import Answered
from screens.kit.printing import PrintingScreen, told_printed
from screens.route.list_screen import RoutesScreen
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines
from screens.widgets.sheet import Sheet
from screens.widgets.words import Words

LOOK = 20.0  # seconds between looks at what others did


class DispatchScreen(PrintingScreen):
    """Digits show one state, W one wave, G one route; Space marks, M marks all, an act is for what is marked."""

    NAME = N_("Dispatch")
    ABOUT = N_(
        "0 to 7 show the slips of one state, W those of one wave, G those of one route. Space marks, M marks all that"
        " are listed; an act is for the marked slips, else for the one under the cursor. A scan marks its slip, a"
        " second one opens it. C chooses the printer."
    )
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012 – as Textual declares it
    DEFAULT_CSS = """
    DispatchScreen #waves { height: auto; margin: 0 0 1 0; }
    DispatchScreen #shown { height: 1; width: 100%; margin: 1 0 0 0; }
    DispatchScreen #routes { display: none; }
    DispatchScreen #slips { height: 1fr; }
    DispatchScreen #detail { height: 2; }
    DispatchScreen.-tall #routes { display: block; height: 8; margin: 1 0; }
    """
    MAIN = "#slips"
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._wanted = Filter()
        self._marks = Marks()

    def body(self) -> ComposeResult:
        """Waves, states, the list with the routes beside it, in full what stands under the cursor, what is asked."""
        for part in (Sheet(id="waves", fits=True), Sheet(id="states", fits=True)):
            part.can_focus = False
            yield part
        yield Words(lambda: heading(self._board, self._marks.numbers), id="shown", classes="muted")
        yield Lines(COLUMNS, empty=N_("No slip is in this state."), id="slips")
        for part in (Sheet(id="routes"), Sheet(id="detail")):
            part.can_focus = False
            yield part
        yield Question()

    # --- reading and drawing

    def on_mount(self) -> None:
        """Look again by itself: others work on the same slips."""
        self.set_interval(LOOK, self._look_again)

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self._read()

    def on_language(self) -> None:
        """Say everything in the other language."""
        if self._board:
            self._show(self._board)

    def _read(self, told: str = "", tone: str = "good") -> None:
        def shown(board: Board) -> None:
            self._show(board)
            if told:
                self.say(told, tone)

        if self.app.seat:
            self.app.run_errand(self, partial(read, self.app.desk, self._wanted), what=_("the board"), then=shown)

    def _look_again(self) -> None:
        """Read beside what is typed: nothing waits for it, and the cursor stays on its slip."""
        if self.is_current and self._board and not self.is_asking:
            self.app.search.ask(self, "board", "", partial(read, self.app.desk, self._wanted))

    def on_answered(self, event: Answered) -> None:
        """What others did meanwhile; an answer to another filter is over."""
        if self.app.search.is_newest(event.question) and event.answer.wanted == self._wanted:
            self._show(event.answer)

    def _show(self, board: Board) -> None:
        same = self._board is not None and self._board.wanted == board.wanted
        self._board = board
        self._marks.keep(board.rows)
        self.query_one("#waves", Sheet).show(partial(wave_lines, board))
        self.query_one("#states", Sheet).show(partial(state_lines, board))
        self.query_one("#routes", Sheet).show(partial(route_lines, board), keep=True)
        self._draw_list()
        if not same:
            self._list.move_to(0)
        if not self.is_asking:
            self.query_one(self.MAIN).focus()

    def _draw_list(self) -> None:
        rows = self._board.rows if self._board else ()
        marked = self._marks.numbers
        self._list.show_rows([slip_row(self.app.desk, row, marked=row.number in marked) for row in rows], keep=True)
        self.query_one("#shown").refresh(layout=True)
        self.refresh_bindings()

    @property
    def _list(self) -> Lines:
        return self.query_one("#slips", Lines)

    @property
    def _chosen(self) -> list[SlipRow]:
        at: SlipRow | None = self._list.current.data if self._list.current else None
        return self._marks.chosen(self._board.rows if self._board else (), at)

    @on(Lines.Moved, "#slips")
    def _at(self, event: Lines.Moved) -> None:
        row: SlipRow | None = event.row.data if event.row else None
        self.query_one("#detail", Sheet).show(lambda width: told_of(self.app.desk, row, width))
        self.refresh_bindings()

    @on(Lines.Chosen, "#slips")
    def _open(self, event: Lines.Chosen) -> None:
        self.app.show_slip(event.row.key)

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """The acts for what is chosen, then what shows something else."""
        if self._board is None or self.is_asking:
            return ()
        roles, hints = self.app.desk.user.roles, list[Hint]()
        if roles & OFFICE:
            hints.append(Hint("a", _("Allocate"), rank=1, do=self._allocate))
        hints += act_hints(roles, self._chosen, self._begin)
        if self._board.rows:
            hints.append(Hint("space", _("Mark"), rank=3, do=partial(self._mark, everything=False)))
            hints.append(Hint("m", _("Mark all"), rank=4, do=partial(self._mark, everything=True)))
        return [*hints, *self._other_hints(self._board)]

    def _other_hints(self, board: Board) -> Iterator[Hint]:
        """What else can be seen from here."""
        app, wanted = self.app, self._wanted
        yield Hint("b", _("Route sheets"), rank=2, do=self.shows(RoutesScreen))
        if app.desk.user.roles & OFFICE:
            yield Hint("i", _("Deal short stock"), rank=7, do=self.shows(DealingScreen, self._read))
        yield Hint("w", _("Wave"), rank=5, do=lambda: self._filter(wanted.next_wave(board)))
        yield Hint("g", _("Route"), rank=5, do=partial(self.question.ask, [route_field(board.routes)], self._route))
        if app.has_area("pads"):
            yield Hint("h", _("Handwritten"), rank=6, do=partial(app.go_to, "pads"))
        yield Hint("c", _("Printer"), rank=6, do=self.ask_paper)
        for state in STATES:
            yield Hint(state.key, _(state.label), rank=9, do=partial(self._filter, replace(wanted, state=state)))

    async def _allocate(self) -> None:
        await self.app.push_screen(AllocatingScreen(self._to_allocate(), self._read))

    def _to_allocate(self) -> Order:
        """Allocate what the board shows; a wave that has left gives way to the next that takes something."""
        wave = self._wanted.wave
        return Order(leaves=wave if wave in waves_ahead(self.app.desk) else None, route=self._wanted.route)

    async def _route(self, answers: Mapping[str, str]) -> None:
        await self.close_question()
        self._filter(replace(self._wanted, route=None if answers["route"] == ALL else answers["route"]))

    def _filter(self, wanted: Filter) -> None:
        self._wanted = wanted
        self._read()

    def _mark(self, *, everything: bool) -> None:
        if everything and self._board:
            self._marks.toggle_all(self._board.rows)
        elif row := self._list.current:
            self._marks.toggle(row.key)
            self._list.action_down()
        self._draw_list()

    async def scanned(self, number: str) -> bool:
        """Mark a slip that is listed; a second scan, and one that is not listed, opens it."""
        places = [place for place, row in enumerate(self._board.rows) if row.number == number] if self._board else []
        if not places or number in self._marks.numbers:
            return False
        self._marks.toggle(number)
        self._draw_list()
        self._list.move_to(places[0])
        self.say(_("{number} is marked.").format(number=number))
        return True

    @property
    def has_step_back(self) -> bool:
        """Esc puts a question away, then takes the marks."""
        return super().has_step_back or bool(self._marks.numbers)

    def step_back(self) -> bool:
        """Put away what came last; nothing is undone."""
        if super().step_back():
            return True
        had_marks = bool(self._marks.numbers)
        self._marks.numbers.clear()
        self._draw_list()
        return had_marks

    # --- acts

    def _targets(self, verb: str) -> list[SlipRow]:
        roles = self.app.desk.user.roles
        return [row for row in self._chosen if verb in possible(roles, row)]

    async def _begin(self, name: str) -> None:
        rows = self._targets(name)
        if name in ("print", "reprint"):
            await self.put_on_paper(partial(put_on_paper, self.app.desk, rows, again=name == "reprint"))
            return
        act = ACTS[name]
        if fields := act.asks(rows):
            about = " ".join((act.name, *(row.number for row in rows)))
            await self.question.ask(fields, partial(self._do, act, rows), about=about)
        else:
            self._do(act, rows, {})

    def _do(self, act: BatchAct, rows: Sequence[SlipRow], answers: Mapping[str, str]) -> None:
        self.app.run_errand(self, partial(act.do, self.app.desk, rows, answers), what=_("the slips"), then=self._done)

    async def _done(self, done: Done) -> None:
        await self.close_question()
        self._marks.numbers -= set(done.slips)
        self._read(done.told, done.tone)

    def printed(self, printed: Printed) -> None:
        """Say what is on paper."""
        self._marks.numbers -= set(printed.numbers)
        self._read(*told_printed(printed))

"""The dispatch board as it is read in one go: waves, figures, and the slips a filter wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ordersdesk.delivery.checks.board_queries import CHASED, ON_ROAD, figures
from ordersdesk.delivery.model.queries import OPEN, slips, waves_on_board
from ordersdesk.delivery.model.views import SlipRow, WaveRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.promise.waves import Wave

MOST = 500
BACK = ("delivered", "refused", "failed")
TO_DO = "to do"


@dataclass(frozen=True)
class State:
    """One of the states the board can show alone: its key, its name (N_), and the states of the flow it holds."""

    key: str
    name: str
    label: str
    states: tuple[str, ...]

    def holds(self, row: SlipRow) -> bool:
        """Tell whether a slip is shown under it; on the road is whatever has left."""
        if self.name == CHASED:
            return True
        has_left = row.state == "loaded" and row.left_at is not None
        return has_left == (self.name == ON_ROAD)

    def count(self, counts: Mapping[tuple[str, str], int], route: str | None = None) -> int:
        """Return how many slips it holds, of all routes or of one."""
        names = {ON_ROAD, CHASED} & {self.name} or set(self.states)
        return sum(count for (of, state), count in counts.items() if state in names and (route is None or route == of))


STATES = (
    State("0", TO_DO, N_("to do"), OPEN),
    State("1", "made", N_("made"), ("made",)),
    State("2", "printed", N_("printed"), ("printed",)),
    State("3", "picked", N_("picked"), ("picked",)),
    State("4", "loaded", N_("loaded"), ("loaded",)),
    State("5", ON_ROAD, N_("on the road"), ("loaded",)),
    State("6", "back", N_("back today"), BACK),
    State("7", CHASED, N_("no paper yet"), ()),
)
BY_KEY = {state.key: state for state in STATES}


@dataclass(frozen=True)
class Filter:
    """What the list shows."""

    state: State = STATES[0]
    wave: Wave | None = None
    route: str | None = None

    def next_wave(self, board: Board | None) -> Filter:
        """Return the same of the next wave; behind the last one stand all."""
        waves: list[Wave | None] = [None, *(wave.leaves for wave in board.waves)] if board else [None]
        at = waves.index(self.wave) if self.wave in waves else 0
        return replace(self, wave=waves[(at + 1) % len(waves)])


@dataclass(frozen=True)
class Board:
    """Everything the board shows, as read at one moment."""

    waves: tuple[WaveRow, ...]
    counts: Mapping[tuple[str, str], int]
    rows: tuple[SlipRow, ...]
    wanted: Filter

    @property
    def routes(self) -> list[str]:
        """The routes there are slips for."""
        return sorted({route for route, _state in self.counts})


def read(desk: Desk, wanted: Filter) -> Board:
    """Read the board."""
    day = desk.today() if wanted.state.name == "back" else wanted.wave.day if wanted.wave else None
    found = slips(
        desk, state=wanted.state.states, wave=wanted.wave.at if wanted.wave else "", day=day, route=wanted.route,
        chased=wanted.state.name == CHASED, limit=MOST,
    )  # fmt: skip
    rows = tuple(_first_without_paper(row for row in found if wanted.state.holds(row)))
    return Board(tuple(waves_on_board(desk)), figures(desk), rows, wanted)


def _first_without_paper(rows: Iterable[SlipRow]) -> list[SlipRow]:
    """What left without paper stands first; else as the board is read: what leaves first, urgent, key customers."""
    return sorted(rows, key=lambda row: not row.is_chased)

"""The dispatch board in lines: its waves, its states with their keys, its routes, its slips."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rich.cells import cell_len

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.views import SlipRow, WaveRow
from ordersdesk.delivery.model.wave_rules import comes_too_late
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, bracketed, ngettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.terms.labels import PAYMENTS
from screens.dispatch.reading import STATES, TO_DO, Board
from screens.slip.page import promised as promised_for
from screens.slip.page import short_marks
from screens.widgets.laying import Line, Span, paragraph, table
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column("", 1),
    Column(N_("Slip"), 15),
    Column(N_("State"), 11),
    Column("", 8),
    Column(N_("Customer"), least=12),
    Column(N_("Route"), 8),
    Column(N_("Wave"), 13, drop=1),
    Column(N_("Pieces"), 6, right=True, drop=3),
    Column(N_("To pay"), 11, right=True),
    Column(N_("Order"), 15, drop=4),
)
ROUTES = (
    Column(N_("Route"), least=8),
    *(Column(state.label, 11, right=True) for state in STATES if state.name not in (TO_DO, "chased")),
)
MARK = "●"
IN_WAVE = {"loaded": N_("loaded or gone")}  # a wave counts what is on a van, wherever that is
FAR = 12  # hours until a wave from which the day says more


def slip_row(desk: Desk, row: SlipRow, *, marked: bool) -> Row:
    """Return a slip as a row."""
    left = row.state == "loaded" and row.left_at is not None
    wave = row.wave if row.leaves_on == desk.today() else short_day(row.leaves_on)
    cells = (
        MARK if marked else "", row.number, _(row.stands), next(short_marks(row), ""), row.customer_name,
        row.goes_with, wave, str(row.pieces), formatted(row.due), row.order_number,
    )  # fmt: skip
    late = row.leaves_on < desk.today() and not left and row.state in ("made", "printed", "picked", "loaded")
    too_late = comes_too_late(desk, row)
    tone = "bad" if too_late else "warn" if row.is_chased or late else "good" if marked else "muted" if left else ""
    return Row(row.number, cells, tone=tone, data=row)


def wave_lines(board: Board, width: int) -> list[Line]:
    """Say of each wave of today how long it waits and what is still to be done for it."""
    return [_wave(wave, width) for wave in board.waves]


def _wave(wave: WaveRow, width: int) -> Line:
    made = ((state, wave.slips.get(state, 0)) for state in ("made", "printed", "picked", "loaded"))
    there = " · ".join(
        _("{count} {state}").format(count=count, state=_(IN_WAVE.get(state, SLIP_FLOW.states[state])))
        for state, count in made
        if count
    )
    orders = ngettext("{count} order to allocate", "{count} orders to allocate", wave.orders).format(count=wave.orders)
    if wave.urgent:
        orders = bracketed(orders, _("{urgent} urgent").format(urgent=wave.urgent))
    clock = _left(wave)
    role = "muted" if wave.minutes_left < 0 else "warn" if wave.minutes_left <= 30 else "accent"
    rest = " · ".join(part for part in (orders if wave.orders else "", there) if part)
    first = _("first wanted by {latest}").format(latest=wave.latest) if wave.latest else ""
    late = ngettext("{count} comes too late", "{count} come too late", wave.too_late).format(count=wave.too_late)
    return (
        (f"{wave.wave}  ", "title"),
        (clock + " " * max(20 - cell_len(clock), 2), role),
        (" · ".join(part for part in (rest, first) if part), ""),
        (f" · {late}" if wave.too_late else "", "bad"),
    )


def _left(wave: WaveRow) -> str:
    if wave.minutes_left < 0:
        return _("has left")
    hours, minutes = divmod(wave.minutes_left, 60)
    if hours >= FAR:
        return _("leaves {day}").format(day=short_day(wave.day))
    if hours:
        return _("leaves in {hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("leaves in {minutes} min").format(minutes=minutes)


def state_lines(board: Board, width: int) -> list[Line]:
    """Name the states with their keys and counts; the one that is shown stands out."""
    lines: list[list[Span]] = [[]]
    room = width
    for state in STATES:
        count = state.count(board.counts, board.wanted.route)
        text = f"{_(state.label)} {count} [{state.key}]"
        if cell_len(text) > room and lines[-1]:
            lines.append([])
            room = width
        role = "accent" if state is board.wanted.state else "" if count else "muted"
        lines[-1] += [(text, role), ("   ", "")]
        room -= cell_len(text) + 3
    return list(lines)


def route_lines(board: Board, width: int) -> list[Line]:
    """Lay out the routes with their counts by state."""
    states = [state for state in STATES if state.name not in (TO_DO, "chased")]
    rows = [
        [route or "–", *(str(state.count(board.counts, route) or "") for state in states)] for route in board.routes
    ]
    roles = ["accent" if route == board.wanted.route else "" for route in board.routes]
    return table(ROUTES, rows, width, roles=roles)


def told_of(desk: Desk, row: SlipRow | None, width: int) -> Sequence[Line]:
    """Say in full what stands under the cursor."""
    if row is None:
        return ()
    promised = _("promised for {day}").format(day=promised_for(row)) if row.promised_on else ""
    leaves = _("leaves {day} {wave}").format(day=short_day(row.leaves_on), wave=row.wave).strip()
    pays = f"{_(PAYMENTS.get(row.payment, row.payment))} {formatted(row.due)}"
    pieces = ngettext("{count} piece", "{count} pieces", row.pieces).format(count=row.pieces)
    risk = _("comes too late as things stand") if comes_too_late(desk, row) else ""
    timeless = replace(row, latest="")  # the time stands with the promise
    facts = [risk, *short_marks(timeless), row.customer_name, row.order_number, leaves, promised, pieces, pays]
    return paragraph(" · ".join(part for part in facts if part), width)[:2]


def heading(board: Board | None, marked: Collection[str]) -> str:
    """Say what the list shows."""
    if board is None:
        return ""
    wanted = board.wanted
    count = len(board.rows)
    parts = [
        _(wanted.state.label),
        wanted.wave and _("wave {wave}, {day}").format(wave=wanted.wave.at, day=short_day(wanted.wave.day)),
        wanted.route is not None and (_("route {route}").format(route=wanted.route or "–")),
        ngettext("{count} slip", "{count} slips", count).format(count=count),
        marked and _("{count} marked").format(count=len(marked)),
    ]  # fmt: skip
    return " · ".join(str(part) for part in parts if part)

"""Loading a route sheet: urgent goods first, then key customers, then as they are scanned (SLP-4, SLP-5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.holding_queries import refuse_held
from ordersdesk.delivery.model.queries import SLIP, held_slip
from ordersdesk.delivery.model.queries import held as slip_held
from ordersdesk.delivery.model.tables import RouteSheet, Slip
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.routes.queries import ROUTES, SHEET, of_sheet
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

_PLACE = Prepared(update(SLIP).where(SLIP.c.id == bindparam("slip")).values(place=bindparam("stop")))


@dataclass(frozen=True)
class Loaded:
    """A sheet after loading: its slips in the order of the stops, and what to look at once more."""

    number: str
    route: str
    slips: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    """Those that were loaded just now."""
    warnings: tuple[str, ...] = ()


@action
def load(desk: Desk, session: Session, number: str, slips: Sequence[str]) -> Loaded:
    """Put picked slips on a sheet; refused (SLP-5) naming what one of them still lacks."""
    return load_within(desk, session, ROUTES.by_number(desk, session, number, lock=True), slips)


def load_within(desk: Desk, session: Session, sheet: RouteSheet, slips: Sequence[str]) -> Loaded:
    """Do the same inside the caller's transaction."""
    numbers = list(dict.fromkeys(each.strip().upper() for each in slips))
    if not numbers:
        raise Refused("SLP-4", _("No slip is named."), mend=_("Scan a slip, or type its number."), field="slips")
    new = [held_slip(desk, session, each, lock=True).head for each in sorted(numbers)]
    return put_on(desk, session, sheet, sorted(new, key=lambda slip: numbers.index(slip.number)))


def put_on(desk: Desk, session: Session, sheet: RouteSheet, scanned: Sequence[SlipHead]) -> Loaded:
    """Put slips on a sheet that the caller has read for writing, in the order in which they were scanned."""
    numbers = tuple(slip.number for slip in scanned)
    ROUTES.step(desk, session, sheet, "load", note=word_list(numbers))
    refuse_held(desk, session, scanned, mend=_("Leave {slip} here, and ask on its order's page (A)."))
    for slip in scanned:
        _refuse_unready(session, slip)
        advance(
            desk, session, SLIP_FLOW, Slip, slip_held(slip), "load", changes={"sheet_id": sheet.id}, note=sheet.number
        )
    fresh = {slip.id for slip in scanned}
    stops = [slip for slip in of_sheet(session, sheet.id) if slip.id not in fresh]
    for slip in scanned:
        stops.insert(_stop_of(slip, stops), slip)
    _placed(session, stops)
    warnings = tuple(filter(None, (_other_route(slip, sheet) for slip in scanned)))
    return Loaded(sheet.number, sheet.route, tuple(slip.number for slip in stops), numbers, warnings)


def rank(slip: SlipHead) -> int:
    """Return how early a slip is loaded: urgent, key customers, everybody else."""
    return 0 if slip.urgent else 1 if slip.size_class == "key" else 2


def _stop_of(slip: SlipHead, stops: Sequence[SlipHead]) -> int:
    """Return where a slip stands: behind the last of its own rank or a better one, whatever was moved by hand."""
    before = [place for place, other in enumerate(stops, 1) if rank(other) <= rank(slip)]
    return max(before, default=0)


def _placed(session: Session, stops: Iterable[SlipHead]) -> None:
    moved = [{"slip": slip.id, "stop": stop} for stop, slip in enumerate(stops, 1)]
    _PLACE.many(session, moved)


def _refuse_unready(session: Session, slip: SlipHead) -> None:
    """Nothing leaves without a released slip: say which step is missing (SLP-5)."""
    missing = {
        "made": (_("it is not printed and not picked"), f"ordersdesk slips print {slip.number}"),
        "printed": (_("it is not picked"), f"ordersdesk slips pick {slip.number}"),
    }.get(slip.state)
    if slip.state == "loaded" and slip.sheet_id:
        statement = select(SHEET.c.number).where(SHEET.c.id == slip.sheet_id)
        other = session.connection().execute(statement).scalar_one()
        missing = (_("it is on {sheet} already").format(sheet=other), f"ordersdesk routes unload {other} {slip.number}")
    if missing:
        raise Refused(
            "SLP-5",
            _("{number} cannot be loaded: {why}.").format(number=slip.number, why=missing[0]),
            mend=missing[1],
            field="slips",
        )


def _other_route(slip: SlipHead, sheet: RouteSheet) -> str:
    usual = slip.goes_with
    if usual == sheet.route:
        return ""
    return _("{number} goes with {usual}, this is {route}.").format(
        number=slip.number, usual=usual or "–", route=sheet.route
    )


@action
def unload(desk: Desk, session: Session, number: str, slips: Sequence[str]) -> Loaded:
    """Take slips off a sheet that has not left; they are picked again."""
    sheet = ROUTES.by_number(desk, session, number, lock=True)
    numbers = list(dict.fromkeys(each.strip().upper() for each in slips))
    ROUTES.step(desk, session, sheet, "unload", note=word_list(numbers))
    there = {slip.number: slip for slip in of_sheet(session, sheet.id, lock=True)}
    for each in numbers:
        if each not in there:
            raise _not_on(each, sheet)
        _taken_off(desk, session, there.pop(each), sheet)
    _placed(session, there.values())
    return Loaded(sheet.number, sheet.route, tuple(there))


def _taken_off(desk: Desk, session: Session, slip: SlipHead, sheet: RouteSheet) -> None:
    changes = {"sheet_id": None, "place": 0}
    advance(desk, session, SLIP_FLOW, Slip, slip_held(slip), "unload", changes=changes, note=sheet.number)


@action
def reorder(desk: Desk, session: Session, number: str, slip: str, place: int) -> Loaded:
    """Move a slip to another stop of its sheet, first 1."""
    sheet = ROUTES.by_number(desk, session, number, lock=True)
    note = _("{number} is stop {place}").format(number=slip.strip().upper()[:40], place=place)
    ROUTES.step(desk, session, sheet, "load", note=note)
    stops = of_sheet(session, sheet.id, lock=True)
    mine = next((each for each in stops if each.number == slip.strip().upper()), None)
    if mine is None:
        raise _not_on(slip, sheet)
    stops.remove(mine)
    stops.insert(max(0, min(place, len(stops) + 1) - 1), mine)
    _placed(session, stops)
    return Loaded(sheet.number, sheet.route, tuple(each.number for each in stops))


@action
def void_sheet(desk: Desk, session: Session, number: str, *, why: str = "") -> Loaded:
    """Void a sheet that has not left; what stood on it is picked again."""
    sheet = ROUTES.by_number(desk, session, number, lock=True)
    ROUTES.step(desk, session, sheet, "void", note=why)
    slips = of_sheet(session, sheet.id, lock=True)
    for slip in slips:
        _taken_off(desk, session, slip, sheet)
    return Loaded(sheet.number, sheet.route, tuple(slip.number for slip in slips))


def _not_on(number: str, sheet: RouteSheet) -> Refused:
    return Refused(
        "SLP-4",
        _("{number} is not on {sheet}.").format(number=number[:40], sheet=sheet.number),
        mend=_("`ordersdesk routes show {sheet}` names what is.").format(sheet=sheet.number),
        field="slips",
    )

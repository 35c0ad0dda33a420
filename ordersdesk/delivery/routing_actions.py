"""Making route sheets 排单回情表: one by hand, or those of a whole wave with what is picked (SLP-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.flow import ROAD, ROUTE_FLOW
from ordersdesk.delivery.loading_actions import Loaded, load_within, put_on
from ordersdesk.delivery.queries import held_slip
from ordersdesk.delivery.route_queries import being_loaded, held_sheet, picked
from ordersdesk.delivery.tables import RouteSheet
from ordersdesk.delivery.views import SlipHead
from ordersdesk.delivery.wave_rules import chosen_wave
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import begin, next_number
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role
from ordersdesk.foundation.texts import NOTE, clean


@dataclass(frozen=True)
class Trip:
    """A route sheet to be made; without a day and a wave it leaves with the next one."""

    route: str
    day: date | None = None
    wave: str = ""
    vehicle: str = ""
    driver: str = ""
    note: str = ""


@dataclass(frozen=True)
class Suggested:
    """What `suggest` made of a wave."""

    day: date
    wave: str
    sheets: tuple[Loaded, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    """Slips on no sheet, and why."""


@action
def make(desk: Desk, session: Session, trip: Trip, *, slips: Iterable[str] = ()) -> Loaded:
    """Make a route sheet, and load slips on it when some are named."""
    _may(desk)
    number = _made(desk, session, trip)
    sheet = held_sheet(desk, session, number)
    named = list(slips)
    return load_within(desk, session, sheet, named) if named else Loaded(number, sheet.route)


@action
def make_with_picked(desk: Desk, session: Session, trip: Trip) -> Loaded:
    """Make a route sheet and load what is picked for its route and wave."""
    _may(desk)
    sheet = held_sheet(desk, session, _made(desk, session, trip))
    ready = picked(desk, session, day=sheet.day, wave=sheet.wave, route=sheet.route)
    if not ready:
        return Loaded(sheet.number, sheet.route)
    return put_on(desk, session, sheet, ready)


@action
def suggest(desk: Desk, session: Session, *, day: date | None = None, wave: str = "") -> Suggested:
    """Make the sheets of all routes of a wave at once and load what is picked; one that is being loaded is filled."""
    _may(desk)
    day, wave = chosen_wave(desk, wave, day)
    routes: dict[str, list[SlipHead]] = {}
    for slip in picked(desk, session, day=day, wave=wave):
        routes.setdefault(slip.goes_with, []).append(slip)
    homeless = routes.pop("", [])
    made = [_filled(desk, session, Trip(route, day, wave), routes[route]) for route in sorted(routes)]
    why = _("It has no route: load it by hand.")
    return Suggested(day, wave, tuple(made), tuple((slip.number, why) for slip in homeless))


@action
def load_by_route(desk: Desk, session: Session, slips: Iterable[str]) -> tuple[Loaded, ...]:
    """Load slips, each on the sheet of its route and wave; what is late goes with the next one (SLP-4)."""
    _may(desk)
    coming = chosen_wave(desk)
    trips: dict[tuple[str, date, str], list[SlipHead]] = {}
    for number in sorted({each.strip().upper() for each in slips}):
        slip = held_slip(desk, session, number, lock=True).head
        trips.setdefault(_trip(desk, session, slip, coming), []).append(slip)
    return tuple(_filled(desk, session, Trip(*trip), trips[trip]) for trip in sorted(trips))


def _trip(desk: Desk, session: Session, slip: SlipHead, coming: tuple[date, str]) -> tuple[str, date, str]:
    if not slip.goes_with:
        raise Refused(
            "SLP-4",
            _("{number} has no route.").format(number=slip.number),
            mend=_("Open a route sheet and scan it there."),
            field="slips",
        )
    own = (slip.leaves_on, slip.wave)
    is_loading = slip.goes_with in being_loaded(desk, session, day=own[0], wave=own[1])
    return (slip.goes_with, *(own if is_loading else max(own, coming)))


def _filled(desk: Desk, session: Session, trip: Trip, slips: Iterable[SlipHead]) -> Loaded:
    """Load the sheet of a trip; it is made when none is being loaded."""
    assert trip.day is not None
    sheet = being_loaded(desk, session, day=trip.day, wave=trip.wave).get(trip.route)
    return put_on(desk, session, sheet or held_sheet(desk, session, _made(desk, session, trip)), tuple(slips))


def _may(desk: Desk) -> None:
    desk.needs(*(Role(role) for role in ROAD), doing=_("make a route sheet"))


def _made(desk: Desk, session: Session, trip: Trip) -> str:
    route = clean(trip.route, field="route")
    if not route:
        raise Refused(
            "SLP-4",
            _("A route sheet needs its route, or the carrier who picks the goods up."),
            mend=_("Name it with --route, or let the sheets of a whole wave be made with --wave."),
            field="route",
        )
    day, wave = chosen_wave(desk, trip.wave, trip.day)
    values = {
        "route": route, "day": day, "wave": wave, "vehicle": clean(trip.vehicle, field="vehicle"),
        "driver": clean(trip.driver, field="driver"), "note": clean(trip.note, field="note", longest=NOTE, lines=True),
    }  # fmt: skip
    number = next_number(desk, session, ROUTE_FLOW)
    begin(desk, session, ROUTE_FLOW, RouteSheet, values | {"number": number})
    return number

"""Making route sheets 排单回情表: one by hand, or those of a whole wave with what is picked (SLP-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from ordersdesk.delivery.model.flow import ROAD
from ordersdesk.delivery.model.holding_queries import held_slips, why_held
from ordersdesk.delivery.model.queries import held_slip
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.model.wave_rules import refuse_over, the_next, waves_ahead
from ordersdesk.delivery.routes.loading_actions import Loaded, load_within, put_on
from ordersdesk.delivery.routes.queries import ROUTES, being_loaded, picked
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, labelled
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean
from ordersdesk.orders.promise.waves import Wave


@dataclass(frozen=True)
class Trip:
    """A route sheet to be made; without a wave it leaves with the next one."""

    route: str
    leaves: Wave | None = None
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
    sheet = _made(desk, session, trip)
    named = list(slips)
    return load_within(desk, session, sheet, named) if named else Loaded(sheet.number, sheet.route)


@action
def make_with_picked(desk: Desk, session: Session, trip: Trip) -> Loaded:
    """Make a route sheet and load what is picked for its route and wave; else for the next wave that has something."""
    _may(desk)
    leaves = trip.leaves or _next_picked(desk, session, trip.route)
    sheet = _made(desk, session, replace(trip, leaves=leaves))
    there = picked(desk, session, day=sheet.day, wave=sheet.wave, route=sheet.route)
    held = held_slips(desk, session, there)
    ready = [slip for slip in there if slip.number not in held]
    loaded = put_on(desk, session, sheet, ready) if ready else Loaded(sheet.number, sheet.route)
    left = tuple(labelled(number, why_held(why)) for number, why in held.items())
    return replace(loaded, warnings=(*loaded.warnings, *left))


@action
def suggest(desk: Desk, session: Session, *, leaves: Wave | None = None) -> Suggested:
    """Make the sheets of all routes of a wave at once and load what is picked; one that is being loaded is filled.

    Without a wave it is the next one for which something is picked.
    """
    _may(desk)
    wave = leaves or _next_picked(desk, session)
    routes: dict[str, list[SlipHead]] = {}
    there = picked(desk, session, day=wave.day, wave=wave.at)
    held = held_slips(desk, session, there)
    for slip in there:
        if slip.number not in held:
            routes.setdefault(slip.goes_with, []).append(slip)
    homeless = routes.pop("", [])
    made = [_filled(desk, session, Trip(route, wave), routes[route]) for route in sorted(routes)]
    why = _("It has no route: load it by hand.")
    left_out = [(slip.number, why) for slip in homeless] + [(each, why_held(held[each])) for each in held]
    return Suggested(*wave, tuple(made), tuple(left_out))


def _next_picked(desk: Desk, session: Session, route: str = "") -> Wave:
    """Return the wave that picked slips leave with; what is late goes with the next one."""
    ahead = waves_ahead(desk)
    ready = picked(desk, session, day=ahead[-1].day, wave=ahead[-1].at, route=route)
    return max(min((Wave(slip.leaves_on, slip.wave) for slip in ready), default=ahead[0]), ahead[0])


@action
def load_by_route(desk: Desk, session: Session, slips: Iterable[str]) -> tuple[Loaded, ...]:
    """Load slips, each on the sheet of its route and wave; what is late goes with the next one (SLP-4)."""
    _may(desk)
    coming = the_next(desk)
    trips: dict[tuple[str, Wave], list[SlipHead]] = {}
    for number in sorted({each.strip().upper() for each in slips}):
        slip = held_slip(desk, session, number, lock=True).head
        trips.setdefault(_trip(desk, session, slip, coming), []).append(slip)
    return tuple(_filled(desk, session, Trip(*trip), trips[trip]) for trip in sorted(trips))


def _trip(desk: Desk, session: Session, slip: SlipHead, coming: Wave) -> tuple[str, Wave]:
    if not slip.goes_with:
        raise Refused(
            "SLP-4",
            _("{number} has no route.").format(number=slip.number),
            mend=_("Open a route sheet and scan it there."),
            field="slips",
        )
    own = Wave(slip.leaves_on, slip.wave)
    is_loading = slip.goes_with in being_loaded(desk, session, day=own.day, wave=own.at)
    return slip.goes_with, own if is_loading else max(own, coming)


def _filled(desk: Desk, session: Session, trip: Trip, slips: Iterable[SlipHead]) -> Loaded:
    """Load the sheet of a trip; it is made when none is being loaded."""
    assert trip.leaves is not None
    sheet = being_loaded(desk, session, day=trip.leaves.day, wave=trip.leaves.at).get(trip.route)
    return put_on(desk, session, sheet or _made(desk, session, trip), tuple(slips))


def _may(desk: Desk) -> None:
    desk.needs(*(Role(role) for role in ROAD), doing=_("make a route sheet"))


def _made(desk: Desk, session: Session, trip: Trip) -> RouteSheet:
    route = clean(trip.route, field="route")
    if not route:
        raise Refused(
            "SLP-4",
            _("A route sheet needs its route, or the carrier who picks the goods up."),
            mend=_("Name it with --route, or let the sheets of a whole wave be made with --wave."),
            field="route",
        )
    day, wave = trip.leaves or the_next(desk)
    refuse_over(desk, day)
    values = {
        "route": route, "day": day, "wave": wave, "vehicle": clean(trip.vehicle, field="vehicle"),
        "driver": clean(trip.driver, field="driver"), "note": clean(trip.note, field="note", longest=NOTE, lines=True),
    }  # fmt: skip
    return ROUTES.begin(desk, session, values)

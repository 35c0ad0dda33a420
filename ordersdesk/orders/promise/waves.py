"""The waves of vans: departures for the day's orders, urgent cars beside them, each one on its day (DLV-2, DLV-4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar, between


class Wave(NamedTuple):
    """One departure or one urgent car on its day: never a time alone. What leaves earlier is less."""

    day: date
    at: str
    """The time as orders, slips and sheets keep it: `12:00`."""

    def moment(self, now: datetime) -> datetime:
        """Return when it leaves, in the zone of `now`."""
        return datetime.combine(self.day, time.fromisoformat(self.at), now.tzinfo)

    def has_left(self, now: datetime) -> bool:
        """Tell whether it is gone; one that leaves this very minute can still be caught."""
        return self < Wave(now.date(), said(now.time()))


def said(at: time) -> str:
    """Write a time as it is kept, such as `12:00`."""
    return f"{at:%H:%M}"


def times(policy: Policy) -> list[time]:
    """Return when something leaves on a working day: departures and urgent cars."""
    return sorted({*policy.delivery.departures, *policy.delivery.urgent_cars})


def waves_of(day: date, policy: Policy, calendar: Calendar) -> list[Wave]:
    """Return the waves of a day, none when it is closed."""
    return [Wave(day, said(at)) for at in times(policy)] if calendar.is_working_day(day) else []


def coming(now: datetime, at: Iterable[time], calendar: Calendar) -> list[Wave]:
    """Return what still leaves today at these times, and all of the next working day's."""
    today = now.date()
    days = [*([today] if calendar.is_working_day(today) else []), calendar.next_working_day(today)]
    every = [Wave(day, said(each)) for day in days for each in sorted(at)]
    return [wave for wave in every if not wave.has_left(now)]


def next_wave(now: datetime, policy: Policy, calendar: Calendar) -> Wave:
    """Return the departure or urgent car that leaves next."""
    return coming(now, times(policy), calendar)[0]


def last_departure(day: date, part: str, days: int, policy: Policy, calendar: Calendar) -> Wave:
    """Return the last departure that still keeps a promise: before the part of the day begins, or within it.

    Goods for a carrier leave so many working days ahead, and so do those of a morning no van can reach.
    """
    departures = policy.delivery.departures
    if days:
        return Wave(calendar.working_days_before(day, days), said(departures[-1]))
    window = policy.delivery.morning if part == "morning" else policy.delivery.afternoon
    if in_time := [at for at in departures if at <= window.start]:
        return Wave(day, said(in_time[-1]))
    if departures[0] < window.end:
        return Wave(day, said(departures[0]))
    return Wave(calendar.working_days_before(day, 1), said(departures[-1]))


def wave_clock(now: datetime, policy: Policy, calendar: Calendar) -> str:
    """Say how long the next wave waits (JOY-2): `12:00 wave closes in 7 min`."""
    wave = next_wave(now, policy, calendar)
    if wave.day != now.date():
        return _("next wave {day} {wave}").format(day=short_day(wave.day), wave=wave.at)
    return closes_in(wave, wave.moment(now), now)


def closes_in(wave: Wave, closes: datetime, now: datetime) -> str:
    """Say how long a wave of today still takes orders."""
    left = between(now.replace(second=0, microsecond=0), closes)
    hours, minutes = divmod(left // timedelta(minutes=1), 60)
    if hours:
        return _("{wave} wave closes in {hours} h {minutes} min").format(wave=wave.at, hours=hours, minutes=minutes)
    return _("{wave} wave closes in {minutes} min").format(wave=wave.at, minutes=minutes)


def urgent_car(now: datetime, distance_km: Decimal | float | None, policy: Policy, calendar: Calendar) -> Wave:
    """Return the car that takes urgent goods today; refused (DLV-4) when there is none or it is too far."""
    car = coming(now, policy.delivery.urgent_cars, calendar)[0]
    if distance_km is None or Decimal(str(distance_km)) > policy.delivery.urgent_km:
        raise _too_far(distance_km, policy)
    if car.day != now.date():
        raise Refused(
            "DLV-4",
            _("Urgent delivery is too late for today: the next car is {day} {wave}.").format(
                day=_("tomorrow") if car.day == now.date() + timedelta(days=1) else short_day(car.day), wave=car.at
            ),
            mend=_("Take the order without urgent delivery."),
            field="urgent",
        )
    return car


def _too_far(distance_km: Decimal | float | None, policy: Policy) -> Refused:
    limit = policy.delivery.urgent_km
    if distance_km is None:
        return Refused(
            "DLV-4",
            _("Urgent delivery goes up to {limit} km, and how far this address is away is not known.").format(
                limit=limit
            ),
            mend=_("Write the distance in km beside the address."),
            field="distance_km",
        )
    return Refused(
        "DLV-4",
        _("Urgent delivery goes up to {limit} km; this address is {distance} km away.").format(
            limit=limit, distance=distance_km
        ),
        mend=_("Take the order without urgent delivery."),
        field="urgent",
    )

"""The waves of vans: which one is next, what the clock in the header says, and what urgent goods need (DLV-4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ordersdesk.foundation.daynames import short_day
from ordersdesk.foundation.language import _
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.worktime import Calendar


def next_wave(now: datetime, policy: Policy, calendar: Calendar) -> tuple[date, time]:
    """Return day and time of the next wave; one that leaves this very minute can still be caught."""
    today, minute = now.date(), now.time().replace(second=0, microsecond=0)
    if calendar.is_working_day(today):
        later = [wave for wave in policy.delivery.waves if wave >= minute]
        if later:
            return today, later[0]
    return calendar.next_working_day(today), policy.delivery.waves[0]


def wave_clock(now: datetime, policy: Policy, calendar: Calendar) -> str:
    """Say how long the next wave waits (JOY-2): `12:00 wave closes in 7 min`."""
    day, wave = next_wave(now, policy, calendar)
    if day != now.date():
        return _("next wave {day} {wave}").format(day=short_day(day), wave=f"{wave:%H:%M}")
    left = datetime.combine(day, wave, now.tzinfo) - now.replace(second=0, microsecond=0)
    hours, minutes = divmod(left // timedelta(minutes=1), 60)
    if hours:
        return _("{wave} wave closes in {hours} h {minutes} min").format(
            wave=f"{wave:%H:%M}", hours=hours, minutes=minutes
        )
    return _("{wave} wave closes in {minutes} min").format(wave=f"{wave:%H:%M}", minutes=minutes)


def urgent_wave(now: datetime, distance_km: Decimal | float | None, policy: Policy, calendar: Calendar) -> time:
    """Return the wave that takes urgent goods today; refused (DLV-4) when there is none or it is too far."""
    day, wave = next_wave(now, policy, calendar)
    if distance_km is None or Decimal(str(distance_km)) > policy.delivery.urgent_km:
        raise _too_far(distance_km, policy)
    if day != now.date():
        raise Refused(
            "DLV-4",
            _("Urgent delivery is too late for today: the next wave is {day} {wave}.").format(
                day=_("tomorrow") if day == now.date() + timedelta(days=1) else short_day(day), wave=f"{wave:%H:%M}"
            ),
            mend=_("Take the order without urgent delivery."),
            field="urgent",
        )
    return wave


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

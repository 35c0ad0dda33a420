"""When an urgent car is at the door, and whether that is soon enough for the customer (DLV-4, DLV-7)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.promise.waves import Wave, said
from ordersdesk.orders.terms.receiving_hours import Hours, written


class Door(NamedTuple):
    """Where urgent goods are handed over: in which hours somebody receives, and until when they are wanted."""

    hours: Hours = ()
    latest: time | None = None


def arrival(car: Wave, policy: Policy) -> datetime:
    """Return until when an urgent car is at the door, in branch time."""
    leaves = datetime.combine(car.day, time.fromisoformat(car.at))
    return leaves + timedelta(minutes=policy.delivery.urgent_minutes)


def handing_over(car: Wave, hours: Hours, policy: Policy) -> datetime | None:
    """Return when the goods of a car are handed over at the latest; nothing when nobody receives after it arrives."""
    there = arrival(car, policy)
    if not hours:
        return there
    doors = ((datetime.combine(car.day, each.start), datetime.combine(car.day, each.end)) for each in hours)
    return min((max(there, opens) for opens, closes in doors if there < closes), default=None)


def is_too_late(car: Wave, policy: Policy, *, day: date, latest: str) -> bool:
    """Tell whether a car comes after the latest time wanted on a day, as it is kept; of an unknown one nobody can."""
    return latest != "" and arrival(car, policy) > datetime.combine(day, time.fromisoformat(latest))


def refuse_late(car: Wave, door: Door, now: datetime, policy: Policy) -> None:
    """Refuse (DLV-4, DLV-7) urgent goods whose car finds nobody, or comes after the latest time the customer named."""
    there = handing_over(car, door.hours, policy)
    if there is None:
        raise Refused(
            "DLV-7",
            _("The urgent car is there by {there}, but the customer only receives {hours}.").format(
                there=said(arrival(car, policy).time()), hours=written(door.hours)
            ),
            mend=_("Agree on receiving them, or take the order without urgent delivery."),
            field="urgent",
        )
    if door.latest is not None:
        _refuse_time(car, door, there, now)


def _refuse_time(car: Wave, door: Door, there: datetime, now: datetime) -> None:
    wanted = datetime.combine(car.day, door.latest or time.max)
    by = said(there.time())
    if wanted < now.replace(tzinfo=None, second=0, microsecond=0):
        raise _refused(
            "DLV-4",
            _("{latest} is over already: it is {now}.").format(latest=said(wanted.time()), now=said(now.time())),
            _("The afternoon is typed as 16:30 or 4pm; the next urgent car is there by {there}.").format(there=by),
        )
    if door.hours and not any(each.start <= wanted.time() <= each.end for each in door.hours):
        raise _refused(
            "DLV-7",
            _("Nobody takes goods in at {latest}: the customer receives {hours}.").format(
                latest=said(wanted.time()), hours=written(door.hours)
            ),
            _("Agree on a time within these hours; the next urgent car is there by {there}.").format(there=by),
        )
    if there > wanted:
        raise _refused(
            "DLV-4",
            _("The next urgent car leaves at {wave} and is there by {there}: too late for {latest}.").format(
                wave=car.at, there=by, latest=said(wanted.time())
            ),
            _("Agree on {there}; or offer that it is fetched here or goes by courier, without urgent delivery.").format(
                there=by
            ),
        )


def _refused(rule: str, text: str, mend: str) -> Refused:
    return Refused(rule, text, mend=mend, field="latest")

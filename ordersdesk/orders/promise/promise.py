"""The delivery promise: cut-off, calendar, receiving hours, in that order, explained in one line (DLV-2…5, DLV-7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _, ngettext
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.arrival import Door, refuse_late
from ordersdesk.orders.promise.regions import carrier_days
from ordersdesk.orders.promise.waves import Wave, last_departure, urgent_car
from ordersdesk.orders.promise.waves import said as said_time
from ordersdesk.orders.terms.reasons import NAME_SHOWN, closed_days, closure, line, stored, when
from ordersdesk.orders.terms.receiving_hours import Hours, Part, latest, open_parts, said, written

KEY = "key"


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    """What the promise depends on; the time is branch time."""

    now: datetime
    size_class: str
    region: str = ""
    """Province and city of the address; empty when nobody knows, and then nothing is promised (CUS-12)."""
    address: str = ""
    region_days: int | None = None
    """Carrier's days agreed for this very address; the policy's table otherwise."""
    urgent: bool = False
    latest: time | None = None
    """Until when urgent goods must be there, where the customer was asked (DLV-4)."""
    distance_km: Decimal | float | None = None
    receiving: Hours = ()
    wished_date: date | None = None
    wished_part: Part = ""
    goods_on: date | None = None
    """When the goods it waits for are here, by the end of that day; what is here already waits for nothing."""

    @property
    def waits(self) -> bool:
        """Tell whether goods are still on their way to us."""
        return self.goods_on is not None and self.goods_on > self.now.date()


@dataclass(frozen=True, kw_only=True)
class Promise:
    """When the goods come, by when at the latest, and the line that says why."""

    date: date
    part: Part = ""
    latest: time = time.max
    leaves: Wave | None = None
    """The last departure that keeps it, or the urgent car; it always lies ahead."""
    closes: datetime | None = None
    """Until when it is taken today, where that is a matter of minutes (JOY-2)."""
    region: str = ""
    """Where the goods go."""
    days: int = 0
    """The working days a carrier needs there; none where our own vans go."""
    by_car: bool = False
    """An urgent car takes them, and no departure (DLV-4)."""
    rule: str = "DLV-2"
    explanation: str = ""
    written: str = ""
    """Its reasons as an order keeps them, to be said in any language on any day."""
    warning: str = ""

    @property
    def by_carrier(self) -> bool:
        """Tell whether a carrier takes the goods and no van of ours."""
        return self.days > 0

    @property
    def urgent_wave(self) -> str:
        """Return the time of the urgent car, empty for goods that leave with a departure (DLV-4)."""
        return self.leaves.at if self.leaves and self.by_car else ""


# What a rule gives, why, and from which day it counts if not from today.
Found = tuple[Promise, tuple[str, str]]


def promise(facts: PromiseFacts, policy: Policy, calendar: Calendar) -> Promise:
    """Return the earliest delivery, or the wished one if it can be kept; refused with the rule otherwise."""
    cut_off, (reason, leaving) = _cut_off(facts, policy, calendar)
    received, hours = _received(cut_off, facts, policy, calendar)
    received = _departing(received, facts, policy, calendar)
    if received.by_car and received.leaves:
        refuse_late(received.leaves, Door(facts.receiving, facts.latest), facts.now, policy)
    here = _("Goods here {day}").format(day=short_day(facts.goods_on)) if facts.waits and facts.goods_on else ""
    reasons = (here, reason, closed_days(facts.now.date(), received.date, calendar), leaving, hours)
    found = _explained(received, reasons, facts)
    if facts.wished_date:
        found = _wished(facts.wished_date, found, facts, policy, calendar)
    last = min(latest(found.part, facts.receiving, policy), facts.latest or time.max)
    return replace(found, region=facts.region, latest=last, warning=calendar.warning(found.date))


def _departing(found: Promise, facts: PromiseFacts, policy: Policy, calendar: Calendar) -> Promise:
    """Name the last departure that keeps a promise; a day that none can reach any more is the next one (DLV-2)."""
    if found.leaves:
        return found
    leaves = last_departure(found.date, found.part, found.days, policy, calendar)
    if leaves.has_left(facts.now):
        later = replace(found, date=calendar.next_working_day(found.date))
        return _departing(later, facts, policy, calendar)
    return replace(found, leaves=leaves)


def _explained(found: Promise, reasons: Sequence[str], facts: PromiseFacts) -> Promise:
    known = [reason for reason in reasons if reason]
    return replace(found, explanation=line(known, _when(found, facts)), written=stored(known))


def _cut_off(facts: PromiseFacts, policy: Policy, calendar: Calendar) -> Found:
    """Say which rule applies, and what it gives on the days that are worked."""
    days = facts.region_days
    if days is None:
        days = carrier_days(facts.region, policy, address=facts.address)
    if facts.urgent:
        return _urgent(facts, days, policy, calendar)
    if facts.waits and facts.goods_on:
        return _once_here(facts, facts.goods_on, policy, calendar)
    if days:
        return _by_carrier(facts, days, policy, calendar)
    if facts.size_class == KEY:
        return _key(facts.now, policy, calendar)
    days = policy.delivery.other_days
    several = ngettext("In {days} working day", "In {days} working days", days)
    reason = _("Next working day") if days == 1 else several.format(days=days)
    return Promise(date=calendar.add_working_days(facts.now.date(), days)), (reason, "")


def _once_here(facts: PromiseFacts, day: date, policy: Policy, calendar: Calendar) -> Found:
    """Count from the evening of the day on which the goods are here (STK-5)."""
    evening = datetime.combine(day, time(23, 59), facts.now.tzinfo)
    found, (reason, leaving) = _cut_off(replace(facts, now=evening, goods_on=None), policy, calendar)
    if not found.by_carrier and policy.delivery.other_days == 1:
        reason = _("then the next working day")
    return found, (reason, leaving)


def _key(now: datetime, policy: Policy, calendar: Calendar) -> Found:
    """Promise the same afternoon before the cut-off and while its departure lies ahead, else the next morning."""
    today, cut_off = now.date(), policy.delivery.key_cut_off
    tomorrow = Promise(date=calendar.next_working_day(today), part="morning")
    if not calendar.is_working_day(today):
        return tomorrow, (_("Key customer, next working day"), "")
    leaves = last_departure(today, "afternoon", 0, policy, calendar)
    if now.time() >= cut_off or leaves.has_left(now):
        after = cut_off if now.time() >= cut_off else leaves.moment(now)
        return tomorrow, (_("Key customer after {time}").format(time=f"{after:%H:%M}"), "")
    closes = min(datetime.combine(today, cut_off, now.tzinfo), leaves.moment(now))
    found = Promise(date=today, part="afternoon", closes=closes)
    return found, (_("Key customer before {time}").format(time=f"{cut_off:%H:%M}"), "")


def _urgent(facts: PromiseFacts, days: int, policy: Policy, calendar: Calendar) -> Found:
    if days:
        raise Refused(
            "DLV-4",
            _("Urgent goods go with our own vans, and these do not go to {region}.").format(
                region=facts.region[:NAME_SHOWN]
            ),
            mend=_("Take the order without urgent delivery."),
            field="urgent",
        )
    if facts.waits and facts.goods_on:
        raise Refused(
            "DLV-4",
            _("Urgent goods go today, and some are only here on {day}.").format(day=short_day(facts.goods_on)),
            mend=_("Send what is here and the rest later, or take the order without urgent delivery."),
            field="urgent",
        )
    car = urgent_car(facts.now, facts.distance_km, policy, calendar)
    leaves = car.moment(facts.now)
    part: Part = "morning" if leaves.time() < policy.delivery.morning.end else "afternoon"
    found = Promise(date=car.day, part=part, leaves=car, closes=leaves, by_car=True, rule="DLV-4")
    return found, (_("Urgent with the {wave} car").format(wave=car.at), "")


def _by_carrier(facts: PromiseFacts, days: int, policy: Policy, calendar: Calendar) -> Found:
    """Count the carrier's days from the day the goods leave: with today's last departure, or the next day's."""
    today = facts.now.date()
    last = Wave(today, said_time(policy.delivery.departures[-1]))
    caught = calendar.is_working_day(today) and not last.has_left(facts.now)
    leaves = today if caught else calendar.next_working_day(today)
    text = ngettext("Carrier to {region}, {days} working day", "Carrier to {region}, {days} working days", days)
    reason = text.format(region=facts.region[:NAME_SHOWN], days=days)
    leaving = "" if caught else _("leaves {day}").format(day=short_day(leaves))
    return Promise(date=calendar.add_working_days(leaves, days), days=days), (reason, leaving)


def _received(found: Promise, facts: PromiseFacts, policy: Policy, calendar: Calendar) -> tuple[Promise, str]:
    """Move the promise into the customer's receiving hours, later but never earlier (DLV-7)."""
    parts = open_parts(facts.receiving, policy)
    if found.part in parts or (not found.part and len(parts) == 2):
        return found, ""
    hours = _("receives {hours}").format(hours=written(facts.receiving))
    if not found.part or (found.part == "morning" and not facts.urgent):
        return replace(found, part=parts[0]), hours
    if facts.urgent:
        raise Refused(
            "DLV-7",
            _("Urgent goods come this {part}, but the customer only receives {hours}.").format(
                part=said(found.part), hours=written(facts.receiving)
            ),
            mend=_("Agree on receiving them, or take the order without urgent delivery."),
            field="urgent",
        )
    return replace(found, date=calendar.next_working_day(found.date), part=parts[0], closes=None), hours


def _wished(day: date, earliest: Promise, facts: PromiseFacts, policy: Policy, calendar: Calendar) -> Promise:
    """Return the day the customer wishes; refused with the rule that stands against it."""
    _check_day(day, earliest, facts, policy, calendar)
    part = facts.wished_part or (earliest.part if day == earliest.date else "")
    parts = open_parts(facts.receiving, policy)
    if part and part not in parts:
        raise Refused(
            "DLV-7",
            _("The customer only receives {hours}.").format(hours=written(facts.receiving)),
            mend=_("Take the {part}.").format(part=said(parts[0])),
            field="deliver_on",
        )
    if day == earliest.date and part == "morning" and earliest.part == "afternoon":
        raise _too_early(day, part, earliest, facts)
    if (day, part) == (earliest.date, earliest.part):
        return earliest
    wished = replace(earliest, date=day, part=part or (parts[0] if len(parts) == 1 else ""), leaves=None, closes=None)
    leaves = last_departure(day, wished.part, wished.days, policy, calendar)
    if leaves.has_left(facts.now):
        raise _too_early(day, part, earliest, facts)
    return _explained(replace(wished, leaves=leaves), [_("As wished")], facts)


def _check_day(day: date, earliest: Promise, facts: PromiseFacts, policy: Policy, calendar: Calendar) -> None:
    if not calendar.is_working_day(day):
        raise Refused(
            "DLV-3",
            _("There is no delivery on {day}: {reason}.").format(
                day=short_day(day), reason=closure(calendar.closed_for(day)) or _("not a working day")
            ),
            mend=_("The next possible day is {day}.").format(
                day=short_day(max(earliest.date, calendar.next_working_day(day)))
            ),
            field="deliver_on",
        )
    if day < earliest.date or (facts.urgent and day != earliest.date):
        raise _too_early(day, facts.wished_part, earliest, facts)
    furthest = facts.now.date() + timedelta(days=policy.delivery.furthest_days)
    if day > furthest:
        raise Refused(
            "DLV-2",
            _("{day} is too far away.").format(day=day),
            mend=_("Choose a day up to {day}.").format(day=furthest),
            field="deliver_on",
        )


def _too_early(day: date, part: Part, earliest: Promise, facts: PromiseFacts) -> Refused:
    wished = " ".join(filter(None, (short_day(day), said(part))))
    return Refused(
        earliest.rule,
        _("{wished} cannot be promised. {explanation}.").format(wished=wished, explanation=earliest.explanation),
        mend=_("Possible from {when}.").format(when=_when(earliest, facts)),
        field="deliver_on",
    )


def _when(found: Promise, facts: PromiseFacts) -> str:
    return when(found.date, found.part, facts.now.date())

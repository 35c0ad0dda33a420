"""When promised goods leave at the latest, day and wave, and the columns an order keeps of a promise (SLP-1)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.promise import Promise
from ordersdesk.orders.regions import days_to

# The columns of an order that a promise fills.
COLUMNS = ("promised_on", "promised_part", "promise", "region", "leaves_on", "wave")


def promise_columns(promised: Promise | None, policy: Policy, calendar: Calendar) -> dict[str, Any]:
    """Return all an order keeps of a promise; empty values when there is none."""
    if promised is None:
        return {
            "promised_on": None, "promised_part": "", "promise": "", "region": "", "leaves_on": None, "wave": "",
        }  # fmt: skip
    urgent = promised.wave if promised.rule == "DLV-4" else None
    return {
        "promised_on": promised.date,
        "promised_part": promised.part,
        "promise": promised.written,
        "region": promised.region,
        **leaving(promised.date, promised.part, promised.region, policy, calendar, wave=urgent),
    }


def leaving(
    day: date, part: str, region: str, policy: Policy, calendar: Calendar, *, wave: time | None = None
) -> dict[str, Any]:
    """Return `leaves_on` and `wave` of goods promised for a day; urgent ones name the wave that takes them (DLV-4)."""
    leaves, at = (day, wave) if wave else _last(day, part, region, policy, calendar)
    return {"leaves_on": leaves, "wave": f"{at:%H:%M}"}


def _last(day: date, part: str, region: str, policy: Policy, calendar: Calendar) -> tuple[date, time]:
    """Return the last wave that still keeps a promise: before the part of the day begins, or a carrier's days ahead."""
    delivery = policy.delivery
    if days := days_to(region, policy):
        return calendar.working_days_before(day, days), delivery.waves[-1]
    begins = (delivery.morning if part == "morning" else delivery.afternoon).start
    if in_time := [wave for wave in delivery.waves if wave <= begins]:
        return day, in_time[-1]
    if part == "morning":
        return calendar.working_days_before(day, 1), delivery.waves[-1]
    return day, delivery.waves[0]

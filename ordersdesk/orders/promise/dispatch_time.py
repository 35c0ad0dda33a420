"""With which wave promised goods leave, and the columns an order keeps of a promise (SLP-1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.promise import Promise
from ordersdesk.orders.promise.regions import days_to
from ordersdesk.orders.promise.waves import Wave, last_departure, said
from ordersdesk.orders.terms.draft import Draft

# The columns of an order that a promise fills.
COLUMNS = ("promised_on", "promised_part", "promise", "region", "leaves_on", "wave")


def promise_columns(promised: Promise | None) -> dict[str, Any]:
    """Return all an order keeps of a promise; empty values when there is none, but where it goes stays known."""
    if promised is None or promised.leaves is None:
        return {"promised_on": None, "promised_part": "", "promise": "", "leaves_on": None, "wave": ""}
    return {
        "promised_on": promised.date,
        "promised_part": promised.part,
        "promise": promised.written,
        "region": promised.region,
        **leaving_columns(promised.leaves),
    }


def urgent_columns(draft: Draft) -> dict[str, str]:
    """Return what an order keeps of how urgent goods are handed over (DLV-4); empty for any other."""
    if not draft.urgent:
        return {"latest": "", "department": "", "papers": ""}
    return {
        "latest": said(draft.latest) if draft.latest else "",
        "department": clean(draft.department, field="department"),
        "papers": clean(draft.papers, field="papers", longest=500),
    }


def leaving(day: date, part: str, region: str, policy: Policy, calendar: Calendar) -> dict[str, Any]:
    """Return `leaves_on` and `wave` of goods that were promised for a day: the last departure that keeps it."""
    return leaving_columns(last_departure(day, part, days_to(region, policy) or 0, policy, calendar))


def leaving_columns(wave: Wave) -> dict[str, Any]:
    """Return the columns that name a wave."""
    return {"leaves_on": wave.day, "wave": wave.at}

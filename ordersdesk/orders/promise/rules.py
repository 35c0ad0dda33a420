"""What became of a promise: kept by the end of its day or part of it, late while it is open, in words (DLV-7)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_, NP_

ORDER, CHANGE, SHEET, FAILED = "order", "change", "sheet", "failed"
CONFIRMED, CAME, SHORT = "confirmed", "came", "short"
BECAUSE = {
    ORDER: N_("the order"),
    CHANGE: N_("a change"),
    SHEET: N_("a late sheet"),
    FAILED: N_("a delivery that failed"),
    CONFIRMED: N_("confirmed later"),
    CAME: N_("goods that came"),
    SHORT: N_("goods that are missing"),
}
OUTCOMES = {
    "open": N_("to be kept"),
    "late": NP_("promise", "late"),
    "kept": N_("kept"),
    "broken": N_("broken"),
    "moved": NP_("promise", "moved"),
    "fallen": NP_("promise", "fallen away"),
}


class Due(NamedTuple):
    """When goods are to be there: a day, its part, and of urgent goods the latest time the customer named."""

    day: date
    part: str = ""
    latest: str = ""


def ends_at(part: str, policy: Policy, latest: str = "") -> time:
    """Return when the promised part of a day is over; any time of the day, and the whole of it counts."""
    ends = {"morning": policy.delivery.morning.end, "afternoon": policy.delivery.afternoon.end}.get(part, time.max)
    return min(ends, time.fromisoformat(latest)) if latest else ends


def was_kept(due: Due, came: datetime, policy: Policy) -> bool:
    """Tell whether goods that came then, in branch time, came by the end of what was promised."""
    minute = came.time().replace(second=0, microsecond=0)
    return came.date() < due.day or (came.date() == due.day and minute <= ends_at(due.part, policy, due.latest))


def is_over(due: Due, now: datetime, policy: Policy) -> bool:
    """Tell whether the promised day, part or time is over: what is not there by then is late."""
    return not was_kept(due, now, policy)

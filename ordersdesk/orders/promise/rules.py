"""What became of a promise: kept by the end of its day or part of it, late while it is open, in words (DLV-7)."""

from __future__ import annotations

from datetime import date, datetime, time

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


def ends_at(part: str, policy: Policy) -> time:
    """Return when the promised part of a day is over; any time of the day, and the whole of it counts."""
    if part == "morning":
        return policy.delivery.morning.end
    return policy.delivery.afternoon.end if part == "afternoon" else time.max


def was_kept(day: date, part: str, came: datetime, policy: Policy) -> bool:
    """Tell whether goods that came then, in branch time, came by the end of what was promised."""
    minute = came.time().replace(second=0, microsecond=0)
    return came.date() < day or (came.date() == day and minute <= ends_at(part, policy))


def is_over(day: date, part: str, now: datetime, policy: Policy) -> bool:
    """Tell whether the promised day or part of it is over: what is not there by then is late."""
    return not was_kept(day, part, now, policy)

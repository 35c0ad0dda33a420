"""The two parts of a delivery day, and the hours in which the customer takes goods in (DLV-7)."""

from __future__ import annotations

from datetime import time
from typing import Literal

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.windows import Window, windows
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

Part = Literal["morning", "afternoon", ""]
Hours = tuple[Window, ...]


def receiving_hours(text: str) -> Hours:
    """Read receiving hours as they stand on an address, `09:00-11:30, 13:00-16:00`; refused when they are none."""
    try:
        return windows(text)
    except ValueError:
        raise Refused(
            "DLV-7",
            _("“{text}” are no receiving hours.").format(text=text[:40]),
            mend=_("Write them like 09:00-11:30, 13:00-16:00."),
            field="receiving",
        ) from None


def open_parts(receiving: Hours, policy: Policy) -> tuple[Part, ...]:
    """Return the parts of the day in which we deliver and the customer receives; refused when there are none."""
    both: tuple[tuple[Part, Window], ...] = (
        ("morning", policy.delivery.morning),
        ("afternoon", policy.delivery.afternoon),
    )
    parts: list[Part] = []
    for part, ours in both:
        if not receiving or any(ours.meets(theirs) for theirs in receiving):
            parts.append(part)
    if parts:
        return tuple(parts)
    raise Refused(
        "DLV-7",
        _("The customer only receives {hours}; we deliver {ours}.").format(
            hours=written(receiving), ours=written(policy.delivery.parts)
        ),
        mend=_("Agree on hours when we deliver."),
        field="receiving",
    )


def latest(part: Part, receiving: Hours, policy: Policy) -> time:
    """Return the end of the delivery: our part of the day, or the customer's door closing before it."""
    ours = policy.delivery.morning if part == "morning" else policy.delivery.afternoon
    doors = [theirs.end for theirs in receiving if ours.meets(theirs)]
    return min(ours.end, max(doors, default=ours.end))


def written(hours: Hours) -> str:
    """Write hours in one line."""
    return word_list(map(str, hours))


def due_part(part: Part, latest: str) -> str:
    """Name the part of the day in which goods come, or until when urgent ones must be there (DLV-4)."""
    return _("by {latest}").format(latest=latest) if latest else said(part)


def said(part: Part) -> str:
    """Name a part of the day."""
    return {"morning": _("morning"), "afternoon": _("afternoon"), "": ""}[part]

"""Days as they are typed on the phone: `24`, `11-24`, `+2`, `2026-11-24` (ORD-1)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

_SHAPES = (
    re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?\Z"),
    re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?\Z"),
    re.compile(r"(?P<month>\d{2})(?P<day>\d{2})\Z"),
    re.compile(r"(?P<day>\d{1,2})[日号]?\Z"),
)


def day_typed(text: str, today: date) -> date | None:
    """Return the day meant, the next one that fits; nothing for an empty text; refused (ORD-1) when it is no day."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if not bare:
        return None
    if ahead := re.fullmatch(r"\+(\d{1,3})", bare):
        return today + timedelta(days=int(ahead[1]))
    for shape in _SHAPES:
        if found := shape.match(bare):
            return _next(found.groupdict(), today, bare)
    raise _no_day(bare)


def _next(parts: dict[str, str], today: date, text: str) -> date:
    """Fill in what was not typed so that the day is today or later."""
    year, month, day = (int(parts[name]) if name in parts else None for name in ("year", "month", "day"))
    assert day is not None
    if year is not None:
        candidates = [(year, month or 1, day)]
    elif month is not None:
        candidates = [(today.year, month, day), (today.year + 1, month, day)]
    else:
        months = [(today.year + (today.month - 1 + step) // 12, (today.month - 1 + step) % 12 + 1) for step in range(3)]
        candidates = [(one, two, day) for one, two in months]
    for candidate in candidates:
        try:
            meant = date(*candidate)
        except ValueError:
            continue
        if year is not None or meant >= today:
            return meant
    raise _no_day(text)


def _no_day(text: str) -> Refused:
    return Refused(
        "ORD-1",
        _("“{text}” is no day.").format(text=text[:20]),
        mend=_("Type 24, 11-24, +2 or 2026-11-24; empty means as early as possible."),
        field="deliver_on",
    )

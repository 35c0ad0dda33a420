"""The one line that explains a promise: which rule, which cut-off, which holiday (DLV-5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from ordersdesk.foundation.daynames import day_and_month, short_day
from ordersdesk.foundation.language import _, clauses
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.receiving import Part, said

COLUMNS = 76  # of an 80-column terminal
NAME_SHOWN = 20  # characters of a region or closure


def line(reasons: Iterable[str], when: str) -> str:
    """Put reasons and result on one line; what does not fit is left out from the end."""
    kept = [reason for reason in reasons if reason]
    while True:
        explained = _("{why}: {when}").format(why=clauses(kept), when=when)
        if len(kept) < 2 or _width(explained) <= COLUMNS:
            return explained
        kept.pop()


def when(day: date, part: Part, today: date | None = None) -> str:
    """Say a day and its part: `today afternoon`, `Mon 23 Nov`; what is kept for later names the day itself."""
    spoken = _("today") if day == today else short_day(day)
    return _("{day} {part}").format(day=spoken, part=said(part)).strip()


def closed_days(start: date, end: date, calendar: Calendar) -> str:
    """Name the last holiday or closure between two days and the day it ends; empty when there is none."""
    days = (end - timedelta(days=back) for back in range(1, (end - start).days + 1))
    for day in days:
        if name := calendar.closed_for(day):
            return _("{holiday} to {day}").format(holiday=name[:NAME_SHOWN], day=day_and_month(day))
    return ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

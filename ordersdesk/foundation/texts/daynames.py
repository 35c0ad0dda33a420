"""Days in words: for one line of a screen (`Mon 23 Nov`, `11月23日周一`), and as they are said on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ordersdesk.foundation.texts.language import N_, _

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
_NEAR = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}


def weekday(day: date, say: Callable[[str], str] = _) -> str:
    """Name the day of the week."""
    return say(_WEEKDAYS[day.weekday()])


def short_day(day: date) -> str:
    """Name a day that is not far away."""
    return _("{weekday} {day} {month}").format(weekday=weekday(day), day=day.day, month=_(_MONTHS[day.month - 1]))


def day_and_month(day: date) -> str:
    """Name a day where its weekday does not matter."""
    return _("{day} {month}").format(day=day.day, month=_(_MONTHS[day.month - 1]))


def dated(day: date, say: Callable[[str], str] = _) -> str:
    """Name a day of any year, in the language being spoken or that of a paper."""
    return say(N_("{day} {month} {year}")).format(day=day.day, month=say(_MONTHS[day.month - 1]), year=day.year)


def day_aloud(day: date, today: date) -> str:
    """Name a day as one says it on the phone: today, tomorrow, else its weekday and date."""
    if near := _NEAR.get((day - today).days):
        return _(near)
    spoken = _("{weekday}, {day} {month}")
    return spoken.format(weekday=_(WEEKDAYS[day.weekday()]), day=day.day, month=_(_MONTHS[day.month - 1]))

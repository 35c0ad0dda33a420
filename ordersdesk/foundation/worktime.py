"""Working days and working minutes in branch time: windows, legal holidays with make-up days, closures (DLV-3)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.windows import Window

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONGEST_CLOSURE = 400  # days without one window before the calendar itself is taken to be wrong

# The names the legal calendar uses, listed here so that they are translated.
LEGAL_NAMES = (
    N_("New Year's Day"),
    N_("Spring Festival"),
    N_("Tomb-sweeping Day"),
    N_("Labour Day"),
    N_("Dragon Boat Festival"),
    N_("National Day"),
    N_("Mid-autumn Festival"),
)


class Legal(NamedTuple):
    """What the law says about single days, and for which years it has spoken."""

    holidays: Mapping[date, str]
    worked: Mapping[date, str]
    years: frozenset[int]


@lru_cache(maxsize=1)
def _legal_china() -> Legal:
    # Loaded on the first question: its tables take longer to build than a command takes to start.
    tables: Any = importlib.import_module("chinese_calendar")
    holidays: dict[date, str] = tables.holidays
    worked: dict[date, str] = tables.workdays
    return Legal(holidays, worked, frozenset(day.year for day in holidays))


class Calendar:
    """When the branch works. Days are branch dates, moments are aware and come back in branch time."""

    def __init__(self, policy: Policy) -> None:
        self._set = policy.calendar
        self.zone = ZoneInfo(policy.branch.time_zone)

    def windows(self, day: date) -> tuple[Window, ...]:
        """Return the working windows of a day, none when it is closed."""
        if day in self._set.closures:
            return ()
        usual = self._set.week[day.weekday()]
        if self._is_make_up(day):
            return usual or self._set.make_up
        return () if self._holiday(day) else usual

    def is_working_day(self, day: date) -> bool:
        """Say whether the branch works that day at all."""
        return bool(self.windows(day))

    def is_make_up_day(self, day: date) -> bool:
        """Say whether a day off by its weekday is worked all the same."""
        return not self._set.week[day.weekday()] and self.is_working_day(day)

    def closed_for(self, day: date) -> str:
        """Name the holiday or closure of a day; empty on working days and ordinary days off."""
        if self.is_working_day(day):
            return ""
        return self._set.closures.get(day) or _(self._holiday(day))

    def next_working_day(self, day: date) -> date:
        """Return the first working day after a day."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, days: int) -> date:
        """Count working days on from a day; nought gives the day itself, or the next that is worked."""
        left = days if days > 0 else int(not self.is_working_day(day))
        closed = 0
        while left:
            day += DAY
            closed = 0 if self.is_working_day(day) else closed + 1
            left -= closed == 0
            self._check_open(closed, day)
        return day

    def working_days_before(self, day: date, days: int) -> date:
        """Count working days back from a day."""
        left, closed = days, 0
        while left > 0:
            day -= DAY
            closed = 0 if self.is_working_day(day) else closed + 1
            left -= closed == 0
            self._check_open(closed, day)
        return day

    def add_working_minutes(self, start: datetime, minutes: int, pauses: Sequence[Span] = ()) -> datetime:
        """Return when so many working minutes will have passed since the start, pauses not counted."""
        left = minutes * MINUTE
        for opened, closed in self._open_spans(start, pauses):
            if left <= closed - opened:
                return (opened + left).astimezone(self.zone)
            left -= closed - opened
        raise AssertionError("unreachable: the spans go on until the calendar is refused")

    def working_minutes_between(self, start: datetime, end: datetime, pauses: Sequence[Span] = ()) -> int:
        """Count the whole working minutes from start to end; negative when the end came first."""
        if end < start:
            return -self.working_minutes_between(end, start, pauses)
        passed = timedelta()
        for opened, closed in self._open_spans(start, pauses, until=end):
            passed += closed - opened
        return passed // MINUTE

    def unconfirmed(self, day: date) -> bool:
        """Say whether the day's year has no published holidays, so that only weekdays are known."""
        if self._set.legal == "none" or day.year in self._set.confirmed_years:
            return False
        return day.year not in _legal_china().years

    def warning(self, day: date) -> str:
        """Return the sentence to show beside an unconfirmed day, empty otherwise."""
        if not self.unconfirmed(day):
            return ""
        return _("The holidays of {year} are not published yet; this day is unconfirmed.").format(year=day.year)

    def _is_make_up(self, day: date) -> bool:
        if day in self._set.make_up_days:
            return True
        if day in self._set.holidays or self._set.legal == "none":
            return False
        return day in _legal_china().worked

    def _holiday(self, day: date) -> str:
        own = self._set.holidays.get(day, "")
        return own or ("" if self._set.legal == "none" else _legal_china().holidays.get(day, ""))

    def _open_spans(self, start: datetime, pauses: Sequence[Span], until: datetime | None = None) -> Iterator[Span]:
        """Yield the working time from start on, in UTC because a day may be 23 hours long."""
        begin = start.astimezone(UTC)
        day, closed = start.astimezone(self.zone).date(), 0
        last = until.astimezone(self.zone).date() if until else date.max
        while day <= last:
            windows = self.windows(day)
            closed = 0 if windows else closed + 1
            self._check_open(closed, day)
            for window in windows:
                opened, ended = self._moment(day, window.start), self._moment(day, window.end)
                yield from _without((max(begin, opened), min(ended, until or ended)), pauses)
            day += DAY

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def _check_open(self, closed: int, day: date) -> None:
        if closed > LONGEST_CLOSURE:
            raise Refused(
                "DLV-3",
                _("The calendar knows no working day before {day}.").format(day=day),
                mend=_("Give the weekdays their working windows in the policy."),
                field="calendar",
            )


def _without(span: Span, pauses: Sequence[Span]) -> Iterator[Span]:
    """Yield what the pauses leave of a span."""
    opened, closed = span
    for paused, resumed in sorted(pauses):
        if paused < closed and resumed > opened:
            if paused > opened:
                yield opened, paused
            opened = resumed
    if opened < closed:
        yield opened, closed

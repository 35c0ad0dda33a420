"""Working days and working minutes in branch time: windows, legal holidays with make-up days, closures (DLV-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.windows import Window
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.legal_days import by_law, published

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
UNPUBLISHED = N_("The holidays of {year} are not published yet; this day is unconfirmed.")
LONGEST_CLOSURE = 400  # days without one window before the calendar itself is taken to be wrong


def between(earlier: datetime, later: datetime) -> timedelta:
    """Return how much time passes: two local times are an hour off where clocks change between them."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


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

    def closed_for(self, day: date) -> str:
        """Name the holiday or closure of a day, for `_` to translate; empty on working days and ordinary days off."""
        if self.is_working_day(day):
            return ""
        return self._set.closures.get(day) or self._holiday(day)

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

    def unconfirmed(self, day: date) -> bool:
        """Say whether the day's year has no published holidays, so that only the days of the law are known."""
        if self._set.legal == "none" or day.year in self._set.confirmed_years:
            return False
        return day.year not in published().years

    def warning(self, day: object, say: Callable[[str], str] = _) -> str:
        """Return the sentence to give with a promise for an unconfirmed day, in a language; empty otherwise."""
        if not isinstance(day, date) or not self.unconfirmed(day):
            return ""
        return say(UNPUBLISHED).format(year=day.year)

    def _is_make_up(self, day: date) -> bool:
        if day in self._set.make_up_days:
            return True
        if day in self._set.holidays or self._set.legal == "none":
            return False
        return day in published().worked

    def _holiday(self, day: date) -> str:
        if own := self._set.holidays.get(day, ""):
            return own
        if self._set.legal == "none":
            return ""
        legal = published()
        return (legal.holidays if day.year in legal.years else by_law(day.year)).get(day, "")

    def _open_spans(self, start: datetime, pauses: Sequence[Span]) -> Iterator[Span]:
        """Yield the working time from start on, in UTC because a day may be 23 hours long."""
        begin = start.astimezone(UTC)
        day, closed = start.astimezone(self.zone).date(), 0
        while True:
            windows = self.windows(day)
            closed = 0 if windows else closed + 1
            self._check_open(closed, day)
            for window in windows:
                opened, ended = self._moment(day, window.start), self._moment(day, window.end)
                yield from _without((max(begin, opened), ended), pauses)
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

"""When a call of a log rang, was answered and ended, from the moments and lengths of time its row tells (CAL-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from ordersdesk.files.mapping.converting import Value
from ordersdesk.foundation.texts.language import _

TELLING = frozenset({"state", "answered", "talk"})  # fields of which one must say whether anybody answered


class Impossible(Exception):
    """Moments that cannot be of one call; holds the field and the sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Timed:
    """The moments of one call, and whether nobody answered it."""

    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    is_missed: bool


def timed(values: Mapping[str, Value], zone: tzinfo, longest: timedelta) -> Timed:
    """Return the moments of a row; `Impossible` when one lies before the one it follows, or too far behind it."""
    moments = {
        name: at.replace(tzinfo=zone).astimezone(UTC)
        for name in _MOMENTS
        if isinstance(at := values.get(name), datetime)
    }
    spans = {name: timedelta(seconds=each) for name in _SPANS if isinstance(each := values.get(name), int)}
    rang = moments["started"]
    is_missed = _is_missed(values)
    answered = None if is_missed else _answered(moments, spans)
    answered = _after(rang, answered, longest, "answered")
    ended = _after(answered or rang, _ended(moments, spans, answered), longest, "ended")
    return Timed(rang, answered, ended, is_missed)


_MOMENTS = ("started", "answered", "ended")
_SPANS = ("wait", "talk", "duration")


def _is_missed(values: Mapping[str, Value]) -> bool:
    if "state" in values:
        return values["state"] == "missed"
    return "answered" not in values and not values.get("talk")


def _answered(moments: Mapping[str, datetime], spans: Mapping[str, timedelta]) -> datetime | None:
    if "answered" in moments:
        return moments["answered"]
    if "wait" in spans:
        return moments["started"] + spans["wait"]
    if spans.keys() >= {"duration", "talk"}:
        return moments["started"] + spans["duration"] - spans["talk"]
    return moments["ended"] - spans["talk"] if "ended" in moments and "talk" in spans else None


def _ended(
    moments: Mapping[str, datetime], spans: Mapping[str, timedelta], answered: datetime | None
) -> datetime | None:
    if "ended" in moments:
        return moments["ended"]
    if "duration" in spans:
        return moments["started"] + spans["duration"]
    if answered is not None:
        return answered + spans["talk"] if "talk" in spans else None
    return moments["started"] + spans["wait"] if "wait" in spans else None


def _after(before: datetime, at: datetime | None, longest: timedelta, field: str) -> datetime | None:
    """Return a moment that follows another: one that looks earlier was written without its day, past midnight."""
    if at is None or timedelta(0) <= at - before <= longest:
        return at
    next_day = at + timedelta(days=1)
    if at < before and next_day - before <= longest:
        return next_day
    why = _("is before what it follows") if at < before else _("is longer after the start than any call lasts")
    raise Impossible(field, why)

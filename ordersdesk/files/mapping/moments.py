"""Days and moments as files write them; a mapping names a format where a file's own is not plain (FIL-1, ORD-12)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from ordersdesk.files.tables.workbooks import Cell, text_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.time.typed_times import hour_of_day

DAYS_AGO = "days ago"
EXCEL = "excel"
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIAL = 200_000  # days: beyond the years a desk has to do with
_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"(?:[T\s]*(?P<half>上午|下午|中午|晚上|凌晨)?\s*(\d{1,2})[:时](\d{2})分?(?::(\d{2})(?:\.\d+)?)?\s*(?P<noon>[AaPp][Mm])?)?"
    r"\s*(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?"
)
_HOUR = re.compile("%[HIcXTRs]")  # what makes a format one of a moment rather than a day
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
# What people write for a format, and how the program does; the longest first.
_SPELLED = {"YYYY": "%Y", "yyyy": "%Y", "YY": "%y", "yy": "%y", "MMM": "%b", "MM": "%m", "DD": "%d", "dd": "%d",
            "HH": "%H", "hh": "%H", "mm": "%M", "SS": "%S", "ss": "%S"}  # fmt: skip
_TOKEN = re.compile("|".join(_SPELLED))


@dataclass(frozen=True)
class Clock:
    """The day `days ago` counts from, the branch's zone, and the one the file's own times are in if it is another."""

    today: date
    zone: tzinfo | None = None
    theirs: tzinfo | None = None


def spelled(form: str) -> str:
    """Return a format as the program writes it: `DD/MM/YY` is `%d/%m/%y`; ValueError when it is none."""
    if form in (DAYS_AGO, EXCEL, ""):
        return form
    plain = form if "%" in form else _TOKEN.sub(lambda token: _SPELLED[token[0]], form)
    probe = datetime(2031, 12, 28, 23, 45, 56)
    if not {"%Y", "%y", "%c", "%x", "%G"} & set(re.findall("%[A-Za-z]", plain)):
        raise ValueError("a format without a year")
    datetime.strptime(probe.strftime(plain.replace("%z", "+0800")), plain)
    return plain


def moment_of(cell: Cell, form: str, clock: Clock) -> datetime:
    """Return the branch's time of a cell; ValueError with a sentence when it is none."""
    if isinstance(cell, datetime):
        return _local(cell, clock)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    text = unicodedata.normalize("NFKC", text_of(cell)).strip().removeprefix("'").strip()
    try:
        found = _by_format(text, form, clock) if form else _plain(text, clock)
    except (ValueError, OverflowError) as error:
        raise ValueError(_("is no date that exists, or not in the format given")) from error
    if found is None:
        raise ValueError(_("is no date like 2026-01-31; the mapping can name another format, such as DD/MM/YYYY"))
    return found


def _by_format(text: str, form: str, clock: Clock) -> datetime:
    if form in (DAYS_AGO, EXCEL):
        days = int(Decimal(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else _SERIAL
        if abs(days) >= _SERIAL:
            raise ValueError(text)
        day = clock.today - timedelta(days=days) if form == DAYS_AGO else _EXCEL_DAY_ZERO + timedelta(days=days)
        return datetime.combine(day, time())
    at = datetime.strptime(text, form)
    return _local(at, clock) if _HOUR.search(form) else at


def _plain(text: str, clock: Clock) -> datetime | None:
    if found := _COMPACT.fullmatch(text):
        at = datetime(*(int(part or 0) for part in found.groups()))  # pyright: ignore[reportArgumentType]
        return _local(at, clock) if found[4] else at
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[place] or 0) for place in (1, 2, 3, 5, 6, 7))
    at = datetime(
        year,
        month,
        day,
        hour_of_day(hour, half=found["half"] or "", noon=(found["noon"] or "").lower()),
        minute,
        second,
    )
    if not found["offset"]:
        return _local(at, clock) if found[5] else at
    offset = found["offset"].replace("Z", "+0000").replace("z", "+0000")
    return _local(datetime.strptime(f"{at:%Y-%m-%d %H:%M:%S}{offset}", "%Y-%m-%d %H:%M:%S%z"), clock)


def _local(at: datetime, clock: Clock) -> datetime:
    """Return a moment in the branch's time (ORD-12): by its offset, by the file's zone, or as it stands."""
    if at.tzinfo is None and clock.theirs is not None:
        at = at.replace(tzinfo=clock.theirs)
    return at.astimezone(clock.zone).replace(tzinfo=None) if at.tzinfo else at

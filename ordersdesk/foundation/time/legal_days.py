"""Legal holidays of China: as published for a year, and the days the law itself names for every other (DLV-3)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import N_

NEW_YEAR, SPRING, TOMBS, LABOUR = (
    N_("New Year's Day"),
    N_("Spring Festival"),
    N_("Tomb-sweeping Day"),
    N_("Labour Day"),
)
DRAGON_BOAT, MID_AUTUMN, NATIONAL = (
    N_("Dragon Boat Festival"),
    N_("Mid-autumn Festival"),
    N_("National Day"),
)
# The days of the law since 2025 that stand on the same date every year (State Council Decree 795).
_FIXED = ((1, 1, NEW_YEAR), (5, 1, LABOUR), (5, 2, LABOUR), (10, 1, NATIONAL), (10, 2, NATIONAL), (10, 3, NATIONAL))
_SPRING_DAYS = range(-1, 3)  # from the eve to the third day


class Published(NamedTuple):
    """What was published about single days, and for which years."""

    holidays: Mapping[date, str]
    worked: Mapping[date, str]
    years: frozenset[int]


@cache
def published() -> Published:
    """Return the holidays and make-up days of the years whose calendar is known."""
    # Loaded on the first question: its tables take longer to build than a command takes to start.
    tables: Any = importlib.import_module("chinese_calendar")
    holidays: dict[date, str] = tables.holidays
    worked: dict[date, str] = tables.workdays
    return Published(holidays, worked, frozenset(day.year for day in holidays))


@cache
def by_law(year: int) -> Mapping[date, str]:
    """Return the days that the law closes in any year; what will be moved around them is not known yet."""
    days = {date(year, month, day): name for month, day, name in _FIXED}
    return days | dict(_by_moon(year))


def _by_moon(year: int) -> Iterator[tuple[date, str]]:
    if year not in _moon_days():
        return
    spring, *others = _moon_days()[year]
    for step in _SPRING_DAYS:
        yield spring + timedelta(days=step), SPRING
    yield from zip(others, (TOMBS, DRAGON_BOAT, MID_AUTUMN), strict=True)


@cache
def _moon_days() -> dict[int, tuple[date, ...]]:
    lines = data_path("lunar_days.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return {int(year): tuple(date.fromisoformat(f"{year}-{day}") for day in days) for year, *days in cells}

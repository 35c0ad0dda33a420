"""Headings of lists stand whole above their columns, in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date

import pytest
from rich.cells import cell_len

import screens
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import translator, use
from screens.widgets.rows import Column


def columns() -> Iterator[tuple[str, Column]]:
    """Every column that a module of the screens declares, with its place."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value if isinstance(value, tuple) else [value]:
                if isinstance(one, Column):
                    yield f"{module.name}.{name}", one


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_headings_fit_their_columns(language: str) -> None:
    say = translator(language)
    cut = [(place, say(one.title)) for place, one in columns() if 0 < one.width < cell_len(say(one.title))]
    assert cut == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_day_fits_where_lists_show_one(language: str) -> None:
    use(language)
    longest = max(cell_len(short_day(date(2026, 12, day))) for day in range(1, 32))
    use("en")
    days = {"Promise", "Day", "Leaves", "Since", "Time left", "Wave", "Due"}
    cut = [place for place, one in columns() if one.title in days and 0 < one.width < longest]
    assert cut == []

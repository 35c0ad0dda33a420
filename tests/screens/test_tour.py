"""The tour goes to every screen there is, so that whatever is proved of its stops is proved of all screens."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import screens
from screens.shell.screen import DeskScreen
from tests.screens.tour import ELSEWHERE, STOPS


def every_screen() -> list[str]:
    """Name the screens of the desk; what others are made from is none itself."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    return [one.__name__ for one in dict.fromkeys(_made_from(DeskScreen)) if not one.__subclasses__()]


def _made_from(base: type[DeskScreen]) -> Iterator[type[DeskScreen]]:
    for one in base.__subclasses__():
        if one.__module__.startswith("screens."):
            yield one
            yield from _made_from(one)


def test_every_screen_is_on_the_tour_or_says_why_not() -> None:
    assert set(every_screen()) == {stop.screen for stop in STOPS} | set(ELSEWHERE)


def test_what_bears_one_name_twice_is_two_stops() -> None:
    names = every_screen()
    assert {name for name in names if names.count(name) > sum(stop.screen == name for stop in STOPS)} == {*ELSEWHERE}

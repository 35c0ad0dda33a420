"""The pictures of README and guide are all there, in both languages, and show what a screen shows."""

from __future__ import annotations

import re

from tests.pictures import FOLDER, SUFFIX, WALKS

NAMES = [name for walk in WALKS.values() for name in walk]


def test_every_main_screen_has_its_picture_in_both_languages() -> None:
    wanted = {f"{name}{suffix}.svg" for name in NAMES for suffix in SUFFIX.values()}
    assert {path.name for path in FOLDER.glob("*.svg")} == wanted


def test_a_picture_shows_a_whole_screen_and_fetches_nothing() -> None:
    for path in FOLDER.glob("*.svg"):
        drawn = path.read_text(encoding="utf-8")
        assert ("F1" in drawn, re.findall(r"url\(['\"]?https?:", drawn)) == (True, []), path.name


def test_the_order_books_picture_has_a_cursor() -> None:
    """A selected row is drawn on a ground of its own."""
    drawn = (FOLDER / "orders.svg").read_text(encoding="utf-8")
    grounds = re.findall(r'<rect fill="(#[0-9a-f]{6})"', drawn)
    assert len(set(grounds)) >= 2

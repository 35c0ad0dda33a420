"""Papers as plain text: measured in cells, whole, and in pages when a printer wants them (SLP-3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ordersdesk.printing.devices.cells import padded, width, wrapped
from ordersdesk.printing.devices.plain import text, texts
from ordersdesk.printing.forms.characters import printable
from tests.printing.papers import PLIES, a_form, a_row, a_slip

ANY = some.text(some.characters(blacklist_categories=["Cs"]), max_size=200)


@pytest.mark.parametrize(("words", "cells"), [("abc", 3), ("复印纸", 6), ("é", 1), ("e\u0301", 1), ("ｗ", 2), ("", 0)])
def test_a_chinese_character_takes_two_cells(words: str, cells: int) -> None:
    assert width(words) == cells


@given(ANY, some.integers(2, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(words: str, cells: int) -> None:
    lines = wrapped(printable(words), cells)
    assert max(map(width, lines)) <= cells
    assert "".join("".join(lines).split()) == "".join(printable(words).split())


def test_text_is_filled_up_to_its_cells() -> None:
    assert (padded("纸", 4), padded("1", 3, right=True), padded("too long", 3)) == ("纸  ", "  1", "too long")


@given(name=ANY, unit=ANY, buyer=ANY)
def test_no_line_is_longer_than_the_paper_is_wide(name: str, unit: str, buyer: str) -> None:
    row = ("200", "C" * 60, name, name, unit, "1,000,000", "999,999,999,999.99")
    made = text(a_form([row], buyer=buyer))
    assert max(map(width, made.split("\n"))) <= 80


def test_the_paper_carries_everything() -> None:
    made = text(a_form([a_row(name="签字笔")], remark="two\nlines"))
    for words in ("Paper Ltd", "SO20261123-0001", "明远办公", "签字笔", "25.00", "two", "lines", "Signed ____"):
        assert words in made


def test_pages_are_of_one_length_numbered_and_repeat_the_heads() -> None:
    made = text(a_form([a_row(place) for place in range(1, 201)]), lines=60).split("\f")
    assert {len(page.splitlines()) for page in made} == {60}
    assert [page.splitlines()[-1].strip() for page in made] == [f"Page {n} of {len(made)}" for n in range(1, 5)]
    assert ["Code" in page for page in made if "A4-80" in page] == [True] * 4


def test_a_steering_mark_never_reaches_a_printer() -> None:
    assert "\x1b" not in text(a_form([a_row(name="\x1b@ reset", code="\u202e")], buyer="\x0c"))


def test_short_columns_leave_their_room_to_long_names() -> None:
    name = "得力彩色复印纸 A4 80克 五色混装 每包一百张"
    assert name in text(a_form([a_row(name=name)]))


def test_where_figures_leave_no_room_the_table_is_a_list_with_whole_names() -> None:
    form = a_slip([a_row(name="彩色复印纸 A4", amount="9" * 60)])
    lines = text(form).splitlines()
    place = next(place for place, line in enumerate(lines) if "复印纸" in line)
    assert (lines[place], lines[place + 1].strip()) == ("1 A4-80  彩色复印纸 A4  500  包", "1 = " + "9" * 60)


def test_each_ply_is_labelled_and_numbered_for_itself_and_later_pages_say_what_they_belong_to() -> None:
    pages = texts([a_slip([a_row(place) for place in range(1, 41)])]).split("\f")
    assert [page.splitlines()[-1].strip() for page in pages] == [f"Page {n} of {len(pages) // 4}" for n in (1, 2)] * 4
    assert all(f"[{copy.label}]" in page for copy, page in zip(PLIES, pages[1::2], strict=True))
    assert [page.splitlines()[0] for page in pages[1::2]] == [
        f"Confirmation SL20261123-0001 ** URGENT ** [{copy.label}]" for copy in PLIES
    ]
    assert {len(page.splitlines()) for page in pages} == {33}

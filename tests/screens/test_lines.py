"""Lists of any length: only what is drawn is read, columns fit in cells, names are only ever text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult

from screens.widgets.cells import clipped, cut, fitted
from screens.widgets.lines import Lines
from screens.widgets.rows import PAGE, Column, Pages, Row, widths
from tests.screens.acting import screen_text, wait_until

TOTAL = 100_000


class Book:
    """A source that remembers what was read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def __call__(self, offset: int, limit: int) -> Sequence[Row]:
        self.read.append(offset)
        return [Row(n, (f"SO{n:06}", "王[/]明", f"{n}.00")) for n in range(offset, min(offset + limit, TOTAL))]


class ListApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[Row] = []

    def compose(self) -> ComposeResult:
        yield Lines([Column("Number", 10), Column("Name"), Column("Total", 12, right=True)], empty="Nothing here")

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        self.chosen.append(event.row)

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)


async def test_a_long_list_reads_only_the_pages_it_draws() -> None:
    app, book = ListApp(), Book()
    async with app.run_test(size=(60, 10)) as pilot:
        app.lines.show(book, TOTAL)
        await pilot.press("end")
        await wait_until(pilot, lambda: "SO099999" in screen_text(app))
        assert book.read == [0, TOTAL - PAGE]


async def test_the_cursor_walks_pages_and_stops_at_the_ends() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 10)) as pilot:
        app.lines.show(Book(), 20)
        stops = []
        for key in ("up", "pagedown", "down", "pagedown", "pagedown", "home"):
            await pilot.press(key)
            stops.append(app.lines.cursor)
        assert stops == [0, 9, 10, 19, 19, 0]


async def test_columns_stand_in_cells_under_their_titles() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 10)) as pilot:
        app.lines.show(Book(), 1)
        await wait_until(pilot, lambda: "SO000000" in screen_text(app))
        title, row = screen_text(app).splitlines()[:2]
        assert row.startswith("SO000000   王[/]明")
        assert (cell_len(title), cell_len(row)) == (60, 60)


async def test_an_empty_list_says_so() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 10)) as pilot:
        app.lines.show_rows([])
        await wait_until(pilot, lambda: "Nothing here" in screen_text(app))
        assert app.lines.current is None


async def test_new_rows_keep_the_cursor_on_the_same_row() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 10)):
        rows = [Row(name, (name, "", "")) for name in "abc"]
        app.lines.show_rows(rows)
        app.lines.move_to(1)
        app.lines.show_rows([Row("new", ("new", "", "")), *rows], keep=True)
        assert app.lines.current == rows[1]


async def test_a_click_moves_the_cursor_and_a_click_on_it_chooses() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 10)) as pilot:
        app.lines.show(Book(), 20)
        await pilot.click(Lines, offset=(3, 4))
        assert (app.lines.cursor, app.chosen) == (3, [])
        await pilot.click(Lines, offset=(3, 4))
        await wait_until(pilot, lambda: [row.key for row in app.chosen] == [3])


def test_pages_used_last_are_kept() -> None:
    book = Book()
    pages = Pages(book, TOTAL)
    for number in (0, 99, 100, 5, 0):
        pages.row(number)
    assert book.read == [0, 100]


def test_a_row_that_has_gone_since_the_count_is_none() -> None:
    assert Pages(lambda _offset, _limit: [], 10).row(3) is None


@pytest.mark.parametrize(
    ("room", "expected"), [(60, [10, 36, 12]), (40, [10, 16, 12]), (30, [10, 19, 0]), (12, [10, 1, 0])]
)
def test_widths_share_what_is_left_and_drop_columns(room: int, expected: list[int]) -> None:
    columns = [Column("Number", 10), Column("Name"), Column("Total", 12, drop=1)]
    assert widths(columns, room) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 5, "abcd…"),
        ("上海办公", 8, "上海办公"),
        ("上海办公", 7, "上海办…"),
        ("上海办公", 6, "上海 …"),
        ("a\x1b[31m", 8, "a␛[31m  "),
        ("", 3, "   "),
        ("abc", 0, ""),
    ],
)
def test_text_fits_in_exactly_its_cells(text: str, width: int, expected: str) -> None:
    assert fitted(text, width) == expected
    assert cell_len(fitted(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("复印纸 80克", 12, "复印纸 80克 "),
        ("得力复印纸 A4 80g 500张/包", 20, "得力复印纸… 500张/包"),
        ("Paper [/] 80g 500张/包", 14, "Pape… 500张/包"),
        ("Paper for copiers 80g", 12, "Paper f… 80g"),
        ("Paper for copiers 70g", 12, "Paper f… 70g"),
        ("上海办公用品公司浦东", 9, "上海…浦东"),
        ("复印纸复印纸500张", 9, "复印纸…张"),
        ("1,500,000.00", 6, "…     "),
    ],
)
def test_goods_are_cut_inside_so_that_what_tells_them_apart_is_left(text: str, width: int, expected: str) -> None:
    assert fitted(text, width, inside=True).rstrip() == expected.rstrip()
    assert cell_len(fitted(text, width, inside=True)) == width


def test_a_styled_line_is_cut_before_its_figures() -> None:
    line = Text.assemble(("Mingyuan", "bold"), "  1,500,000.00 overdue")
    assert [cut(line, width).plain for width in (80, 16, 10)] == [line.plain, "Mingyuan  …", "Mingyuan …"]


def test_numbers_stand_to_the_right() -> None:
    assert fitted("9.50", 7, right=True) == "   9.50"


def test_clipped_text_is_not_padded() -> None:
    assert [clipped("abc", 5), clipped("上海办公", 5)] == ["abc", "上海…"]

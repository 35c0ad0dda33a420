"""Exports nobody's spreadsheet will run, and bad rows that can be mended and fed again (FIL-1, FIL-2)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ordersdesk.files.mapping.problems import Problem, Problems, write_bad_rows
from ordersdesk.files.tables.reading import read
from ordersdesk.files.tables.writing import write
from ordersdesk.foundation.texts.refusals import Refused
from tests.datasets import dataset
from tests.files.tables import cells, text

HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1+1", "  =cmd|' /C calc'!A0", "'=1", "plain", "'quoted'"]


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".json"])
def test_a_table_is_written_and_counted(tmp_path: Path, ending: str) -> None:
    rows = [["笔", 3, Decimal("2.50"), date(2026, 1, 31), True, None], ["本", 0, Decimal(0), None, False, "x"]]

    assert write(tmp_path / f"out{ending}", ["a", "b", "c", "d", "e", "f"], rows) == 2
    if ending != ".json":
        assert cells(tmp_path / f"out{ending}")[0][:4] == ["笔", "3", "2.50", "2026-01-31"] or ending == ".xlsx"


def test_nothing_in_a_csv_is_run_by_a_spreadsheet_and_all_of_it_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, ["text"], [[each] for each in HOSTILE])

    lines = path.read_text("utf-8-sig").splitlines()[1:]
    assert [line for line in lines if line.strip(' "')[:1] in ("=", "+", "-", "@", "\t", "＝")] == []
    assert cells(path) == [[each] for each in HOSTILE]


@pytest.mark.parametrize(("cell", "line"), [("-5", "-5"), ("-2.50", "-2.50"), ("-5+1", "'-5+1"), ("-", "'-")])
def test_a_negative_number_needs_no_guard(tmp_path: Path, cell: str, line: str) -> None:
    write(tmp_path / "out.csv", ["text"], [[cell]])

    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1] == line
    assert cells(tmp_path / "out.csv") == [[cell]]


def test_a_text_in_a_workbook_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(path, ["text"], [["=1+1"], ["bell \x07"]])

    sheet = load_workbook(path).worksheets[0]
    assert [(sheet["A2"].data_type, sheet["A2"].value), sheet["A3"].value] == [("s", "=1+1"), "bell ␇"]


def test_a_workbook_holds_numbers_days_and_quoted_texts_as_what_they_are(tmp_path: Path) -> None:
    path, at = tmp_path / "out.xlsx", datetime(2026, 1, 31, 8, 30, tzinfo=UTC)
    row = [Decimal("999999999999.99"), 0, date(2026, 1, 31), at, True, None, "007", "https://a.b", "W" * 40_000]
    write(path, ["x"] * len(row), [row])

    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[2]] == [
        999999999999.99, 0, datetime(2026, 1, 31), datetime(2026, 1, 31, 8, 30), "yes", None,
        "007", "https://a.b", "W" * 32_767,
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2][2:4]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]
    assert [cell.hyperlink for cell in sheet[2]] == [None] * len(row)


def test_a_text_that_looks_like_an_escape_of_workbooks_is_read_back_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", ["text"], [["_x0041_"]])

    assert cells(tmp_path / "out.xlsx") == [["_x0041_"]]


def test_a_text_somebody_could_make_a_formula_of_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(path, ["=head"], [["=1+1"], ["plain"]])

    sheet = load_workbook(path).worksheets[0]
    assert [sheet[cell].quotePrefix for cell in ("A1", "A2", "A3")] == [True, True, False]


def test_json_keeps_every_text_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "out.json", ["text", "at"], [["=1+1", datetime(2026, 1, 31, 8, tzinfo=UTC)]])

    assert json.loads((tmp_path / "out.json").read_text()) == [{"text": "=1+1", "at": "2026-01-31 08:00:00"}]


@pytest.mark.parametrize("name", ["out.doc", "there.csv", "no/folder.csv"])
def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_touched(tmp_path: Path, name: str) -> None:
    text(tmp_path, "kept", name="there.csv")

    with pytest.raises(Refused) as refused:
        write(tmp_path / name, ["a"], [["1"]])

    assert (refused.value.rule, (tmp_path / "there.csv").read_text()) == ("FIL-2", "kept")


@pytest.mark.parametrize(("name", "says"), [("", "This is a folder"), ("no/folder.csv", "There is no folder")])
def test_a_place_that_holds_no_file_is_named(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        write(tmp_path / name, ["a"], [["1"]])


def test_the_working_folder_is_named_too() -> None:
    with pytest.raises(Refused, match=r"\. was not written\. This is a folder"):
        write(Path(), ["a"], [["1"]])


def test_a_file_half_written_is_not_left_behind(tmp_path: Path) -> None:
    def rows():
        yield ["1"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out.csv", ["a"], rows())

    assert list(tmp_path.iterdir()) == []


def test_naughty_strings_survive_a_round_trip(tmp_path: Path) -> None:
    naughty = json.loads(dataset("naughty-input/blns.json").read_text("utf-8"))
    kept = [each for each in naughty if each.strip() and "\x00" not in each]
    write(tmp_path / "out.csv", ["no", "text"], [[n, each] for n, each in enumerate(kept)])

    assert [row[1] for row in cells(tmp_path / "out.csv")] == kept


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), min_size=1))
@example(["\r"])
@example(["\t"])
@example([" \t"])
@example(["\x1c="])
@example(["'5", "''-5"])
def test_any_text_survives_a_round_trip(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("words") / "out.csv"
    write(path, ["no", "text"], [[n, word] for n, word in enumerate(words)])

    assert [row[1] for row in cells(path)] == words


def test_problems_are_counted_by_kind_and_shown_by_row() -> None:
    problems = Problems()
    for row in (5, 2, 9):
        problems.add(Problem(row, "Price", "x", "FIL-1", "is no number"))
    problems.add(Problem(3, "Name", "", "FIL-1", "is missing"))

    (first, second) = problems.by_kind()
    assert (first.column, first.count, first.rows, second.count) == ("Price", 3, (5, 2, 9), 1)
    assert [problem.row for problem in problems.first(3)] == [2, 3, 5]


def test_bad_rows_are_written_with_what_is_wrong_and_can_be_fed_again(tmp_path: Path) -> None:
    problems = Problems()
    problems.add(Problem(3, "price", "x", "FIL-1", "is no number"))
    path = text(tmp_path, "code,price\nA1,1\nA2,x\n")

    count = write_bad_rows(read(path), problems, tmp_path / "bad.csv")
    again = read(tmp_path / "bad.csv")

    assert (count, again.columns, cells(again)) == (
        1,
        ("code", "price", "problem"),
        [["A2", "x", "price: is no number (FIL-1)"]],
    )
    write_bad_rows(again, _all_of(again), tmp_path / "worse.csv")
    assert read(tmp_path / "worse.csv").columns == ("code", "price", "problem")


def _all_of(sheet) -> Problems:
    problems = Problems()
    for row in sheet.rows():
        problems.add(Problem(row.number, "", "", "FIL-1", row.trouble))
    return problems

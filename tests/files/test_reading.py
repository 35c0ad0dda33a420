"""Reading text files and workbooks: whatever a person exports, nothing shifted, nothing lost in silence (FIL-1)."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ordersdesk.files.tables.reading import read
from ordersdesk.foundation.texts.refusals import Refused
from tests.datasets import dataset
from tests.files.tables import book, cells, text, troubles

CHINESE = "编号,名称,单价\n1,晨光中性笔,2.50\n2,得力订书机,18.00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_reads_the_same_in_every_common_encoding(tmp_path: Path, encoding: str) -> None:
    path = text(tmp_path, CHINESE, encoding=encoding)

    assert cells(path) == [["1", "晨光中性笔", "2.50"], ["2", "得力订书机", "18.00"]]


@pytest.mark.parametrize("word", ["Spezialitäten", "Rua do Paço", "naïve café", "Łódź", "20 € – “quoted”"])
def test_western_letters_are_not_taken_for_chinese(tmp_path: Path, word: str) -> None:
    encoding = "cp1252" if word != "Łódź" else "utf-8"
    path = text(tmp_path, f"name,town\n{word},Köln\n", encoding=encoding)

    assert cells(path) == [[word, "Köln"]]


def test_a_row_with_bytes_of_another_encoding_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good = "".join(f"{n},公司{n}\n" for n in range(30)).encode()
    path = text(tmp_path, b"number,name\n" + good + b"30,Caf\xe9\n")

    assert troubles(path) == {32: "it holds characters that are not in the file's encoding"}
    assert len(cells(path)) == 30


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_although_cells_hold_commas(tmp_path: Path, delimiter: str) -> None:
    path = text(tmp_path, f'code{delimiter}name{delimiter}price\nA1{delimiter}"Clip, big"{delimiter}1.5\n')

    assert cells(path) == [["A1", "Clip, big", "1.5"]]


def test_a_line_naming_the_separator_is_obeyed(tmp_path: Path) -> None:
    assert cells(text(tmp_path, "sep=;\nname;price\nPen, blue;1,50\n")) == [["Pen, blue", "1,50"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_row_and_quoted_ones_stay(tmp_path: Path, end: str) -> None:
    path = text(tmp_path, end.join(["name,note", 'Li,"two', 'lines"', "Wu,one", ""]))

    assert cells(path) == [["Li", f"two{end}lines"], ["Wu", "one"]]


def test_rows_that_do_not_fit_are_named_and_never_shifted(tmp_path: Path) -> None:
    path = text(tmp_path, "id,street,town\n1,Main 5,Ulm\n2,Rua do Paco, 67,Rio\n3,Short\n4,a,,\n5,Last 1,Bonn\n")

    assert troubles(path) == {
        3: "it has 4 cells, the header 3: a cell with the separator in it needs quotes",
        4: "it has 2 cells, the header 3: is it cut short?",
        5: "it has 4 cells, the header 3: a cell with the separator in it needs quotes",
    }
    assert cells(path) == [["1", "Main 5", "Ulm"], ["5", "Last 1", "Bonn"]]


def test_a_separator_at_the_end_of_every_row_is_a_habit_not_a_shift(tmp_path: Path) -> None:
    assert cells(text(tmp_path, "id,name\n1,Li,\n2,Wu,\n")) == [["1", "Li"], ["2", "Wu"]]


def test_an_open_quote_swallows_its_own_line_only(tmp_path: Path) -> None:
    path = text(tmp_path, 'id,name\n1,"Li\n2,Wu\n3,"Xu" x\n4,Zhu\n')

    assert set(troubles(path)) == {2, 4}
    assert cells(path) == [["2", "Wu"], ["4", "Zhu"]]


def test_a_row_with_nul_bytes_is_named(tmp_path: Path) -> None:
    path = text(tmp_path, "id,name\n1,Li\x00\n2,Wu\n")

    assert troubles(path) == {2: "it holds NUL bytes"}


def test_a_title_above_the_header_is_passed_when_the_header_row_is_given(tmp_path: Path) -> None:
    path = text(tmp_path, "Stock of 2026,,\n\nid,name,unit\n1,Li,box\n")

    sheet = read(path, header=3)

    assert (sheet.columns, cells(sheet)) == (("id", "name", "unit"), [["1", "Li", "box"]])


def test_columns_without_a_name_or_with_the_same_one_stay_apart(tmp_path: Path) -> None:
    assert read(text(tmp_path, "id,,id,name\n1,2,3,4\n")).columns == ("id", "column 2", "id (2)", "name")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files_open_as_they_are(tmp_path: Path, pack) -> None:
    assert cells(text(tmp_path, pack(CHINESE.encode()), name="table.csv.gz"))[0][1] == "晨光中性笔"


def test_workbooks_keep_numbers_and_dates(tmp_path: Path) -> None:
    path = book(tmp_path, ["a", "b", "c", "d"], [5.0, 0.1 + 0.2, date(2026, 1, 31), datetime(2026, 1, 31, 8, 30)])

    (row,) = read(path).rows()

    assert row.cells == [Decimal(5), Decimal("0.3"), date(2026, 1, 31), datetime(2026, 1, 31, 8, 30)]
    assert cells(path) == [["5", "0.3", "2026-01-31", "2026-01-31 08:30:00"]]


def test_the_old_workbook_of_the_superstore_opens_packed() -> None:
    sheet = read(dataset("us-superstore/Sample-Superstore-2014-2017.xls.xz"))

    first = next(sheet.rows())
    assert (sheet.name, len(sheet.columns), sum(1 for _row in sheet.rows())) == ("Orders", 21, 9994)
    assert first.cells[:3] == [Decimal(1), "CA-2016-152156", date(2016, 11, 8)]


def test_the_truly_broken_orders_are_named_row_by_row() -> None:
    path = dataset("northwind/csv/orders.csv")

    assert (len(troubles(path)), len(cells(path))) == (176, 654)
    assert all(len(row) == 14 for row in cells(path))


def _empty_book() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def _zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return content.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
REFUSED = {
    "nothing in it": (b"", "is empty"),
    "only blanks": (b" \n\n", "is empty"),
    "only a header": (b"id,name\n", "a header and no rows"),
    "a workbook without rows": (_empty_book(), "its sheets have no rows (Sheet)"),
    "half a workbook": (_empty_book()[:2000], "damaged or cut short"),
    "half an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(900), "damaged or cut short"),
    "a locked workbook": (LOCKED, "locked with a password"),
    "an archive": (_zip(), "a ZIP archive"),
    "a document": (b"%PDF-1.7\n%", "a PDF document"),
    "an export as JSON": (b'[\n{"Code": "A1"}\n]\n', "JSON"),
    "an object of JSON": (b'{"Code": "A1"}', "JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "a web page": (b"<html><table></table></html>", "a web page"),
    "half a packed file": (gzip.compress(CHINESE.encode() * 50)[:-20], "damaged or cut short"),
    "other bytes": (bytes(range(32)) + bytes(5000), "no text"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_without_a_table_is_refused_and_never_empty(tmp_path: Path, what: str) -> None:
    content, said = REFUSED[what]

    with pytest.raises(Refused) as refused:
        read(text(tmp_path, content, name="table.xlsx"))

    assert (refused.value.rule, said in refused.value.message, bool(refused.value.mend)) == ("FIL-1", True, True)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "a folder"), (tmp_path / "none.csv", "no such file")):
        with pytest.raises(Refused, match=said) as refused:
            read(path)
        assert refused.value.rule == "FIL-1"


def test_a_sheet_that_is_not_there_is_refused_with_the_names_of_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(book(tmp_path, ["id"], [1]), "Orders")

    assert (refused.value.rule, refused.value.mend) == ("FIL-1", "Its sheets are: Sheet.")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = text(tmp_path_factory.mktemp("bytes"), content)
    try:
        found = len(list(read(path).rows())) > 0
    except Refused as refused:
        found = refused.rule == "FIL-1"

    assert found


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=8)


@given(st.lists(st.lists(WORDS.map(lambda word: f"x{word}"), min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    content = io.StringIO()
    csv.writer(content).writerows([["a", "b", "c"], *rows])
    path = text(tmp_path_factory.mktemp("csv"), content.getvalue(), encoding="utf-8-sig")

    assert cells(path) == rows

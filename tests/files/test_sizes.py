"""How large a file would be in memory is known before it is read: the answer comes at once and takes little (FIL-1)."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ordersdesk.files.tables.extents import Extent, too_large
from ordersdesk.files.tables.old_extents import too_large_of_old
from ordersdesk.files.tables.reading import read
from ordersdesk.foundation.texts.refusals import Refused
from tests.files.tables import book, cells, text

MEGABYTES, SECONDS = 200, 2  # of memory, and of the processor's time: a busy machine is no failure
ANSWER = f"""
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from ordersdesk.files.tables.reading import read
from ordersdesk.foundation.texts.refusals import Refused
try:
    print(sum(1 for _row in read(sys.argv[1]).rows()), "rows")
except Refused as no:
    print(no.rule, no.message)
print(int(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def stray(folder: Path, cell: str) -> Path:
    """A small workbook with one more cell far away."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (("code", "name"), ("A4", "Paper")):
        sheet.append(row)
    sheet[cell] = "x"
    made.save(folder / "stray.xlsx")
    return folder / "stray.xlsx"


def hidden(folder: Path) -> Path:
    """The stray cell in a sheet nobody asked for."""
    made = Workbook()
    notes = made.create_sheet("notes")
    notes["A1"] = notes["XFD1048576"] = "x"
    sheet = made.active
    assert sheet is not None
    sheet.append(("code",))
    sheet.append(("A4",))
    made.save(folder / "hidden.xlsx")
    return folder / "hidden.xlsx"


def thick(folder: Path) -> Path:
    """A workbook of some kilobytes that unpacks to a hundred megabytes of texts."""
    path = stray(folder, "C3")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", "<t>x</t>" * 13_000_000)
    return path


def open_document(folder: Path) -> Path:
    """An OpenDocument whose one row stands a million times."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
    content = f"<a><table:table>{row}</table:table></a>"
    with zipfile.ZipFile(folder / "repeated.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return folder / "repeated.ods"


def record(kind: int, *content: int) -> bytes:
    """One record of a binary sheet."""
    held = struct.pack(f"<{len(content)}I", *content)
    return bytes([kind, len(held)]) + held


def binary(folder: Path, *places: tuple[int, int]) -> Path:
    """A binary workbook (XLSB) with truths at these rows and columns, from zero."""
    held = struct.pack("<III4sI2s", 0, 1, 2, "r1".encode("utf-16-le"), 1, "S".encode("utf-16-le"))
    book = bytes([0x9C, 0x01, len(held)]) + held + b"\x90\x01\x00\x9d\x01\x00"
    relation = '<Relationship Id="r1" Target="worksheets/sheet1.bin" Type="worksheet"/>'
    with zipfile.ZipFile(folder / "binary.xlsb", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("xl/workbook.bin", book)
        rows = (record(0, row) + bytes([4, 9]) + struct.pack("<IIB", column, 0, 1) for row, column in places)
        archive.writestr(
            "xl/worksheets/sheet1.bin", b"\x94\x01\x10" + bytes(16) + b"\x91\x01\x00" + b"".join(rows) + b"\x92\x01\x00"
        )
    return folder / "binary.xlsb"


def old(folder: Path, *places: tuple[int, int], says: tuple[int, int] = (1, 1)) -> Path:
    """An XLS workbook with numbers at these rows and columns, from zero; its sheet may say it is larger."""
    begin = [_old(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0)) for kind in (5, 16)]
    cells = [_old(0x0203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in places]
    extent = _old(0x0200, struct.pack("<IIHHH", 0, says[0], 0, says[1], 0))
    sheet = begin[1] + extent + b"".join(cells) + _old(0x000A)
    named = struct.pack("<IHBB", len(begin[0]) + 17, 0, 1, 0) + b"S"
    stream = (begin[0] + _old(0x0085, named) + _old(0x000A) + sheet).ljust(4096, b"\0")
    chained = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    table = struct.pack("<128I", *chained, *[0xFFFFFFFF] * (128 - len(chained)))
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(stream))]
    directory = b"".join(map(_entry, entries)).ljust(512, b"\0")
    head = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    (folder / "old.xls").write_bytes(head.ljust(512, b"\xff") + table + directory + stream)
    return folder / "old.xls"


def _old(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _entry(entry: tuple[str, int, int, int]) -> bytes:
    name, kind, first, size = entry
    held = name.encode("utf-16-le")
    links = struct.pack(
        "<HBB3I36xIQ", len(held) + 2, kind, 1, *[0xFFFFFFFF] * 2, 1 if kind == 5 else 0xFFFFFFFF, first, size
    )
    return held.ljust(64, b"\0") + links


CORPUS = {
    "the last cell there is": lambda folder: stray(folder, "XFD1048576"),
    "a stray cell": lambda folder: stray(folder, "T1048576"),
    "a stray cell beside": lambda folder: stray(folder, "C1048576"),
    "a sheet nobody asked for": hidden,
    "texts without end": thick,
    "an OpenDocument": open_document,
    "the last cell of a binary workbook": lambda folder: binary(folder, (0, 0), (1_048_575, 16_383)),
    "a stray cell of a binary workbook": lambda folder: binary(folder, (0, 0), (1, 0), (1_048_575, 19)),
    "a stray cell of an old workbook": lambda folder: old(folder, (0, 0), (1, 0), (65_535, 255)),
    "an old workbook that says it is huge": lambda folder: old(folder, (0, 0), (1, 0), says=(1 << 31, 65_535)),
    "columns of one name": lambda folder: text(folder, ",".join(["name"] * 20_000) + "\n" + "1," * 19_999 + "1\n"),
    "one open quote": lambda folder: text(folder, 'code,name\n1,"' + "some words\n" * 900_000),
    "an open quote in every line": lambda folder: text(folder, "code,name\n" + '1,"some words\n' * 700_000),
    "a line without end": lambda folder: text(folder, 'code,name\n"' + "a" * 10_000_000),
}


@pytest.mark.parametrize("name", CORPUS)
def test_a_file_that_is_a_trap_is_refused_at_once_in_little_memory(tmp_path: Path, name: str) -> None:
    path = CORPUS[name](tmp_path)
    done = subprocess.run([sys.executable, "-c", ANSWER, str(path)], capture_output=True, text=True, check=True)
    said, memory = done.stdout.strip().rsplit("\n", 1)
    assert (said[:5], int(memory) < MEGABYTES) == ("FIL-1", True), done.stdout[-300:]


def test_a_large_table_is_no_trap() -> None:
    assert not Extent(1, 541_909, 1, 8, cells=4_000_000).is_too_large
    assert not Extent(1, 1_000_000, 1, 1, cells=1).is_too_large
    assert Extent(1, 1_000_001, 1, 1, cells=50_000).is_too_large
    assert not Extent(1, 1_000_001, 1, 1, cells=50_001).is_too_large
    assert [Extent(1, 1_000_000, 1, width, cells=20_000_000).is_too_large for width in (20, 21)] == [False, True]


def test_a_binary_sheet_is_measured_by_the_cells_that_hold_something(tmp_path: Path) -> None:
    stray = too_large(binary(tmp_path, (2, 3), (1_048_575, 22)).read_bytes())
    assert stray == Extent(2, 1_048_575, 3, 22, cells=2)
    assert too_large(binary(tmp_path, (2, 3), (50_000, 22)).read_bytes()) is None


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    assert cells(read(binary(tmp_path, (0, 0), (2, 0)))) == [["TRUE"]]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    assert cells(read(old(tmp_path, (0, 0), (2, 0)))) == [["1"]]


def test_an_old_sheet_is_measured_by_its_records(tmp_path: Path) -> None:
    stray = too_large_of_old(old(tmp_path, (2, 3), (65_535, 22)).read_bytes())
    assert stray == Extent(2, 65_535, 3, 22, cells=2)
    assert too_large_of_old(old(tmp_path, (2, 3), (40_000, 22)).read_bytes()) is None
    assert [too_large_of_old(held) for held in (b"\xd0\xcf\x11\xe0", (tmp_path / "old.xls").read_bytes()[:700])] == [
        None,
        None,
    ]


def test_a_table_far_from_the_corner_is_read(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for place, row in enumerate((("code", "name"), ("A4", "Paper")), 500_000):
        for column, value in enumerate(row, 2_000):
            sheet[f"{get_column_letter(column)}{place}"] = value
    made.save(tmp_path / "far.xlsx")
    assert cells(read(tmp_path / "far.xlsx")) == [["A4", "Paper"]]


@pytest.mark.parametrize(("bad", "is_read"), [(4_999, True), (5_000, False)])
def test_some_thousand_bad_rows_are_named_one_by_one_more_are_no_table(
    tmp_path: Path, bad: int, *, is_read: bool
) -> None:
    path = text(tmp_path, "code,name\n" + "1,2,3\n" * bad + "1,2\n")
    if is_read:
        assert sum(1 for row in read(path).rows() if row.trouble) == bad
    else:
        with pytest.raises(Refused, match="None of its first 5,000 rows can be read; row 2"):
            read(path)


def test_columns_of_one_name_stay_apart(tmp_path: Path) -> None:
    path = book(tmp_path, ("a", "a", "a (2)", "a", "b"), (1, 2, 3, 4, 5))
    assert read(path).columns == ("a", "a (2)", "a (2) (2)", "a (3)", "b")

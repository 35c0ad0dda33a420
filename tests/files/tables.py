"""Files for the tests of this room, made in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from ordersdesk.files.tables.reading import Sheet, read
from ordersdesk.files.tables.workbooks import text_of


def text(folder: Path, content: str | bytes, *, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """Write a text file as it stands, line ends included."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def book(folder: Path, *rows: Sequence[object], name: str = "book.xlsx") -> Path:
    """Write a workbook of one sheet."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made.save(folder / name)
    return folder / name


def cells(sheet: Sheet | Path) -> list[list[str]]:
    """Return the good rows as texts."""
    opened = read(sheet) if isinstance(sheet, Path) else sheet
    return [[text_of(cell) for cell in row.cells] for row in opened.rows() if not row.trouble]


def troubles(path: Path) -> dict[int, str]:
    """Return what is wrong with which row."""
    return {row.number: row.trouble for row in read(path).rows() if row.trouble}

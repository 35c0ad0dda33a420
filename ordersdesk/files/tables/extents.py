"""How large the sheets of a workbook would be in memory, found out before anything is allocated for them (FIL-1).

The reader of workbooks makes room for every cell between the first and the last: one stray cell can ask for
gigabytes, and the program would be ended by the system.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from xml.parsers import expat

MOST_CELLS = 20_000_000  # of one sheet, empty ones counted
DENSE_ENOUGH = 1_000_000  # up to so many cells a sheet may be as empty as it likes …
THINNEST = 20  # … beyond that one cell in so many has to be there
PIECE = 1 << 22
_CELL = re.compile(rb"""[<:]c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})""")
_ROW, _CELLS = 0, frozenset((*range(2, 12), 62))  # records of a binary sheet: a row begins, a cell that holds something
_REPEATED = "number-{}-repeated"


@dataclass
class Extent:
    """The rectangle between the first and the last cell of a sheet, and how many cells are in it."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    cells: int = 0

    @property
    def rows(self) -> int:
        """How many rows it spans."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it spans."""
        return self.right - self.left + 1

    @property
    def is_too_large(self) -> bool:
        """Tell whether it is no table that can be read."""
        area = self.rows * self.columns
        return area > MOST_CELLS or (area > DENSE_ENOUGH and area > self.cells * THINNEST)


def too_large(content: bytes) -> Extent | None:
    """Return the first sheet of a packed workbook (XLSX, XLSB, ODS) that is too large to read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            parts = [name for name in names if "worksheet" in name]
            sheets = chain(
                (_of_sheet(archive, name) for name in parts if name.endswith(".xml")),
                (_of_binary(archive.read(name)) for name in parts if name.endswith(".bin")),
            )
            found = _of_ods(archive) if "content.xml" in names else sheets
            return next((extent for extent in found if extent.is_too_large), None)
    except (zipfile.BadZipFile, OSError, ValueError, expat.ExpatError):
        return None  # whoever opens it says what is wrong with it


def _of_sheet(archive: zipfile.ZipFile, name: str) -> Extent:
    extent, rest = Extent(top=1 << 30, left=1 << 30), b""
    with archive.open(name) as sheet:
        while piece := sheet.read(PIECE):
            found = _CELL.findall(rest + piece)
            rest = (rest + piece)[-200:] if not found else (rest + piece)[(rest + piece).rindex(b"<") :]
            if found:
                rows, columns = {int(row) for _letters, row in found}, {_column(letters) for letters, _row in found}
                extent.top, extent.bottom = min(extent.top, *rows), max(extent.bottom, *rows)
                extent.left, extent.right = min(extent.left, *columns), max(extent.right, *columns)
                extent.cells += len(found)
    return extent if extent.cells else Extent()


def _of_binary(records: bytes) -> Extent:
    """Measure a sheet of XLSB: records of kind, length and content; one that is cut short ends it."""
    extent, row, place = Extent(top=1 << 30, left=1 << 30), 0, 0
    while place < len(records):
        kind, place = records[place], place + (2 if records[place] & 0x80 else 1)
        length, place = _length(records, place)
        number = int.from_bytes(records[place : place + 4], "little")
        if kind == _ROW:
            row = number
        elif kind in _CELLS:
            extent.top, extent.bottom = min(extent.top, row), max(extent.bottom, row)
            extent.left, extent.right = min(extent.left, number), max(extent.right, number)
            extent.cells += 1
        place += length
    return extent if extent.cells else Extent()


def _length(records: bytes, place: int) -> tuple[int, int]:
    """Read seven bits of a length at a time, the lowest first; return it and where the content begins."""
    length = 0
    for byte, value in enumerate(records[place : place + 4]):
        length |= (value & 0x7F) << 7 * byte
        if not value & 0x80:
            return length, place + byte + 1
    return length, place + 4


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _of_ods(archive: zipfile.ZipFile) -> Iterator[Extent]:
    """Yield the extents of an OpenDocument's sheets; rows and cells that repeat count as often as they do."""
    reading = _Repeats()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.ParseFile(archive.open("content.xml"))
    yield from reading.sheets


class _Repeats:
    """The rows and cells of an OpenDocument as its XML goes by."""

    def __init__(self) -> None:
        self.sheets: list[Extent] = []
        self._row = self._column = self._last = self._repeat = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count a row or a cell as often as it repeats."""
        if tag == "table:table":
            self.sheets.append(Extent(top=1, left=1))
            self._row = 0
        elif tag == "table:table-row":
            self._column = self._last = 0
            self._repeat = _times(attributes, "rows")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += _times(attributes, "columns")
            if "office:value-type" in attributes and self.sheets:
                self._last = self._column
                self.sheets[-1].cells += 1

    def end(self, tag: str) -> None:
        """A row with something in it reaches to its last cell."""
        if tag == "table:table-row" and self.sheets:
            self._row += self._repeat
            if self._last:
                sheet = self.sheets[-1]
                sheet.bottom, sheet.right = self._row, max(sheet.right, self._last)


def _times(attributes: dict[str, str], what: str) -> int:
    said = attributes.get(f"table:{_REPEATED.format(what)}", "1")
    return int(said) if said.isdigit() else 1

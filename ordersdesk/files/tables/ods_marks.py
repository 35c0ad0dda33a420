"""What the cells of an ODS sheet show beside the values they hold: its text stands in the file (FIL-1)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat

from ordersdesk.files.tables.sheet_marks import Marks, Place, percent

_CODE = re.compile(r"0[0-9]+|[0-9]+(?:[-/ ()][0-9]+)+")  # 00123, 000-0123: digits that are no amount
_HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"(?:#[A-Z/0!?]+|Err:\d+)")
MOST = 10_000  # rows or columns a mark is repeated over; the tail of a sheet repeats an empty cell a million times


def ods_marks(content: bytes, sheet: str) -> Marks:
    """Read what the cells of a sheet show where that is another text than the value."""
    reading = _Cells(sheet)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler = reading.start
            parser.EndElementHandler = reading.end
            parser.CharacterDataHandler = reading.text
            parser.Parse(archive.read("content.xml"), True)
    except (KeyError, ValueError, zipfile.BadZipFile, expat.ExpatError):
        return Marks()
    return reading.marks


@dataclass
class _Cells:
    """The cells of one sheet as the XML goes by."""

    sheet: str
    marks: Marks = field(default_factory=Marks)
    is_ours: bool = False
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    type: str = ""
    shown: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        name = tag.rpartition(" ")[2]
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.is_ours, self.row, self.column = said.get("name") == self.sheet, 0, 0
        elif name == "table-column":
            self.columns = int(said.get("number-columns-repeated", 1))
            if self.is_ours and said.get("visibility") in _HIDDEN:
                self.marks.hidden_columns |= set(range(self.column, self.column + min(self.columns, MOST)))
            self.column += self.columns
        elif name == "table-row":
            self.column, self.rows = 0, int(said.get("number-rows-repeated", 1))
            if self.is_ours and said.get("visibility") in _HIDDEN:
                self.marks.hidden |= set(range(self.row, self.row + min(self.rows, MOST)))
        elif name in ("table-cell", "covered-table-cell"):
            self.columns = int(said.get("number-columns-repeated", 1))
            self.type, self.shown = said.get("value-type", ""), "" if self.is_ours else None

    def text(self, text: str) -> None:
        """Take in a piece of what a cell shows."""
        if self.shown is not None:
            self.shown += text

    def end(self, tag: str) -> None:
        """End an element."""
        name = tag.rpartition(" ")[2]
        if name == "table-row":
            self.row += self.rows
        elif name in ("table-cell", "covered-table-cell"):
            if self.shown:
                self._mark(self.shown.strip())
            self.column, self.shown = self.column + self.columns, None

    def _mark(self, shown: str) -> None:
        if self.type in ("string", "error") and _ERROR.fullmatch(shown):
            self.marks.broken |= dict.fromkeys(self._places(), shown)
        elif self.type == "percentage":
            self.marks.formats |= dict.fromkeys(self._places(), percent)
        elif self.type == "float" and _CODE.fullmatch(shown):

            def seen(_value: Decimal, shown: str = shown) -> str:
                return shown

            self.marks.formats |= dict.fromkeys(self._places(), seen)

    def _places(self) -> list[Place]:
        rows = range(self.row, self.row + min(self.rows, MOST))
        columns = range(self.column, self.column + min(self.columns, MOST // len(rows) or 1))
        return [(row, column) for row in rows for column in columns]

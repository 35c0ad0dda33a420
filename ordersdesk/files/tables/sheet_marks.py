"""What the cells of an XLSX sheet show beside the values they hold: codes as 00123, percents, errors (FIL-1).

The reader of workbooks gives plain values: 123 for a cell that shows 00123, and nothing for one that shows #N/A.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

Place = tuple[int, int]  # row and column, from nought
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT = {"9": "0%", "10": "0.00%"}  # the formats a workbook names by number only
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-/ ()])')
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_NOTABLE = re.compile(rb"""t=["']e["']|[<:]f|[<:](?:row|col)\s[^>]*hidden=""")  # an error, a formula, what is hidden
MOST_COLUMNS = 16_384  # of a sheet of any program
NOT_CALCULATED = "="


class Number(Decimal):
    """A number with what its cell shows for it, such as 00123 or 13%."""

    shown: str

    @classmethod
    def seen(cls, value: Decimal, shown: str) -> Number:
        """Return the number of a cell with its text."""
        number = cls(value)
        number.shown = shown
        return number


class Broken(str):
    """A cell without a usable value: `#N/A`, or the mark of a formula that was never calculated."""

    __slots__ = ()


@dataclass
class Marks:
    """What stands beside the values of a sheet: formats that change what is read, broken cells, what is hidden."""

    formats: dict[Place, Callable[[Decimal], str]] = field(default_factory=dict[Place, Callable[[Decimal], str]])
    broken: dict[Place, str] = field(default_factory=dict[Place, str])
    hidden: set[int] = field(default_factory=set[int])
    """Rows nobody sees in the sheet, from nought."""
    hidden_columns: set[int] = field(default_factory=set[int])

    def __bool__(self) -> bool:
        """Return whether anything stands there."""
        return bool(self.formats or self.broken or self.hidden or self.hidden_columns)


def marks_of(content: bytes, sheet: str) -> Marks:
    """Read what the cells of a sheet show; a workbook of another build than XLSX has no marks."""
    marks = Marks()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            part = _part(archive, sheet)
            if part:
                _read(archive.read(part), _formats(archive), marks)
    except (KeyError, ValueError, zipfile.BadZipFile, ElementTree.ParseError, expat.ExpatError):
        return Marks()
    return marks


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    if "xl/workbook.xml" not in archive.namelist():
        return ""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    key = next((each.get(_RELATED) for each in book.iter() if _is(each, "sheet") and each.get("name") == sheet), None)
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next((each.get("Target", "") for each in relations if each.get("Id") == key), "")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else ""


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _formats(archive: zipfile.ZipFile) -> dict[str, Callable[[Decimal], str]]:
    """Return by a cell's style how its number is shown, for those styles only that show another text than the value."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = _PERCENT | {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter() if _is(each, "numFmt")
    }
    cells = next((list(each) for each in root if _is(each, "cellXfs")), list[ElementTree.Element]())
    found = {str(place): _shower(codes.get(each.get("numFmtId", ""), "")) for place, each in enumerate(cells)}
    return {style: shower for style, shower in found.items() if shower is not None}


def _shower(code: str) -> Callable[[Decimal], str] | None:
    """Return what a number format does when it shows a percent, or digits that are no amount: 00000, 000-0000."""
    first = code.split(";")[0]
    bare = _LITERAL.sub("", re.sub(r"\[[^]]*\]", "", first))
    if bare.endswith("%") and set(bare) <= set("0#.%,"):
        return percent
    if len(bare) > 1 and not set(bare) - {"0"}:
        return lambda value: _padded(value, first)
    return None


def percent(value: Decimal) -> str:
    """Write a part of the whole as the percentage its cell shows, without what is only noise."""
    return f"{round(value * 100, 6).normalize():f}%"


def _padded(value: Decimal, code: str) -> str:
    if value < 0 or value != value.to_integral_value():
        return format(value, "f")
    marks = [found[1] or found[2] or found[3] or "" if (found := _LITERAL.fullmatch(part)) else part
             for part in re.findall(r'"[^"]*"|\\.|.', re.sub(r"\[[^]]*\]", "", code))]  # fmt: skip
    places = [place for place, mark in enumerate(marks) if mark == "0"]
    digits = f"{int(value):0{len(places)}d}"
    spare = len(digits) - len(places)
    for place, digit in zip(places, digits[spare:], strict=True):
        marks[place] = digit
    marks[places[0]] = digits[:spare] + marks[places[0]]
    return "".join(marks)


def _read(xml: bytes, formats: dict[str, Callable[[Decimal], str]], marks: Marks) -> None:
    if not formats and not _NOTABLE.search(xml):
        return
    parser, reading = expat.ParserCreate(namespace_separator=" "), _Cells(formats, marks)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.Parse(xml, True)


@dataclass
class _Cells:
    """The cells of a sheet as its XML goes by."""

    formats: dict[str, Callable[[Decimal], str]]
    marks: Marks
    row: int = -1
    at: Place = (-1, -1)
    kind: str = ""
    style: str = ""
    is_formula: bool = False
    value: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self.row, self.at = int(attributes.get("r", self.row + 2)) - 1, (self.row, -1)
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden.add(self.row)
        elif name == "col":
            if attributes.get("hidden") in ("1", "true"):
                last = min(int(attributes["max"]), MOST_COLUMNS)
                self.marks.hidden_columns |= set(range(int(attributes["min"]) - 1, last))
        elif name == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.at = (int(found[2]) - 1, _column(found[1])) if found else (self.row, self.at[1] + 1)
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.is_formula, self.value = False, None
        elif name == "f":
            self.is_formula = True
        elif name == "v":
            self.value = ""

    def text(self, text: str) -> None:
        if self.value is not None:
            self.value += text

    def end(self, tag: str) -> None:
        if tag.rpartition(" ")[2] != "c":
            return
        if self.kind == "e":
            self.marks.broken[self.at] = (self.value or "").strip() or "#N/A"
        elif self.is_formula and not self.value and self.kind != "str":
            self.marks.broken[self.at] = NOT_CALCULATED
        elif self.kind == "n" and self.style in self.formats:
            self.marks.formats[self.at] = self.formats[self.style]
        self.value = None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1

"""Rows of CSV and TSV files: every record that does not fit its header is named, none is shifted in silence (FIL-1)."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from ordersdesk.files.tables.encodings import SPOILT, Scan, scan
from ordersdesk.files.tables.opening import chunks, not_read, opened
from ordersdesk.foundation.texts.language import _

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 60  # lines that decide which character separates the cells
LONGEST_LINE = 1 << 21
LONGEST_CELL = 1 << 17  # the csv module's own limit
_SEPARATOR_LINE = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)


@dataclass(frozen=True)
class Record:
    """One record of a text file with what is wrong with it, if anything."""

    cells: list[str]
    trouble: str = ""


@dataclass(frozen=True)
class TextFile:
    """A text file whose encoding and separator are known; it can be read as often as needed."""

    path: Path
    encoding: str
    delimiter: str
    scan: Scan
    is_said: bool = False
    """Somebody said which encoding it is: what does not fit it is found as the rows are read."""

    def records(self) -> Iterator[Record]:
        """Give the records from the first line on; a blank line is a record without cells."""
        with opened(self.path) as file:
            wrapper = io.TextIOWrapper(file, encoding=self.encoding, errors="replace", newline="")
            lines = _Lines(iter(lambda: wrapper.readline(LONGEST_LINE), ""), self.path)
            yield from _records(lines, self.delimiter, self.scan, doubtful=self.is_said)


def text_file(path: Path, *, encoding: str | None, delimiter: str | None) -> TextFile:
    """Find out encoding and separator; refused (FIL-1) when the file is no text."""
    found = scan(chunks(path))
    if encoding is not None and not _is_known(encoding):
        why = _("“{encoding}” is no encoding.").format(encoding=encoding)
        raise not_read(path, why, _("Use utf-8, gb18030 or cp1252, or leave it out."))
    if found.nuls * 10 > found.size and not found.encoding.startswith(("utf-16", "utf-32")):
        raise not_read(path, _("It is no text: every tenth byte is zero."), _("Save the table as CSV or XLSX."))
    name = encoding or found.encoding
    file = TextFile(path, name, delimiter or ",", found, is_said=encoding is not None)
    return file if delimiter else replace(file, delimiter=_sniffed(file))


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _sniffed(file: TextFile) -> str:
    """Return the separator under which most of the first records are as long as the header."""
    with opened(file.path) as raw:
        wrapper = io.TextIOWrapper(raw, encoding=file.encoding, errors="replace", newline="")
        lines = list(islice(iter(lambda: wrapper.readline(LONGEST_LINE), ""), SAMPLE))
    if lines and (said := _SEPARATOR_LINE.match(lines[0].strip())):
        return said[1]
    best = (0.0, 0, ",")
    for delimiter in DELIMITERS:
        lengths = [len(record.cells) for record in _records(_Lines(iter(lines), file.path), delimiter) if record.cells]
        if lengths and lengths[0] > 1:
            fit = sum(length == lengths[0] for length in lengths) / len(lengths)
            best = max(best, (round(fit, 1), lengths[0], delimiter))
    return best[2]


@dataclass
class _Lines:
    """The physical lines under the csv reader, able to go back to the second line of a record that broke."""

    source: Iterator[str]
    path: Path
    _waiting: deque[str] = field(default_factory=deque[str])
    _taken: list[str] = field(default_factory=list[str])

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self.source)
        if len(line) >= LONGEST_LINE:
            raise not_read(self.path, _("A line is longer than any table's."), _("Is it a CSV file?"))
        self._taken.append(line)
        return line

    def begin(self) -> None:
        """A new record starts with the next line."""
        self._taken.clear()

    def go_back(self) -> str:
        """Give all lines but the record's first back, so that one open quote swallows one line only."""
        first, *others = self._taken
        self._waiting.extendleft(reversed(others))
        return first.rstrip("\r\n")


def _records(lines: _Lines, delimiter: str, scan: Scan | None = None, *, doubtful: bool = False) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    spoilt = doubtful or (scan is not None and scan.spoilt > 0)
    suspect = scan is not None and (scan.nuls > 0 or spoilt)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record([lines.go_back()], _("a quote is opened and not closed, or stands in the middle of a cell"))
            # A reader that failed still holds half a record: start a fresh one on the lines given back.
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        yield Record(cells, _trouble(cells, spoilt=spoilt) if scan and suspect else "")


def _trouble(cells: list[str], *, spoilt: bool) -> str:
    joined = "".join(cells)
    if "\x00" in joined:
        return _("it holds NUL bytes")
    if spoilt and SPOILT in joined:
        return _("it holds characters that are not in the file's encoding")
    return ""

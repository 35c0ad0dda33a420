"""Tables to CSV, TSV, XLSX and JSON files, with cells a spreadsheet would run made harmless (FIL-2)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from ordersdesk.foundation.machine.whole_files import whole
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import escaped, shown

Value = str | int | Decimal | date | datetime | bool | None
Rows = Iterable[Sequence[Value]]
_RUNS = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_NEGATIVE = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)  # a spreadsheet reads it as the number it is
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CELL_LIMIT = 32_767  # characters a workbook's cell can hold
# A workbook is written row by row and no cell is taken for what it is not.
AS_TYPED = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
LOOKS = {
    "quoted": {"quote_prefix": True},
    "day": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}


def write(path: Path, columns: Sequence[str], rows: Rows, *, replace: bool = False) -> int:
    """Write a table in the format of the file's name and return its rows; whole or not at all.

    Refused (FIL-2) for a format the desk does not write, and for a file that exists unless it may be replaced.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if path.is_dir():
        raise _refused(path, _("This is a folder, not a file."), _("Name a file in it."))
    if writer is None:
        raise _refused(path, _("Its name says no format."), _("End it in .csv, .tsv, .xlsx or .json."))
    if not path.parent.is_dir():
        why = _("There is no folder {folder}.").format(folder=path.parent)
        raise _refused(path, why, _("Make it first, or choose another."))
    try:
        with whole(path, replace=replace) as partial, partial.open("wb") as file:
            return writer(file, columns, rows)
    except FileExistsError as error:
        raise _refused(path, _("There is such a file already."), _("Choose another name.")) from error
    except OSError as error:
        raise _refused(path, _("It cannot be written."), _("Choose a folder you may write to.")) from error


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula (FIL-2); `-5` it would not."""
    return f"'{text}" if _RUNS.match(text) and not _NEGATIVE.fullmatch(text) else text


def _csv(file: IO[bytes], columns: Sequence[str], rows: Rows, *, delimiter: str = ",") -> int:
    file.write(b"\xef\xbb\xbf")  # the mark makes spreadsheets read Chinese as Chinese
    count = 0
    writer = csv.writer(_Encoded(file), delimiter=delimiter)
    writer.writerow([harmless(column) for column in columns])
    for row in rows:
        writer.writerow([harmless(value) if isinstance(value, str) else _plain(value) for value in row])
        count += 1
    return count


def _tsv(file: IO[bytes], columns: Sequence[str], rows: Rows) -> int:
    return _csv(file, columns, rows, delimiter="\t")


class _Encoded:
    """What the csv module writes to: text in, UTF-8 out."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, text: str) -> int:
        """Write one record."""
        return self.file.write(text.encode("utf-8", "replace"))


def _plain(value: Value) -> str | int:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else value if isinstance(value, str | int) else value.isoformat()


def _xlsx(file: IO[bytes], columns: Sequence[str], rows: Rows) -> int:
    count = -1
    book: Any  # XlsxWriter's types are not complete
    with Workbook(file, AS_TYPED) as book:
        sheet, looks = book.add_worksheet(), {name: book.add_format(look) for name, look in LOOKS.items()}
        for count, row in enumerate(chain([columns], rows)):
            for place, value in enumerate(row):
                _xlsx_cell(sheet, (count, place), value, looks)
    return count


def _xlsx_cell(sheet: Any, place: tuple[int, int], value: Value, looks: dict[str, Any]) -> None:
    value = _plain(value) if isinstance(value, bool) else value
    if isinstance(value, str):
        text = shown(value) if _NOT_IN_XML.search(value) else value
        # A text that begins with = stays a text, also when somebody edits its cell.
        sheet.write_string(*place, text[:CELL_LIMIT], looks["quoted"] if harmless(text) != text else None)
    elif isinstance(value, date):
        naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(*place, naive, looks["time" if isinstance(value, datetime) else "day"])
    elif value is not None:
        sheet.write_number(*place, value)


def _json(file: IO[bytes], columns: Sequence[str], rows: Rows) -> int:
    count = 0
    file.write(b"[")
    for count, row in enumerate(rows, 1):
        cells = (value if isinstance(value, bool | int | str) or value is None else _plain(value) for value in row)
        line = json.dumps(dict(zip(columns, cells, strict=False)), ensure_ascii=False)
        file.write((",\n" if count > 1 else "\n").encode() + escaped(line).encode())
    file.write(b"\n]\n")
    return count


_WRITERS: dict[str, Callable[[IO[bytes], Sequence[str], Rows], int]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".xlsx": _xlsx,
    ".json": _json,
}


def _refused(path: Path, why: str, mend: str) -> Refused:
    name = path.name or str(path)
    return Refused("FIL-2", _("{file} was not written. {why}").format(file=name, why=why), mend=mend, field="file")

"""One way to read a table, whatever file it comes in: `read(path)` gives columns and rows (FIL-1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

from ordersdesk.files.tables.opening import format_of, not_read
from ordersdesk.files.tables.text import text_file
from ordersdesk.files.tables.workbooks import Cell, is_blank, text_of, workbook
from ordersdesk.foundation.texts.language import _

MOST_COLUMNS = 2_000
MOST_MISFITS = 5_000  # rows at the beginning of a file that may all be bad
_SPACES = re.compile(r"\s+")
_MADE_HARMLESS = re.compile(r"'+\s*[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells, and why they cannot be trusted, if so."""

    number: int
    cells: list[Cell]
    trouble: str = ""
    merged: frozenset[int] = frozenset()
    """The cells whose value is that of a merged cell above."""


@dataclass(frozen=True)
class Sheet:
    """A table in a file. `rows()` streams and can be called again; `about` is roughly how many there are."""

    path: Path
    name: str
    kind: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    about: int
    _rows: Callable[[], Iterator[Row]]
    hidden: frozenset[int] = frozenset()
    """The rows that nobody sees who looks at the sheet, by their numbers."""
    hidden_columns: frozenset[str] = frozenset()
    is_hidden: bool = False

    def rows(self) -> Iterator[Row]:
        """Give every row below the header that holds anything."""
        return self._rows()


def read(
    path: Path | str,
    sheet: str | None = None,
    *,
    header: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    short_rows: bool = False,
) -> Sheet:
    """Open a table; refused (FIL-1) with the reason when the file holds none.

    `header` is the row of the column names when it is not the first that holds anything;
    `short_rows` accepts rows whose last cells are left out.
    """
    path = Path(path)
    kind = format_of(path)
    if kind == "text":
        return _read_text(path, header=header, encoding=encoding, delimiter=delimiter, short_rows=short_rows)
    return _read_workbook(path, sheet, kind=kind, header=header)


def _read_text(
    path: Path, *, header: int | None, encoding: str | None, delimiter: str | None, short_rows: bool
) -> Sheet:
    file = text_file(path, encoding=encoding, delimiter=delimiter)

    def numbered() -> Iterator[Row]:
        for number, record in enumerate(file.records(), 1):
            cells = [_as_meant(cell) for cell in record.cells] if file.scan.harmless else record.cells
            yield Row(number, cast(list[Cell], cells), record.trouble)

    columns, first = _header(path, numbered(), header)

    spare = _spare_cells(_fitted(numbered(), first, width=0, short_rows=False), len(columns))

    def rows() -> Iterator[Row]:
        return _fitted(numbered(), first, width=len(columns), short_rows=short_rows, spare=spare)

    _has_rows(path, rows())
    return Sheet(path, path.name, "text", file.encoding, file.delimiter, columns, file.scan.lines, rows)


def _read_workbook(path: Path, sheet: str | None, *, kind: str, header: int | None) -> Sheet:
    book = workbook(path, sheet)

    def numbered() -> Iterator[Row]:
        for number, (cells, merged) in enumerate(book.rows(), 1):
            yield Row(number, cells, merged=merged)

    columns, first = _header(path, numbered(), header)

    def rows() -> Iterator[Row]:
        return _fitted(numbered(), first, width=len(columns), short_rows=True, spare=book.width)

    _has_rows(path, rows())
    hidden = frozenset(row + 1 for row in book.marks.hidden)
    unseen = (name for place, name in enumerate(columns, book.first_column) if place in book.marks.hidden_columns)
    return Sheet(path, book.sheet, kind, "", "", columns, book.height, rows, hidden, frozenset(unseen), book.is_hidden)


def _header(path: Path, rows: Iterator[Row], wanted: int | None) -> tuple[tuple[str, ...], int]:
    """Return the column names and the number of their row."""
    for row in rows:
        if is_blank(row.cells) or (text_of(row.cells[0]).lower().startswith("sep=") and is_blank(row.cells[1:])):
            continue
        if wanted is None or row.number == wanted:
            if row.trouble:
                why = _("Row {row}, the header, cannot be read: {trouble}.").format(row=row.number, trouble=row.trouble)
                raise not_read(path, why, _("Mend the first line."))
            if len(row.cells) > MOST_COLUMNS:
                why = _("Its header has {count} columns.").format(count=f"{len(row.cells):,}")
                raise not_read(path, why, _("Is it a table? Leave out what is not needed of it."))
            return _names(row.cells), row.number
        if row.number > wanted:
            break
    raise not_read(path, _("It has no row of column names."), _("Put the names of the columns in the first row."))


def _names(cells: Sequence[Cell]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    alike: Counter[str] = Counter()
    last = max(place for place, cell in enumerate(cells, 1) if text_of(cell).strip())
    for place, cell in enumerate(cells[:last], 1):
        name = unique = _SPACES.sub(" ", text_of(cell)).strip().lstrip("\ufeff") or f"column {place}"
        while unique in names:
            alike[name] += 1
            unique = f"{name} ({alike[name] + 1})"
        names[unique] = None
    return tuple(names)


def _spare_cells(rows: Iterator[Row], width: int) -> int:
    """Return how many empty cells end every one of the first rows beyond the header: a habit, not a shift."""
    spares = {len(row.cells) - width for row in islice(rows, 20) if not any(row.cells[width:])}
    return max(0, min(spares, default=0))


def _fitted(rows: Iterator[Row], header: int, *, width: int, short_rows: bool, spare: int = 0) -> Iterator[Row]:
    """Bring every row to the header's width, or say why it does not fit."""
    for row in rows:
        cells = row.cells
        if row.number <= header or (not row.trouble and is_blank(_of_its_own(row))):
            continue
        if width < len(cells) <= width + spare and not any(cells[width:]):
            del cells[width:]
        if len(cells) < width and (short_rows or row.trouble):
            cells.extend([""] * (width - len(cells)))
        if len(cells) == width or row.trouble:
            yield row
        else:
            yield Row(row.number, cells, _misfit(len(cells), width), row.merged)


def _of_its_own(row: Row) -> list[Cell]:
    return [cell for place, cell in enumerate(row.cells) if place not in row.merged] if row.merged else row.cells


def _misfit(cells: int, width: int) -> str:
    if cells > width:
        text = _("it has {cells} cells, the header {width}: a cell with the separator in it needs quotes")
    else:
        text = _("it has {cells} cells, the header {width}: is it cut short?")
    return text.format(cells=cells, width=width)


def _has_rows(path: Path, rows: Iterator[Row]) -> None:
    """Refuse (FIL-1) a file without rows, and one of which row after row does not fit: no person mends all those."""
    first: Row | None = None
    for count, row in enumerate(rows, 1):
        if not row.trouble:
            return
        first = first or row
        if count >= MOST_MISFITS:
            why = _("None of its first {count} rows can be read; row {row}: {trouble}.")
            told = why.format(count=f"{count:,}", row=first.number, trouble=first.trouble)
            raise not_read(path, told, _("Look at that row, and at the separator and quotes of the file."))
    if first is None:
        raise not_read(path, _("It has a header and no rows."), _("Export it again with its rows."))


def _as_meant(cell: str) -> str:
    """Take back the apostrophe that keeps a spreadsheet from running a cell (FIL-2)."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell

"""Rows of XLSX, XLS and ODS workbooks, with numbers and dates as the workbook holds them (FIL-1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ordersdesk.files.tables.extents import too_large
from ordersdesk.files.tables.ods_marks import ods_marks
from ordersdesk.files.tables.old_extents import too_large_of_old
from ordersdesk.files.tables.opening import damaged, not_read, whole
from ordersdesk.files.tables.sheet_marks import Broken, Marks, Number, marks_of
from ordersdesk.foundation.texts.language import _, word_list

Cell = str | Decimal | date | datetime
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Workbook:
    """One sheet of a workbook, chosen and ready to be read."""

    path: Path
    sheet: str
    height: int
    width: int
    marks: Marks
    _book: CalamineWorkbook

    @property
    def is_hidden(self) -> bool:
        """Tell whether nobody sees the sheet who opens the workbook."""
        return self.sheet not in _seen(self._book)

    @property
    def first_column(self) -> int:
        """Return the place of the first column that holds anything, from nought."""
        return (self._book.get_sheet_by_name(self.sheet).start or (0, 0))[1]

    def rows(self) -> Iterator[tuple[list[Cell], frozenset[int]]]:
        """Give the rows from the sheet's first one on, each with the cells that are merged with one above."""
        sheet, first = self._book.get_sheet_by_name(self.sheet), self.first_column
        merged = _merged(sheet, first)
        above: dict[int, Cell] = {}
        try:
            for number, row in enumerate(sheet.iter_rows()):
                cells = [self._shown(_cell(value), (number, first + place)) for place, value in enumerate(row)]
                held = merged.get(number, frozenset[int]())
                for place in held:
                    cells[place] = above[place]
                above = dict(enumerate(cells)) if number + 1 in merged else {}
                yield cells, held
        except CalamineError as error:
            raise damaged(self.path) from error

    def _shown(self, cell: Cell, at: tuple[int, int]) -> Cell:
        if at in self.marks.broken:
            return Broken(self.marks.broken[at])
        if isinstance(cell, Decimal) and at in self.marks.formats:
            return Number.seen(cell, self.marks.formats[at](cell))
        return cell


def _merged(sheet: CalamineSheet, first: int) -> dict[int, frozenset[int]]:
    """Return by row the cells that a merged cell above them reaches into: it holds for all its rows."""
    found: dict[int, frozenset[int]] = {}
    last = (sheet.start or (0, 0))[0] + sheet.height
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom, last) + 1):
            found[row] = found.get(row, frozenset()) | {left - first}
    return found


def workbook(path: Path, sheet: str | None) -> Workbook:
    """Open a workbook at a sheet, else at its first with rows; refused (FIL-1) when it has none, saying so."""
    content = whole(path)
    if _ENCRYPTED in content[: 1 << 16] or _ENCRYPTED in content[-(1 << 16) :]:
        raise _locked(path)
    if extent := too_large(content) if content.startswith(b"PK") else too_large_of_old(content):
        why = _("A sheet of it spans {rows} rows and {columns} columns, with {cells} cells in them.")
        raise not_read(
            path,
            why.format(rows=f"{extent.rows:,}", columns=f"{extent.columns:,}", cells=f"{extent.cells:,}"),
            _("Delete what stands far below or beside the table, or save the table alone as CSV."),
        )
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = _sheets(book)
        heights = {name: book.get_sheet_by_name(name).total_height for name in names}
    except PasswordError as error:
        raise _locked(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path) from error
    chosen = _chosen(path, sheet, heights)
    marks = _marks(content, chosen)
    return Workbook(path, chosen, heights[chosen], book.get_sheet_by_name(chosen).total_width, marks, book)


def _marks(content: bytes, sheet: str) -> Marks:
    if not content.startswith(b"PK"):
        return Marks()
    return marks_of(content, sheet) or ods_marks(content, sheet)


def _sheets(book: CalamineWorkbook) -> list[str]:
    seen = _seen(book)
    return seen + [name for name in book.sheet_names if name not in seen]


def _seen(book: CalamineWorkbook) -> list[str]:
    return [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]


def _chosen(path: Path, sheet: str | None, heights: dict[str, int]) -> str:
    listed = word_list(heights)
    if not heights:
        raise not_read(path, _("The workbook opens, but it has no sheets."), _("Export it again."))
    if sheet is not None:
        if sheet not in heights:
            why = _("It has no sheet “{sheet}”.").format(sheet=sheet)
            raise not_read(path, why, _("Its sheets are: {sheets}.").format(sheets=listed))
        if not heights[sheet]:
            why = _("Its sheet “{sheet}” has no rows.").format(sheet=sheet)
            raise not_read(path, why, _("Its sheets are: {sheets}.").format(sheets=listed))
        return sheet
    for name, height in heights.items():
        if height:
            return name
    why = _("The workbook opens, but its sheets have no rows ({sheets}).").format(sheets=listed)
    raise not_read(path, why, _("Export it again."))


def _locked(path: Path) -> Exception:
    return not_read(path, _("The workbook is locked with a password."), _("Save it without the password."))


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return ""


def _number(value: float) -> Decimal | str:
    # Fifteen digits are what a spreadsheet keeps and shows: 0.1 + 0.2 is 0.3 there.
    number = Decimal(format(value, ".15g"))
    if not number.is_finite():
        return ""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def text_of(cell: Cell) -> str:
    """Write a cell the way a text file would hold it: 5, 12.5, 2024-01-31, 2024-01-31 08:30:00."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Number):
        return cell.shown
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else format(cell, "f")


def is_blank(cells: Sequence[Cell]) -> bool:
    """Return whether a row holds nothing."""
    return not any(cell.strip() if isinstance(cell, str) else True for cell in cells)

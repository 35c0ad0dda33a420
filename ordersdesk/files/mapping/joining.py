"""A second file beside the first: each row gets the cells of the one row there that has its key (FIL-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ordersdesk.files.mapping.problems import Problem, Problems
from ordersdesk.files.tables.reading import Row, Sheet, read
from ordersdesk.files.tables.workbooks import Cell, text_of
from ordersdesk.foundation.texts.codes import code
from ordersdesk.foundation.texts.language import _, labelled, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown


@dataclass(frozen=True)
class Join:
    """Which file is joined, and by which column of ours and of theirs; a sheet alone is one of the same workbook."""

    file: str
    ours: str
    theirs: str
    sheet: str | None = None
    encoding: str | None = None

    def joined(self, main: Sheet, problems: Problems) -> Sheet:
        """Return the first file with the cells of the second; what matches nothing or twice is noted by row.

        A row without a match has empty cells there: whether it needs them, its fields say.
        """
        # A file that is named beside the first one lies beside it.
        path = main.path.parent / self.file if self.file else main.path
        other = read(path, self.sheet, encoding=self.encoding)
        at, there = _place(main, self.ours), _place(other, self.theirs)
        second = _Second(self, other, there, problems)
        kept = [place for place in range(len(other.columns)) if place != there]
        names = tuple(_free(other.columns[place], main, path) for place in kept)

        def rows() -> Iterator[Row]:
            for row in main.rows():
                yield second.beside(row, at, kept)
            second.note_unmatched()

        return replace(main, columns=main.columns + names, _rows=rows)


def _place(sheet: Sheet, column: str) -> int:
    if column not in sheet.columns:
        text = _("{file} has no column “{column}” to join on; it has: {columns}.")
        columns = shown(word_list(sheet.columns))[:400]
        raise Refused(
            "FIL-1",
            text.format(file=sheet.path.name, column=column, columns=columns),
            mend=_("Name a column of both files (--on COLUMN, or --on OURS=THEIRS)."),
            field="on",
        )
    return sheet.columns.index(column)


def _free(name: str, main: Sheet, path: Path) -> str:
    """Return a column's name; where the first file has one of the same name, the file's name stands before it."""
    return f"{path.name.partition('.')[0]}.{name}" if name in main.columns else name


@dataclass
class _Second:
    """The rows of the second file by their key."""

    join: Join
    sheet: Sheet
    place: int
    problems: Problems
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    doubled: set[str] = field(default_factory=set[str])
    wanted: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        for row in self.sheet.rows():
            key = "" if row.trouble else self.key(row.cells[self.place])
            before = self.rows.setdefault(key, row) if key else row
            if not key:
                self.note(row, row.trouble or _("has no key to be joined by"))
            elif before.cells != row.cells:
                for each in (row,) if key in self.doubled else (before, row):
                    self.note(each, _("stands there more than once, and not the same"))
                self.doubled.add(key)

    def key(self, cell: Cell) -> str:
        return code(text_of(cell))

    def note(self, row: Row, message: str) -> None:
        value = text_of(row.cells[self.place])[:200] if self.place < len(row.cells) else ""
        column = labelled(self.sheet.path.name, self.join.theirs)
        self.problems.remarks.add(Problem(row.number, column, value, "FIL-1", message))

    def beside(self, row: Row, at: int, kept: list[int]) -> Row:
        """Return a row of the first file with the cells of its match."""
        if row.trouble:
            return row
        key = self.key(row.cells[at])
        found = self.rows.get(key)
        self.wanted.add(key)
        if found is None:
            value, message = text_of(row.cells[at])[:200], _("is not in the file joined")
            self.problems.remarks.add(Problem(row.number, self.join.ours, value, "FIL-1", message))
        cells: list[Cell] = [found.cells[place] if found else "" for place in kept]
        trouble = _("its key stands more than once in the file joined") if key in self.doubled else ""
        return replace(row, cells=[*row.cells, *cells], trouble=trouble)

    def note_unmatched(self) -> None:
        for key, row in self.rows.items():
            if key not in self.wanted and key not in self.doubled:
                self.note(row, _("is joined to no row"))

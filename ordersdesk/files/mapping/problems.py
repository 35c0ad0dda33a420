"""What is wrong with the rows of a file: counted by kind, shown by row and column, written out to be mended (FIL-1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ordersdesk.files.tables.reading import Sheet
from ordersdesk.files.tables.workbooks import text_of
from ordersdesk.files.tables.writing import write
from ordersdesk.foundation.texts.language import _, clause_list, labelled, with_rule

PROBLEM = "problem"  # the column added to bad rows; a file that is fed again may still carry it
BROKEN = "!"  # opens the note of a row whose cells do not fit the columns: filled up it must not look whole
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
KEPT = 200  # problems of one kind that are kept to be shown; all are counted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row; the message never holds the value, so that equal ones can be counted."""

    row: int
    column: str
    value: str
    rule: str
    message: str
    key: str = ""  # what the row shares with others, said beside it in the file of bad rows


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How often one problem came, with the rows it came in first."""

    rule: str
    column: str
    message: str
    count: int
    rows: tuple[int, ...]


@dataclass
class Tally:
    """Things said of rows: counted by kind, the first of each kind kept to be shown."""

    kept: dict[tuple[str, str, str], list[Problem]] = field(default_factory=dict[tuple[str, str, str], list[Problem]])
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter[tuple[str, str, str]])

    def add(self, problem: Problem) -> None:
        """Count a problem and keep it while there are few of its kind."""
        kind = (problem.rule, problem.column, problem.message)
        self.counts[kind] += 1
        alike = self.kept.setdefault(kind, [])
        if len(alike) < KEPT:
            alike.append(problem)

    def by_kind(self) -> list[ProblemKind]:
        """Return the kinds of problem, the most frequent first."""
        return [
            ProblemKind(*kind, count, tuple(problem.row for problem in self.kept[kind][:5]))
            for kind, count in self.counts.most_common()
        ]

    def first(self, count: int) -> list[Problem]:
        """Return the first problems in the order of their rows."""
        every = sorted((problem for alike in self.kept.values() for problem in alike), key=lambda each: each.row)
        return every[:count]


@dataclass
class Problems(Tally):
    """The problems of one import, rows left out on purpose with the mapping's reason, and what else is to be known."""

    left_out: Counter[str] = field(default_factory=Counter[str])
    bad_rows: dict[int, str] = field(default_factory=dict[int, str])
    remarks: Tally = field(default_factory=Tally)

    def add(self, problem: Problem) -> None:
        """Count a problem; its row cannot be taken."""
        super().add(problem)
        self.bad_rows.setdefault(problem.row, _line(problem))

    def leave_out(self, reason: str) -> None:
        """Count a row that the mapping leaves out."""
        self.left_out[reason] += 1

    def __len__(self) -> int:
        return len(self.bad_rows)


def write_bad_rows(sheet: Sheet, problems: Problems, path: Path) -> int:
    """Write the bad rows as they were, with what is wrong beside them; mended, the file can be fed again (FIL-1)."""
    columns = [column for column in sheet.columns if column != PROBLEM]
    return write(path, [*columns, PROBLEM], _mendable(sheet, problems.bad_rows))


def _mendable(sheet: Sheet, why: dict[int, str]) -> Iterator[list[str]]:
    width = len(sheet.columns)
    at = sheet.columns.index(PROBLEM) if PROBLEM in sheet.columns else width
    for row in sheet.rows():
        if row.number not in why:
            continue
        texts = [text_of(cell) for cell in row.cells]
        cells = [_CONTROLS.sub(_sign, text) for text in texts]
        note = why[row.number]
        if cells != texts and not is_unmended(note):
            # A sign is no control character: the row must not pass as mended just because it was written.
            said = _("it holds control characters, shown here as signs")
            note = clause_list((f"{BROKEN} {said}", note))
        cells.extend([""] * (width - len(cells)))
        # Cells beyond the header stay to the right of the problem, where the row still does not fit.
        kept = [*cells[:at], *cells[at + 1 : width]]
        yield [*kept, note, *cells[width:]]


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2426"


def is_unmended(note: str) -> bool:
    """Return whether a row fed again says in its problem column that its cells still stand wrong."""
    return note.startswith(BROKEN)


def _line(problem: Problem) -> str:
    if not problem.column:
        clear = _("empty this cell when it is mended")
        return clause_list((f"{BROKEN} {with_rule(problem.message, problem.rule)}", clear))
    key = f" {problem.key}" if problem.key else ""
    return labelled(f"{problem.column}{key}", with_rule(problem.message, problem.rule))

"""A sheet read through a mapping: typed records, rows with problems, and rows left out with a reason (FIL-1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ordersdesk.files.mapping.converting import Format, NotThat, Value, converted
from ordersdesk.files.mapping.mapping import Entry
from ordersdesk.files.mapping.mapping import Mapping as Plan
from ordersdesk.files.mapping.moments import Clock
from ordersdesk.files.mapping.problems import PROBLEM, Problem, is_unmended
from ordersdesk.files.tables.reading import Row, Sheet
from ordersdesk.files.tables.sheet_marks import NOT_CALCULATED, Broken, Number
from ordersdesk.files.tables.workbooks import Cell, text_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import MINOR, rounded

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BUSY!|FIELD!|GETTING_DATA)")
_FORMULA_TEXT = re.compile(r'=\s*"([^"]*)"')  # ="00123": how an export keeps a spreadsheet from counting with a code
REMEMBERED = 20_000  # cells of a column whose value is looked up rather than worked out again


@dataclass(frozen=True, slots=True)
class Mapped:
    """One good row: our fields with typed values; a field whose cell is empty is left out."""

    row: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that cannot be taken: everything wrong with it, and what of it could still be read."""

    row: int
    problems: tuple[Problem, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row the mapping leaves out."""

    row: int
    reason: str


Outcome = Mapped | Bad | LeftOut


def outcomes(
    plan: Plan, sheet: Sheet, *, today: date, zone: tzinfo | None = None, currency: str = ""
) -> Iterator[Outcome]:
    """Give what became of every row of the sheet, in order; nothing is dropped in silence."""
    clock = Clock(today, zone, plan.zone)
    forms = [Format(clock, entry.format, entry.decimal, currency) for entry in plan.entries]
    readers = [_reader(entry, sheet, plan.empty, form) for entry, form in zip(plan.entries, forms, strict=True)]
    skips = [(sheet.columns.index(skip.column), skip) for skip in plan.skips]
    noted = sheet.columns.index(PROBLEM) if PROBLEM in sheet.columns else -1
    for row in sheet.rows():
        trouble = row.trouble or (_("it is not mended yet") if noted >= 0 and _unmended(row.cells[noted]) else "")
        if trouble:
            problem = Problem(row.number, "", _excerpt(row), "FIL-1", trouble)
            yield Bad(row.number, (problem,), _legible(row, [reader for reader in readers if reader.name in plan.key]))
            continue
        reason = next((skip.reason for at, skip in skips if skip.test(text_of(row.cells[at]).strip())), None)
        yield LeftOut(row.number, reason) if reason is not None else _mapped(row, readers)


def _legible(row: Row, readers: list[_Reader]) -> Mapping[str, Value]:
    """Return what the key fields of a broken row seem to say: which order it may belong to."""
    values: dict[str, Value] = {}
    for reader in readers:
        try:
            values[reader.name] = reader.value(reader.get(row.cells), {})
        except (NotThat, IndexError):
            continue
    return values


def _unmended(cell: Cell) -> bool:
    return isinstance(cell, str) and is_unmended(cell)


def _excerpt(row: Row) -> str:
    return " | ".join(text_of(cell) for cell in row.cells)[:200]


def _mapped(row: Row, readers: list[_Reader]) -> Mapped | Bad:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for reader in readers:
        cell = reader.get(row.cells)
        try:
            if row.merged and not reader.places.isdisjoint(row.merged) and reader.entry.field.own:
                raise NotThat(_("stands in a cell merged over several rows: say for each row what is its own"))
            value = reader.value(cell, values)
        except NotThat as wrong:
            column = reader.column
            problems.append(Problem(row.number, column, text_of(cell)[:200], wrong.rule, wrong.message))
            continue
        if value is not None:
            values[reader.name] = value
    return Bad(row.number, tuple(problems), values) if problems else Mapped(row.number, values)


@dataclass
class _Reader:
    """One field on its way from cells to a value; remembers what it has worked out before."""

    entry: Entry
    name: str
    column: str
    form: Format
    empty: frozenset[str]
    get: Callable[[list[Cell]], Cell]
    places: frozenset[int] = frozenset()
    carry: _Carry | None = None
    known: dict[object, Value] = field(default_factory=dict[object, Value])

    def value(self, cell: Cell, others: Mapping[str, Value]) -> Value:
        """Return the value of a cell; None when it is empty and may be."""
        # What a cell shows belongs to what it is: 123 and 00123 are one number and two codes.
        key = cell if type(cell) is str or not isinstance(cell, Number | Broken) else (type(cell), text_of(cell))
        if key in self.known:
            value = self.known[key]
        else:
            value = self._worked_out(cell)
            if len(self.known) < REMEMBERED:
                self.known[key] = value
        return self.carry.fitted(value, others) if self.carry and isinstance(value, Decimal) else value

    def _worked_out(self, cell: Cell) -> Value:
        entry, text = self.entry, cell
        if isinstance(cell, str):
            text = cell.strip()
            text = "" if text in self.empty else _usable(cell, text)
            if text and entry.take:
                found = entry.take.search(text)
                if not found:
                    raise NotThat(_("does not look as the mapping expects"))
                text = found[1] or ""
        if text and entry.values is not None:
            text = self._translated(text_of(text))
        if text == "":
            text = entry.default
        if text == "":
            if entry.field.required:
                raise NotThat(_("is missing"))
            if entry.field.filled:
                raise NotThat(_("is missing; leave the whole column out to change no price"), "CAT-3")
            return None
        value = converted(text, entry.field, self.form)
        if entry.field.type == "money" and isinstance(value, Decimal) and not self.carry:
            if value and not rounded(value):
                raise NotThat(_("is less than the smallest coin"), "CAT-5")
            return rounded(value)
        return value

    def _translated(self, text: str) -> str:
        assert self.entry.values is not None
        found = self.entry.values.get(text.casefold(), self.entry.otherwise)
        if found is None:
            raise NotThat(_("is no value the mapping knows"))
        return found


def _usable(cell: str, text: str) -> str:
    """Refuse what a spreadsheet puts where no value is: it must never pass for an empty cell."""
    if isinstance(cell, Broken) and cell == NOT_CALCULATED:
        raise NotThat(
            _("holds a formula that was never calculated: open the file in a spreadsheet program and save it")
        )
    if _is_broken(cell):
        raise NotThat(_("holds {error} instead of a value").format(error=text[:20]))
    dressed = _FORMULA_TEXT.fullmatch(text)
    return dressed[1].strip() if dressed else text


def _reader(entry: Entry, sheet: Sheet, empty: frozenset[str], form: Format) -> _Reader:
    columns = entry.columns()
    at = {column: sheet.columns.index(column) for column in columns}
    carry = _Carry(sheet.columns.index(entry.carry)) if entry.carry else None
    get = _cells(entry, at)
    if carry:
        plain, place = get, carry.place

        def watched(cells: list[Cell]) -> Cell:
            carry.group = text_of(cells[place])
            return plain(cells)

        get = watched
    name = ", ".join(columns) or entry.field.name
    return _Reader(entry, entry.field.name, name, form, empty, get, frozenset(at.values()), carry)


def _cells(entry: Entry, at: dict[str, int]) -> Callable[[list[Cell]], Cell]:
    if not at:
        return lambda _row: entry.constant
    if entry.template == "{" + next(iter(at)) + "}":
        place = next(iter(at.values()))
        return lambda row: row[place]

    # Every second piece is a column's name, since the pattern has one group.
    pieces = [at.get(piece, piece) for piece in re.split(r"{([^{}]+)}", entry.template)]

    def joined(row: list[Cell]) -> Cell:
        if broken := next((row[place] for place in at.values() if _is_broken(row[place])), None):
            return broken
        parts = [piece if isinstance(piece, str) else text_of(row[piece]).strip() for piece in pieces]
        text = "".join(parts)
        if all(parts[1::2]):
            return text
        # An empty part leaves its comma behind.
        return ", ".join(part.strip() for part in text.split(",") if part.strip())

    return joined


def _is_broken(cell: Cell) -> bool:
    return isinstance(cell, Broken) or (isinstance(cell, str) and _ERROR.fullmatch(cell.strip()) is not None)


@dataclass
class _Carry:
    """Books an amount finer than a cent at a neighbouring cent, so that each year's total of a group stays true."""

    place: int
    group: str = ""
    left: dict[tuple[int, str], Decimal] = field(default_factory=dict[tuple[int, str], Decimal])

    def fitted(self, amount: Decimal, others: Mapping[str, Value]) -> Decimal:
        """Return the cent below or above; an amount in whole cents is never touched."""
        day = others.get("date")
        key = (day.year if isinstance(day, date) else 0, self.group)
        wanted = amount + self.left.get(key, Decimal(0))
        low, high = amount.quantize(MINOR, ROUND_FLOOR), amount.quantize(MINOR, ROUND_CEILING)
        booked = high if abs(wanted - high) <= abs(wanted - low) else low
        self.left[key] = wanted - booked
        return booked

"""The table of goods as text: side by side where there is room, else the texts with their figures beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ordersdesk.printing.devices.cells import Type
from ordersdesk.printing.forms.form import Column
from ordersdesk.printing.pages.breaking import SOLID

GAP = 1
NARROW = 60  # cells below which a table is a list …
MANY, WIDE = 10, 100  # … and so is one of more columns than this on fewer cells
READABLE = 4  # cells a column of texts needs at least
BY_HAND = 16  # cells of a line to write on
EACH = 6  # cells they need on the average, else a name is a pile of single characters

Row = Sequence[str]


class Table:
    """A table laid out for one machine and one width."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row], cells: int, type_: Type, *, total: Row = ()
    ) -> None:
        self._columns, self._rows, self._cells, self._type = columns, rows, cells, type_
        self._total = total
        needed = [self._needed(place) for place in range(len(columns))]
        self._room = self._shared(needed)
        texts = [place for place, column in enumerate(columns) if not column.figure]
        is_tight = sum(self._room[place] for place in texts) < EACH * len(texts)
        is_crowded = cells < NARROW or (len(columns) > MANY and cells < WIDE)
        self.is_list = is_crowded or (is_tight and any(self._room[place] < needed[place] for place in texts))
        """Whether there is no room for columns side by side."""

    def heads(self) -> list[str]:
        """Return the line of names over the columns; a list needs none."""
        return [] if self.is_list else self._beside([column.label for column in self._columns])

    def goods(self) -> list[list[str]]:
        """Return the lines of every row."""
        return [self._listed(row) if self.is_list else self._beside(row) for row in self._rows]

    def total(self) -> list[str]:
        """Return the lines of the row that closes the table; in a list its figures say what they are."""
        return self._summed() if self.is_list else self._beside(self._total)

    def _summed(self) -> list[str]:
        said = [(column, words) for column, words in zip(self._columns, self._total, strict=True) if words]
        name = " ".join(words for column, words in said if not column.figure)
        figures = "   ".join(f"{column.label} {words}" for column, words in said if column.figure)
        room = self._cells - self._type.width(name)
        if self._type.width(figures) < room:
            return [name + self._type.padded(figures, room, right=True)]
        return [*self._type.wrapped(name, self._cells), *self._type.wrapped(figures, self._cells)]

    def _needed(self, place: int) -> int:
        rows = [*self._rows, self._total] if self._total else self._rows
        words = [self._columns[place].label, *(row[place] for row in rows)]
        return max(self._type.width(line) for each in words for line in each.split("\n"))

    def _shared(self, needed: Sequence[int]) -> list[int]:
        """Return the cells of each column: figures take what they need, texts what they need of the rest by share."""
        room = {place: needed[place] for place in range(len(needed)) if self._is_fixed(place, needed[place])}
        waiting: list[int] = [place for place in range(len(self._columns)) if place not in room]
        left = self._cells - sum(room.values()) - GAP * (len(self._columns) - 1)
        heads = self._heads(left) if waiting else {}
        while waiting:
            shares = sum(self._columns[place].share for place in waiting)
            fair = {place: left * self._columns[place].share // shares for place in waiting}
            content = [place for place in waiting if min(needed[place], heads[place]) > fair[place]]
            content = content or [place for place in waiting if needed[place] <= fair[place]]
            room |= {
                place: min(needed[place], max(READABLE, heads[place], fair[place])) for place in content or waiting
            }
            left -= sum(room[place] for place in content)
            waiting = [place for place in waiting if place not in room]
        return [room[place] for place in range(len(self._columns))]

    def _is_fixed(self, place: int, needed: int) -> bool:
        column = self._columns[place]
        return column.figure or (column.solid and needed <= self._cells * SOLID)

    def _heads(self, left: int) -> dict[int, int]:
        """Return the cells of the longest word over each column of texts; nought where not all have that room."""
        found = {
            place: max(map(self._type.width, column.label.split()), default=0)
            for place, column in enumerate(self._columns)
            if not self._is_fixed(place, self._needed(place))
        }
        return found if sum(found.values()) <= left else dict.fromkeys(found, 0)

    def _beside(self, row: Row) -> list[str]:
        """Lay out one row on as many lines as its longest text needs."""
        parts = [
            [words] if column.figure else self._type.wrapped(words, wide)
            for column, words, wide in zip(self._columns, row, self._room, strict=True)
        ]
        return [
            (" " * GAP)
            .join(
                self._type.padded(part[line] if line < len(part) else "", wide, right=column.figure)
                for column, part, wide in zip(self._columns, parts, self._room, strict=True)
            )
            .rstrip()
            for line in range(max(map(len, parts), default=0))
        ]

    def _listed(self, row: Row) -> list[str]:
        """Put the texts on a line and the figures beneath: their names before them unless they have signs."""
        told = list(_counted(self._columns, row))
        lead = f"{told[0][1]} " if told and told[0][0].figure else ""
        first, notes = _under([words for column, words in told if not column.figure and words])
        notes += [f"{column.label} {'_' * BY_HAND}" for column in self._columns if column.by_hand]
        beneath = self._sum([each for each in told[1 if lead else 0 :] if each[0].figure])
        return [
            *(line for words in (lead + first, *notes) for line in self._type.wrapped(words, self._cells)),
            *(self._type.padded(line, self._cells, right=True) for line in self._type.wrapped(beneath, self._cells)),
        ]

    def _sum(self, figures: Sequence[tuple[Column, str]]) -> str:
        if any(column.sign for column, _words in figures):
            return " ".join(_signed(figures))
        return "   ".join(f"{column.label} {words}" for column, words in figures if words)


def _counted(columns: Sequence[Column], row: Row) -> Iterator[tuple[Column, str]]:
    """Put each unit behind the figure it belongs to: a strip has no column for it."""
    unit = ""
    for column, words in zip(columns, row, strict=True):
        if column.unit:
            unit = words
        else:
            yield column, f"{words} {unit}" if unit and column.figure and words else words
            unit = "" if column.figure else unit


def _under(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Put the first lines of texts beside each other; what stands under one of them follows."""
    parts = [words.split("\n") for words in texts]
    return "  ".join(part[0] for part in parts), [line for part in parts for line in part[1:]]


def _signed(figures: Sequence[tuple[Column, str]]) -> Iterator[str]:
    for column, words in figures:
        if words:
            yield f"{column.sign} {words}" if column.sign else words

"""Rows for lists: plain values, drawn as plain text, read in pages from a callable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from ordersdesk.foundation.texts.figures import LONGEST, is_figure
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown

PAGE = 100
NARROWEST = 6  # cells of a text that makes room for numbers
PAGES_KEPT = 8  # enough to page back and forth without reading again


@dataclass(frozen=True)
class Column:
    """A column: its title (N_), its width in cells (0 shares what is left), numbers to the right.

    `drop` says which columns go first when the list is narrow: the highest number, 0 never.
    """

    title: str
    width: int = 0
    right: bool = False
    drop: int = 0
    least: int = 8
    """Cells a sharing column needs before others are dropped for it."""
    inside: bool = False
    """It names goods: cut in the middle, so that what tells two apart is still there."""
    share: int = 1
    """How much of what is left a sharing column takes, beside the shares of the others."""


@dataclass(frozen=True)
class Row:
    """One line: a key to know it by, its cells, a tone from the stylesheet, and whatever the screen needs back."""

    key: Any
    cells: tuple[str, ...]
    tone: str = ""
    data: Any = None


Source = Callable[[int, int], Sequence[Row]]


class Pages:
    """Reads rows by number through (offset, limit) and keeps the pages used last."""

    def __init__(self, source: Source, total: int, *, unread: Callable[[Refused], object] = str) -> None:
        self._source = source
        self._unread = unread
        self._pages: dict[int, Sequence[Row]] = {}
        self.total = total

    def row(self, number: int) -> Row | None:
        """Return a row by its number, or None when the list has become shorter since it was counted."""
        page, place = divmod(number, PAGE)
        rows = self._pages.pop(page, None)
        if rows is None:
            rows = self._read(page)
            while len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        return rows[place] if place < len(rows) else None

    def _read(self, page: int) -> Sequence[Row]:
        """Read a page; one that cannot be read is empty until all are read again: drawing never fails."""
        try:
            return self._source(page * PAGE, PAGE)
        except Refused as no:
            self._unread(no)
            return ()

    def read_again(self) -> None:
        """Forget what was read."""
        self._pages.clear()


def held(rows: Sequence[Row]) -> Source:
    """Make a source of rows that are already here."""
    return lambda offset, limit: rows[offset : offset + limit]


def needs(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[int]:
    """Return how many cells each column needs for what may not be cut: figures, and all that stands to the right."""
    found = [0] * len(columns)
    for cells in rows:
        for place, (column, text) in enumerate(zip(columns, cells, strict=False)):
            if column.right or (column.width and is_figure(text)):
                found[place] = max(found[place], min(cell_len(shown(text)), LONGEST))
    return found


def widths(columns: Sequence[Column], room: int, need: Sequence[int] = ()) -> list[int]:
    """Share out the room: fixed columns first, the rest by its shares; narrow lists drop columns (their width is 0).

    Columns that `need` more than usual take it from texts, down to `NARROWEST`, and after that columns go.
    """
    kept = list(range(len(columns)))
    while _needed(columns, kept) > room and _drop(columns, kept):
        pass
    wide = [max(column.width, need[i] if need else 0) for i, column in enumerate(columns)]
    while any(wide[i] > columns[i].width for i in kept) and (lacking := _needed(columns, kept, wide) - room) > 0:
        if lacking <= sum(_gives(columns[i], need[i]) for i in kept) or not _drop(columns, kept):
            texts = [i for i in kept if not need[i]]
            _narrow(columns, texts, wide, lacking)
            break
    return _shared(columns, kept, wide, room)


def _needed(columns: Sequence[Column], kept: Sequence[int], wide: Sequence[int] = ()) -> int:
    taken = ((wide[i] if wide else columns[i].width) or columns[i].least for i in kept)
    return sum(taken) + max(len(kept) - 1, 0)


def _drop(columns: Sequence[Column], kept: list[int]) -> bool:
    droppable = [i for i in kept if columns[i].drop]
    if droppable:
        kept.remove(max(droppable, key=lambda i: columns[i].drop))
    return bool(droppable)


def _gives(column: Column, need: int = 0) -> int:
    return 0 if need else max((column.width or column.least) - NARROWEST, 0)


def _narrow(columns: Sequence[Column], texts: Sequence[int], wide: list[int], lacking: int) -> None:
    """Take what lacks from texts of a fixed width, the widest first; what shares the rest gives by itself."""
    lacking -= sum(_gives(columns[i]) for i in texts if not columns[i].width)
    for i in sorted((i for i in texts if columns[i].width), key=lambda i: -columns[i].width):
        given = max(min(_gives(columns[i]), lacking), 0)
        wide[i] -= given
        lacking -= given


def _shared(columns: Sequence[Column], kept: Sequence[int], wide: Sequence[int], room: int) -> list[int]:
    left = max(room - sum(wide[i] for i in kept) - max(len(kept) - 1, 0), 0)
    sharing = [i for i in kept if not wide[i]]
    shares = sum(columns[i].share for i in sharing)
    result = [0] * len(columns)
    for i in kept:
        result[i] = wide[i] or left * columns[i].share // shares
    if sharing:
        result[sharing[-1]] = left - sum(result[i] for i in sharing[:-1])
    return result

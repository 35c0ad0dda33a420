"""Rows for lists: plain values, drawn as plain text, read in pages from a callable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

PAGE = 100
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

    def __init__(self, source: Source, total: int) -> None:
        self._source = source
        self._pages: dict[int, Sequence[Row]] = {}
        self.total = total

    def row(self, number: int) -> Row | None:
        """Return a row by its number, or None when the list has become shorter since it was counted."""
        page, place = divmod(number, PAGE)
        rows = self._pages.pop(page, None)
        if rows is None:
            rows = self._source(page * PAGE, PAGE)
            while len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        return rows[place] if place < len(rows) else None


def held(rows: Sequence[Row]) -> Source:
    """Make a source of rows that are already here."""
    return lambda offset, limit: rows[offset : offset + limit]


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Share out the room: fixed columns first, the rest by its shares; narrow lists drop columns (their width is 0)."""
    kept = list(range(len(columns)))
    while _needed([columns[i] for i in kept]) > room:
        droppable = [i for i in kept if columns[i].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda i: columns[i].drop))
    fixed = sum(columns[i].width for i in kept) + max(len(kept) - 1, 0)
    sharing = [i for i in kept if not columns[i].width]
    left, shares = max(room - fixed, 0), sum(columns[i].share for i in sharing)
    result = [0] * len(columns)
    for i in kept:
        result[i] = columns[i].width or left * columns[i].share // shares
    if sharing:
        result[sharing[-1]] = left - sum(result[i] for i in sharing[:-1])
    return result


def _needed(columns: Sequence[Column]) -> int:
    return sum(column.width or column.least for column in columns) + max(len(columns) - 1, 0)

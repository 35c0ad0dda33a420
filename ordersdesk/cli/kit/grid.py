"""The room of a table that a command prints: numbers keep theirs, texts are folded, the last of them go first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from ordersdesk.foundation.texts.figures import is_figure, parts
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.printing.devices.cells import width as cells_of
from ordersdesk.printing.devices.cells import wrapped

GAP = 3  # cells between two columns
NARROWEST = 8  # cells of a folded text


def cell(value: object) -> str:
    """Write a value for a person."""
    if isinstance(value, bool):
        return _("yes") if value else "–"
    if isinstance(value, Decimal):
        return formatted(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else shown(str(value))


class GridColumn:
    """One column: its title, its cells, and how wide it is; `widest` folds even where there is room."""

    def __init__(self, title: str, values: Sequence[object], widest: int) -> None:
        self.title = title
        self.right = all(isinstance(value, int | Decimal) for value in values)
        self._cells = [cell(value) for value in values]
        self.is_whole = self.right or all(is_figure(text) for text in self._cells if text)
        self._most = max(map(cells_of, (title, *self._cells)))
        self.width = self._most if self.is_whole or not widest else min(self._most, widest)

    @cached_property
    def least(self) -> int:
        """Cells it needs at least: a number all of them, a text those of its longest figure."""
        if self.is_whole:
            return max([*map(cells_of, self._cells), *map(cells_of, self.title.split()), 1])
        figures = [cells_of(part) for text in self._cells for part, is_one in parts(text) if is_one]
        return min(self._most, max([NARROWEST, *map(cells_of, self.title.split()), *figures]))

    def lines(self, row: int) -> list[str]:
        """Return a cell folded into the width."""
        return wrapped(self._cells[row], self.width) if self._cells[row] else [""]


class Grid:
    """Columns side by side; made from titles and rows of values."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Sequence[object]], widest: int = 0) -> None:
        self.columns = [GridColumn(title, [row[n] for row in rows], widest) for n, title in enumerate(titles)]

    def fitting(self, room: int) -> list[GridColumn]:
        """Return the columns that fit, with their widths: texts give first, then they go, the last before the first."""
        kept = list(self.columns)
        while len(kept) > 1 and _taken(kept, [one.least for one in kept]) > room:
            texts = [one for one in kept[1:] if not one.is_whole]
            kept.remove(texts[-1] if len(texts) > 1 or not kept[0].is_whole else kept[-1])
        lacking = _taken(kept, [one.width for one in kept]) - room
        for one in sorted(kept, key=lambda one: (one.is_whole, -one.width)):
            given = max(min(one.width - one.least, lacking), 0)
            one.width -= given
            lacking -= given
        return kept


def _taken(columns: Sequence[GridColumn], widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(columns) - 1)

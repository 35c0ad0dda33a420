"""Laying out a page of text in terminal cells: wrapped, in pairs, in tables, side by side; nothing is cut unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from ordersdesk.foundation.texts.figures import parts
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.texts import shown
from screens.widgets.cells import clipped, fitted
from screens.widgets.rows import Column, needs, widths

Span = tuple[str, str]  # a text and its role: "" (plain), title, label, muted, good, warn, bad, accent
Line = Sequence[Span]
Lay = Callable[[int], Sequence[Line]]

BLANK: Line = ()
GAP = 2


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most this many cells: at spaces, and between Chinese characters."""
    return [line for part in text.split("\n") for line in _wrapped(shown(part), max(width, 2))]


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece.rstrip()) > width and line:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterable[str]:
    """Yield what must stay together: a figure, a word with the space behind it, or one wide character."""
    word = ""
    for unit in _units(text, width):
        wide = cell_len(unit[0]) > 1
        if word and (wide or word[-1] == " " or cell_len(word + unit) > width):
            yield word
            word = ""
        word += unit
        if wide and len(unit) == 1:
            yield word
            word = ""
    yield word


def _units(text: str, width: int) -> Iterator[str]:
    for part, is_figure in parts(text):
        if is_figure and cell_len(part) <= width:
            yield part
        else:
            yield from part


def paragraph(text: str, width: int, *, role: str = "", indent: int = 0) -> list[Line]:
    """Lay out a text over the whole width."""
    return [((" " * indent, ""), (line, role)) for line in wrapped(text, width - indent)]


def spread(left: str, right: str, width: int, *, role: str = "title", right_role: str = "") -> Line:
    """Lay out one text at the left edge and one at the right."""
    kept = clipped(right, width)
    room = max(width - cell_len(kept) - 1, 0)
    first = clipped(left, room)
    return ((first, role), (" " * (width - cell_len(first) - cell_len(kept)), ""), (kept, right_role))


Pair = tuple[str, str] | tuple[str, str, str]  # label, value, role of the value


def pairs(rows: Iterable[Pair], width: int, *, label: int = 0) -> list[Line]:
    """Lay out labels with their values, wrapped beside the label; rows without a value are left out."""
    kept = [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows if row[1]]
    wide = label or max((cell_len(shown(name)) for name, _value, _role in kept), default=0)
    return [line for row in kept for line in _pair(row, wide, width)]


def _pair(row: tuple[str, str, str], wide: int, width: int) -> Iterable[Line]:
    name, value, role = row
    head = fitted(name, wide) + " " * GAP
    for text in wrapped(value, width - wide - GAP):
        yield ((head, "label"), (text, role))
        head = " " * (wide + GAP)


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int, *, roles: Sequence[str] = ()
) -> list[Line]:
    """Lay out rows under titles; narrow pages drop columns as lists do."""
    room = widths(columns, width, needs(columns, rows))
    lines: list[Line] = [((_row(columns, [_(column.title) for column in columns], room), "label"),)]
    for cells, role in zip_longest(rows, roles[: len(rows)], fillvalue=""):
        lines.append(((_row(columns, list(cells), room), role),))
    return lines


def _row(columns: Sequence[Column], cells: Sequence[str], room: Sequence[int]) -> str:
    shares = zip(cells, room, columns, strict=False)
    return " ".join(
        fitted(text, share, right=column.right, inside=column.inside) for text, share, column in shares if share
    )


def beside(left: Lay, right: Lay, width: int, *, share: int, gap: int = 3) -> list[Line]:
    """Lay out two pages beside each other, the left one `share` cells wide."""
    rest = width - share - gap
    joined: list[Line] = []
    for one, two in zip_longest(left(share), right(rest), fillvalue=BLANK):
        padding = " " * (share + gap - sum(cell_len(text) for text, _role in one))
        joined.append((*one, (padding, ""), *two))
    return joined

"""Which texts need care on a page: those with a run that no line end can come into and that may be too wide.

Everything else goes to the typesetter as it is: measuring each text of a slip costs it more than drawing the slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import inf

from ordersdesk.printing.characters import is_plain
from ordersdesk.printing.forms import Form
from ordersdesk.printing.geometry import Geometry

SEAM = "\u200b"  # stands before and behind such a run; in people's texts it is made visible, so it is free
ROOM = 12.0  # widths of a Chinese character that every place outside the table has
_INSET = 1.2  # of a cell, both sides, in the same widths

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]?[^ \n{_HAN}]+(?:[{_HAN}][^ \n{_HAN}]+)*[{_HAN}]?")
# Letters whose width nobody needs to ask: Latin, Greek and Cyrillic, signs, Chinese, Japanese, Korean.
_USUAL = re.compile(
    f"[\u0000-\u02ff\u0370-\u052f\u1e00-\u1eff\u2010-\u2122\u2190-\u22ff\u3000-\u30ff\uac00-\ud7a3\uff01-\uff60{_HAN}]*"
)
# At least how wide the letters of fonts for Chinese are, beside a Chinese character.
_WIDTHS = {
    char: width
    for width, chars in (
        (0.4, " ',.:;ijl!()-I[]f/\\rt{}"), (0.75, "&BDGHNOQU"), (1.0, "%@mwMW"),
        (0.65, "\"#$*+0123456789<=>?ACEFJKLPRSTVXYZ^_`abcdeghknopqsuvxyz|~"),
    )
    for char in chars
}  # fmt: skip


def careful(text: str, room: float = ROOM) -> str:
    """Return the text with a seam around each run that may be wider than its room."""
    usual = _USUAL.fullmatch(text) is not None
    if usual and len(text) <= room:
        return text
    return _RUN.sub(lambda found: f"{SEAM}{found[0]}{SEAM}" if _is_wide(found[0], room) else found[0], text)


def _is_wide(run: str, room: float) -> bool:
    return room < inf and (not _USUAL.fullmatch(run) or (len(run) > room and wide(run) > room))


@lru_cache(maxsize=8192)
def wide(text: str) -> float:
    """Return at least how wide a text is, in widths of a Chinese character."""
    return sum([_WIDTHS.get(char, 1.0) for char in text])


def rooms(form: Form, widths: Sequence[float]) -> list[float]:
    """Return the room in each column of these widths."""
    return [
        width if column.figure else max(width - _INSET, 1.0) for column, width in zip(form.columns, widths, strict=True)
    ]


def widths_of(form: Form, sheet: Geometry) -> list[float]:
    """Return how wide the columns of a table are: figures take what they need, texts share the rest."""
    columns = [[column.label, *(row[place] for row in form.rows)] for place, column in enumerate(form.columns)]
    figures = [
        max(map(wide, texts)) + _INSET if column.figure else 0.0
        for column, texts in zip(form.columns, columns, strict=True)
    ]
    shares = sum(column.share for column in form.columns if not column.figure) or 1
    left = max(sheet.room - sum(figures), 0.0)
    return [
        figure if column.figure else left * column.share / shares
        for figure, column in zip(figures, form.columns, strict=True)
    ]


def lines(form: Form, widths: Sequence[float]) -> list[int]:
    """Return how many lines each row takes when every one of them fits its column for sure; else nothing."""
    taken: list[int] = []
    for row in form.rows:
        if not all(map(_fits, row, widths)):
            return []
        taken.append(1 + max(words.count("\n") for words in row))
    return taken


def _fits(words: str, width: float) -> bool:
    return is_plain(words) and (len(words) <= width or all(wide(line) <= width for line in words.split("\n")))

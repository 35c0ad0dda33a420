"""Which texts need care on a page: those with a run that no line end can come into and that may be too wide.

Everything else goes to the typesetter as it is: measuring each text of a slip costs it more than drawing the slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, inf

from ordersdesk.printing.forms.characters import is_plain
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.geometry import Geometry

SEAM = "\u200b"  # stands before and behind such a run; in people's texts it is made visible, so it is free
ROOM = 12.0  # widths of a Chinese character that every place outside the table has
TAIL = 3  # rows of goods that stay with what ends a paper …
TAIL_ROOM = 0.25  # … as long as they take no more of a page
SOLID = 0.33  # of a page: wider than this even a column that should not be broken is
END_WIDTH = 0.4  # of a page: what a text beside its label has at least
_INSET = 1.2  # of a cell, both sides, in the same widths

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]?[^ \n{_HAN}]+(?:[{_HAN}][^ \n{_HAN}]+)*[{_HAN}]?")
# Letters whose width nobody needs to ask: Latin, Greek and Cyrillic, signs, Chinese, Japanese, Korean.
_USUAL = re.compile(
    f"[\u0000-\u02ff\u0370-\u052f\u1e00-\u1eff\u2010-\u2122\u2190-\u22ff\u25a0-\u25cf\u3000-\u30ff\uac00-\ud7a3\uff01-\uff60\uffe0-\uffe6{_HAN}]*"
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


def rows_of(form: Form) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table with the one that closes it."""
    return (*form.rows, form.total) if form.total else form.rows


def rooms(form: Form, widths: Sequence[float]) -> list[float]:
    """Return the room in each column of these widths."""
    return [
        width if column.figure else max(width - _INSET, 1.0) for column, width in zip(form.columns, widths, strict=True)
    ]


def widths_of(form: Form, sheet: Geometry) -> list[float]:
    """Return how wide the columns of a table are: figures take what they need, texts share the rest.

    No column is narrower than the longest word of its label, as far as there is room.
    """
    columns = [[column.label, *(row[place] for row in rows_of(form))] for place, column in enumerate(form.columns)]
    wanted = [max(wide(line) for words in texts for line in words.split("\n")) + _INSET for texts in columns]
    fixed = {
        place: width
        for place, (column, width) in enumerate(zip(form.columns, wanted, strict=True))
        if column.figure or (column.solid and width <= sheet.room * SOLID)
    }
    texts = [place for place in range(len(wanted)) if place not in fixed]
    heads = {place: max(map(wide, form.columns[place].label.split() or [""])) + _INSET for place in texts}
    while narrow := _narrow(form, sheet.room - sum(fixed.values()), {p: heads[p] for p in heads if p not in fixed}):
        fixed |= narrow
    shared = _shared(form, sheet.room - sum(fixed.values()), [place for place in texts if place not in fixed])
    return [fixed[place] if place in fixed else shared[place] for place in range(len(wanted))]


def _shared(form: Form, room: float, texts: Sequence[int]) -> dict[int, float]:
    shares = sum(form.columns[place].share for place in texts) or 1
    return {place: max(room, 0.0) * form.columns[place].share / shares for place in texts}


def _narrow(form: Form, room: float, heads: dict[int, float]) -> dict[int, float]:
    """Return the columns whose share is less than their label needs, with that; none when not all have the room."""
    if sum(heads.values()) > room:
        return {}
    shared = _shared(form, room, list(heads))
    return {place: head for place, head in heads.items() if head > shared[place]}


def lines(form: Form, widths: Sequence[float]) -> list[int]:
    """Return how many lines each row takes when every one of them fits its column for sure; else nothing."""
    taken: list[int] = []
    for row in rows_of(form):
        if not all(map(_fits, row, widths)):
            return []
        taken.append(1 + max(words.count("\n") for words in row))
    return taken


def needed(words: str, room: float) -> int:
    """Return about how many lines a text takes."""
    if len(words) <= room and "\n" not in words:
        return 1
    return sum(ceil(wide(line) / room) or 1 for line in words.split("\n"))


def held(form: Form, sheet: Geometry, widths: Sequence[float]) -> int:
    """Return how many of the last rows go with what ends the paper: some, unless these or that are too long for it."""
    facts = (*form.remarks, *(fact for block in form.blocks for fact in block.facts))
    if sum(needed(fact.value, sheet.room * END_WIDTH) for fact in facts) > sheet.lines:
        return 0
    rows, room = rows_of(form)[-TAIL:], sheet.lines * TAIL_ROOM
    while rows and sum(max(map(needed, row, widths)) for row in rows) > room:
        rows = rows[1:]
    return len(rows)


def _fits(words: str, width: float) -> bool:
    return is_plain(words) and (len(words) <= width or all(wide(line) <= width for line in words.split("\n")))

"""Many forms cut into pieces that the typesetter can hold: short ones apart from those that run over a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from ordersdesk.printing.forms.form import Fact, Form
from ordersdesk.printing.pages.breaking import needed, rooms, rows_of, widths_of
from ordersdesk.printing.pages.fitting import plies
from ordersdesk.printing.pages.geometry import Geometry, turned

PIECE = 50  # pages set at once: more are no quicker, and 1,000 take a gigabyte
_OWN = 6  # lines a template takes for title, heads and signatures
_SIDE = 8  # room for a label, in Chinese characters


@dataclass(frozen=True)
class Batch:
    """Forms of one template; short ones most likely fit one page each, and need no second layout for page numbers."""

    forms: Sequence[Form]
    is_short: bool
    pages: int


def batches(forms: Iterable[Form], sheet: Geometry) -> Iterator[Batch]:
    """Cut forms into pieces to be set at once, in their order."""
    batch: list[Form] = []
    kind, pages = ("", False, False), 0
    for form in forms:
        page = turned(sheet) if form.wide else sheet
        lines = _lines(form, page)
        own = (form.template, lines <= page.lines, form.wide)
        more = len(plies(form, sheet)) * ceil(lines / page.lines)
        if batch and (own != kind or pages + more > PIECE):
            yield Batch(batch, kind[1], pages)
            batch, pages = [], 0
        batch.append(form)
        kind, pages = own, pages + more
    if batch:
        yield Batch(batch, kind[1], pages)


def _lines(form: Form, sheet: Geometry) -> float:
    """Return about how many lines of a table a form takes."""
    width = rooms(form, widths_of(form, sheet))
    goods = sum(max(map(needed, row, width)) for row in rows_of(form))
    blocks = max((_facts(block.facts, sheet.room / 2 - _SIDE) for block in form.blocks), default=0)
    end = max(_facts(form.remarks, sheet.room * 0.7 - _SIDE), len(form.sums))
    under = sum(ceil(len(words) / sheet.room) for words in (form.conditions, "".join(fact.value for fact in form.firm)))
    return _OWN + goods + 0.75 * (blocks + end + under)


def _facts(facts: Sequence[Fact], room: float) -> int:
    return sum(needed(fact.value, room) for fact in facts)

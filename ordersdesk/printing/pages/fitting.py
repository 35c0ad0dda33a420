"""A form made ready for the typesetter: every text visible and breakable, codes as widths and dots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import inf
from typing import Any

from ordersdesk.printing.forms.characters import is_plain, printable
from ordersdesk.printing.forms.codes import codes
from ordersdesk.printing.forms.form import Fact, Form
from ordersdesk.printing.pages.breaking import ROOM, careful, held, lines, rooms, rows_of, widths_of
from ordersdesk.printing.pages.geometry import Geometry


def characters(forms: Iterable[Form]) -> set[str]:
    """Return every character that will be printed."""
    said = [text for form in forms for text in texts(form)]
    found = set("".join(said))
    return found if is_plain("".join(found)) else set("".join(map(printable, said)))


def plies(form: Form, sheet: Geometry) -> list[Any]:
    """Return what is printed of a form one after the other: each ply alone, or all at one stroke."""
    return [None] if sheet.is_multi_ply or not form.copies else [vars(copy) for copy in form.copies]


def texts(form: Form) -> Iterator[str]:
    """Yield every text that people typed or the desk says on a form."""
    yield from (form.language, form.issuer, form.title, form.number, form.page, form.stamp, form.reprint, *form.flags)
    yield from (form.conditions, form.day, *form.closing)
    yield from (copy.label for copy in form.copies)
    beside = (*form.marks, *form.sums, *form.remarks, *form.signatures, *form.firm)
    for fact in (*beside, *(fact for block in form.blocks for fact in block.facts)):
        yield fact.label
        yield fact.value
    yield from (block.title for block in form.blocks)
    yield from (column.label for column in form.columns)
    for row in rows_of(form):
        yield from row
    for box in form.boxes:
        yield box.title
        yield from box.lines


def fields_of(form: Form, sheet: Geometry, missing: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return a form as its template reads it; the fonts have all but the missing characters."""
    known = missing.isdisjoint if missing else None

    def said(text: str, room: float = ROOM) -> str:
        return careful(printable(text, known), room)

    def facts(those: Sequence[Fact], room: float = ROOM) -> list[dict[str, Any]]:
        return [{"label": said(each.label), "value": said(each.value, room), "strong": each.strong} for each in those]

    drawn = codes(form.code)
    columns = widths_of(form, sheet)
    widths = rooms(form, columns)
    # Figures are never broken.
    room = [inf if column.figure else width for column, width in zip(form.columns, widths, strict=True)]
    rows = [
        [careful(printable(words, known), width) for words, width in zip(row, room, strict=True)]
        for row in rows_of(form)
    ]
    return {
        **{name: said(getattr(form, name)) for name in ("issuer", "stamp", "conditions", "day")},
        **{name: printable(getattr(form, name), known) for name in ("title", "number", "reprint", "page")},
        "language": form.language,
        "closing": [said(line) for line in form.closing],
        "flags": [printable(flag, known) for flag in form.flags],
        "copies": [vars(copy) for copy in form.copies],
        "plies": plies(form, sheet),
        "marks": facts(form.marks), "sums": facts(form.sums), "remarks": facts(form.remarks),
        "signatures": facts(form.signatures), "firm": facts(form.firm, sheet.room / 2),
        "blocks": [{"title": said(each.title), "facts": facts(each.facts)} for each in form.blocks],
        "columns": [{**vars(each), "label": printable(each.label, known)} for each in form.columns],
        "widths": widths,
        "edges": list(accumulate(columns, initial=0.0)),
        "lines": lines(form, widths),
        "rows": rows,
        "is_summed": bool(form.total), "held": held(form, sheet, widths),
        "boxes": [{"title": said(each.title), "lines": [said(line) for line in each.lines]} for each in form.boxes],
        "bars": drawn.bars, "side": drawn.side, "dots": drawn.dots,
    }  # fmt: skip

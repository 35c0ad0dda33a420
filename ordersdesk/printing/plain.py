"""A form as plain text in cells, for any printer and for a look on the screen (SLP-3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ordersdesk.printing.cells import padded, width, wrapped
from ordersdesk.printing.characters import printable
from ordersdesk.printing.forms import Box, Column, Fact, Form, each_text

WIDTH = 80
HEIGHT = 60  # lines of a page of 11 inches, with a margin
GAP = 1
LABELS = 24  # cells a label takes at most beside its value
BREAK = "\f"


def text(form: Form, *, cells: int = WIDTH, lines: int = 0) -> str:
    """Return the form as text of so many cells; with a number of lines it comes in numbered pages."""
    safe = _safe(form)
    heads = _row(safe.columns, [column.label for column in safe.columns], _room(safe, cells))
    top = [*_top(safe, cells), *_blocks(safe, cells)]
    goods = [line for row in safe.rows for line in _row(safe.columns, row, _room(safe, cells))]
    end = [*_sums(safe, cells), *_remarks(safe, cells), *_boxes(safe.boxes, cells)]
    rule = "-" * cells
    if not lines:
        return "\n".join([*top, *heads, rule, *goods, rule, *end]) + "\n"
    return _paged(safe, (top, [*heads, rule], [*goods, rule], end), cells, lines)


def _safe(form: Form) -> Form:
    fields = {name: each_text(getattr(form, name), printable) for name in ("issuer", "title", "number", "rows")}
    return Form(
        template=form.template, language=form.language, page=form.page, **fields,
        marks=_facts(form.marks), sums=_facts(form.sums), remarks=_facts(form.remarks), columns=form.columns,
        blocks=tuple(type(each)(printable(each.title), _facts(each.facts)) for each in form.blocks),
        boxes=tuple(Box(printable(each.title), each_text(each.lines, printable)) for each in form.boxes),
    )  # fmt: skip


def _facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(Fact(printable(each.label), printable(each.value), each.strong) for each in facts)


def _top(form: Form, cells: int) -> Iterator[str]:
    for words in (form.issuer, form.title):
        yield from (" " * ((cells - width(line)) // 2) + line for line in wrapped(words, cells))
    yield ""
    yield from _pairs(form.marks, cells)
    yield "=" * cells


def _blocks(form: Form, cells: int) -> Iterator[str]:
    for block in form.blocks:
        yield from wrapped(block.title, cells)
        yield from (f"  {line}" for line in _pairs(block.facts, cells - 2))
        yield ""
    yield "=" * cells


def _pairs(facts: Sequence[Fact], cells: int) -> Iterator[str]:
    """Yield labels with their values wrapped beside them."""
    wide = min(max((width(fact.label) for fact in facts), default=0), min(LABELS, cells // 2))
    for fact in facts:
        labels, values = wrapped(fact.label, wide), wrapped(fact.value, cells - wide - 2)
        for place in range(max(len(labels), len(values))):
            label = labels[place] if place < len(labels) else ""
            value = values[place] if place < len(values) else ""
            yield f"{padded(label, wide)}  {value}".rstrip()


def _room(form: Form, cells: int) -> list[int]:
    """Return the cells of each column: figures take what they need, texts share the rest."""
    columns = [[column.label, *(row[place] for row in form.rows)] for place, column in enumerate(form.columns)]
    needed = [max(map(width, texts)) for texts in columns]
    shares = sum(column.share for column in form.columns if not column.figure) or 1
    figures = sum(need for need, column in zip(needed, form.columns, strict=True) if column.figure)
    left = cells - figures - GAP * (len(form.columns) - 1)
    return [
        need if column.figure else max(4, left * column.share // shares)
        for need, column in zip(needed, form.columns, strict=True)
    ]


def _row(columns: Sequence[Column], row: Sequence[str], room: Sequence[int]) -> list[str]:
    """Lay out one row on as many lines as its longest text needs."""
    parts = [[words] if column.figure else wrapped(words, wide)
             for column, words, wide in zip(columns, row, room, strict=True)]  # fmt: skip
    return [
        (" " * GAP)
        .join(
            padded(part[line] if line < len(part) else "", wide, right=column.figure)
            for column, part, wide in zip(columns, parts, room, strict=True)
        )
        .rstrip()
        for line in range(max(map(len, parts), default=0))
    ]


def _sums(form: Form, cells: int) -> Iterator[str]:
    wide = max((width(fact.label) for fact in form.sums), default=0)
    for fact in form.sums:
        for place, line in enumerate(wrapped(fact.value, cells - wide - 2)):
            label = fact.label if not place else ""
            yield padded(f"{label}  {padded(line, 16, right=True)}", cells, right=True)
    yield ""


def _remarks(form: Form, cells: int) -> Iterator[str]:
    if form.remarks:
        yield from _pairs(form.remarks, cells)
        yield ""


def _boxes(boxes: Sequence[Box], cells: int) -> Iterator[str]:
    for box in boxes:
        yield from wrapped(box.title, cells)
        yield from ("", "")
        wide = max(map(width, box.lines), default=0)
        yield from (f"  {padded(line, wide)} {'_' * max(8, cells // 2 - wide)}" for line in box.lines)
        yield ""


def _paged(form: Form, parts: tuple[list[str], ...], cells: int, lines: int) -> str:
    """Cut into pages: each later one begins with title, number and, among the goods, the heads of the columns."""
    top, heads, goods, end = parts
    body = [("", line) for line in [*top, *heads]] + [("goods", line) for line in goods] + [("", line) for line in end]
    pages: list[list[str]] = [[]]
    for part, line in body:
        if len(pages[-1]) >= lines - 2:
            pages.append([f"{form.title} {form.number}", "", *(heads if part else ())])
        pages[-1].append(line)
    return BREAK.join(
        "\n".join([*page, *[""] * (lines - 1 - len(page)), _foot(form, place, len(pages), cells)]) + "\n"
        for place, page in enumerate(pages, 1)
    )


def _foot(form: Form, page: int, pages: int, cells: int) -> str:
    return padded(form.page.replace("{page}", str(page)).replace("{pages}", str(pages)), cells, right=True)

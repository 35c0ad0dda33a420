"""A form as plain text in cells, for any printer and for a look on the screen (SLP-3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, cast

from ordersdesk.printing.devices.cells import SCREEN, Type
from ordersdesk.printing.devices.facts import boxes, facts, joined, listed, signatures, sums
from ordersdesk.printing.devices.rows import Table
from ordersdesk.printing.forms.characters import printable
from ordersdesk.printing.forms.form import Box, Form

WIDTH = 80
SLIP = 33  # lines of the 140 mm form at six to the inch
HEIGHT = 60  # lines of a page of 11 inches, with a margin
BREAK = "\f"
OFTEN = 200  # characters of a text that may come again
_KEPT = ("template", "language")

Group = tuple[bool, list[str]]
"""Lines that stay together, and whether they are goods, over which the heads are said again."""
Body = tuple[list[str], list[Group]]


def text(form: Form, *, cells: int = WIDTH, lines: int = 0, type_: Type = SCREEN) -> str:
    """Return the form as text of so many cells; with a number of lines it comes in numbered pages."""
    return BREAK.join("\n".join(page) for page in pages(form, cells=cells, lines=lines, type_=type_)) + "\n"


def texts(forms: Sequence[Form]) -> str:
    """Return forms one after the other as plain text, each ply on pages of its own."""
    return BREAK.join("\n".join(page) for page in leaves(forms)) + "\n"


def leaves(forms: Sequence[Form]) -> list[list[str]]:
    """Return the pages of forms as plain text prints them, to look at before."""
    return [page for form in forms for paper in by_ply(form, lines=height(form)) for page in paper]


def height(form: Form) -> int:
    """Return how many lines a page of the form has: slips fit the continuous form, others a sheet."""
    return SLIP if form.template.startswith("slip") else HEIGHT


def plies(form: Form) -> list[Form]:
    """Return the form once for each of its copies, labelled as that."""
    return [replace(form, copies=(copy,)) for copy in form.copies] or [form]


def pages(form: Form, *, cells: int = WIDTH, lines: int = 0, type_: Type = SCREEN) -> list[list[str]]:
    """Return the lines of every page, each as it stands on the paper; without a height all is one page."""
    safe = cast(Form, made_safe(form, type_))
    return _laid_out(safe, _body(safe, cells, type_), (cells, lines), type_)


def by_ply(form: Form, *, cells: int = WIDTH, lines: int = 0, type_: Type = SCREEN) -> list[list[list[str]]]:
    """Return the pages of every ply; what they share is laid out once."""
    safe = cast(Form, made_safe(form, type_))
    body = _body(safe, cells, type_)
    return [_laid_out(ply, body, (cells, lines), type_) for ply in plies(safe)]


def _body(safe: Form, cells: int, type_: Type) -> Body:
    """Lay out all that stands under the top of a form, and the heads that later pages say again."""
    table = Table(safe.columns, safe.rows, cells, type_, total=safe.total)
    rule = "-" * cells
    heads = [] if table.is_list or not safe.columns else [*table.heads(), rule]
    groups: list[Group] = [(True, heads), *((True, lines) for lines in table.goods())]
    closing = [rule, *table.total()] if safe.total else [rule] if safe.rows else []
    groups.append((False, [*closing, *sums(safe.sums, cells, type_)]))
    groups += ((False, [line]) for line in facts(safe.remarks, cells, type_))
    groups.append((False, list(_end(safe, cells, type_))))
    return heads, groups


def _laid_out(safe: Form, body: Body, size: tuple[int, int], type_: Type) -> list[list[str]]:
    cells, lines = size
    heads, groups = body
    top = list(_top(safe, cells, type_))
    if not lines:
        return [[*top, *(line for _goods, group in groups for line in group)]]
    again = joined([safe.title, safe.number, *marks(safe)], cells, type_, gap=" ")
    return _numbered(safe, _cut([(False, top), *groups], again, heads, lines - 1), size, type_)


def made_safe(part: Any, type_: Type) -> Any:
    """Return a form in which what the machine cannot show is a code, and what would steer it a visible mark."""
    if isinstance(part, str):
        return _known(part, type_) if len(part) < OFTEN else printable(part, type_.has)
    if isinstance(part, tuple):
        return tuple(made_safe(each, type_) for each in cast("tuple[Any, ...]", part))
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part) if field.name not in _KEPT]
        return replace(part, **{name: made_safe(getattr(part, name), type_) for name in names})
    return part


@lru_cache(maxsize=4096)
def _known(text: str, type_: Type) -> str:
    """Keep what stands on many papers, labels and goods: looking at each character is most of the work."""
    return printable(text, type_.has)


def marks(form: Form) -> list[str]:
    """Return what must not be overlooked: flags, how often it was printed again, whose copy it is."""
    return [*(f"** {flag} **" for flag in form.flags), *filter(None, [form.reprint]), *labels(form)]


def labels(form: Form) -> list[str]:
    """Return the copies by colour and by whose they are."""
    return [f"[{copy.label}]" for copy in form.copies]


def _top(form: Form, cells: int, type_: Type) -> Iterator[str]:
    for words in (form.issuer, form.title, *joined(marks(form), cells, type_)):
        yield from (type_.centred(line, cells) for line in type_.wrapped(words, cells))
    untitled = (fact for block in form.blocks if not block.title for fact in block.facts)
    yield from facts([*form.marks, *untitled], cells, type_)
    if form.code and form.code not in {fact.value for fact in form.marks}:
        yield from type_.wrapped(f"*{form.code}*", cells)
    for block in form.blocks:
        if block.title:
            yield from _ruled(block.title, cells, type_)
            yield from (f"  {line}" for line in facts(block.facts, cells - 2, type_))
    yield "=" * cells


def _end(form: Form, cells: int, type_: Type) -> Iterator[str]:
    """Yield what ends every paper and stays together: who signs, the conditions, how to reach the firm."""
    yield from signatures(form.signatures, cells, type_)
    yield from (line for row in boxes(_all_boxes(form), cells, type_) for line in row)
    yield from (line for words in form.closing for line in type_.wrapped(words, cells))
    yield from (type_.padded(words, cells, right=True) for words in (form.issuer, form.day) if form.day)
    yield from type_.wrapped(form.conditions, cells) if form.conditions else ()
    yield from listed(form.firm, cells, type_)


def _ruled(title: str, cells: int, type_: Type) -> list[str]:
    """Return a rule that carries a title; a long title takes lines above it."""
    lines = type_.wrapped(f"-- {title}", cells)
    left = cells - type_.width(lines[-1]) - 1
    return [*lines[:-1], f"{lines[-1]} {'-' * left}".strip()]


def _all_boxes(form: Form) -> list[Box]:
    return [*([Box(form.stamp)] if form.stamp else []), *form.boxes]


def _cut(groups: Sequence[Group], again: list[str], heads: list[str], room: int) -> list[list[str]]:
    """Cut into pages: what belongs together stays so while it fits, each later page says what it belongs to."""
    made: list[list[str]] = [[]]
    begun: list[str] = []
    for is_goods, group in groups:
        next_page = [*again, *(heads if is_goods else ())]
        if made[-1] != begun and len(made[-1]) + len(group) > room:
            made.append(list(next_page))
            begun = next_page
        for line in group:
            if len(made[-1]) >= room:
                made.append(list(next_page))
                begun = next_page
            made[-1].append(line)
    return made


def _numbered(form: Form, made: Sequence[list[str]], size: tuple[int, int], type_: Type) -> list[list[str]]:
    """Fill every page to its foot, which says which of how many it is."""
    cells, lines = size
    feet = [form.page.replace("{page}", str(count)).replace("{pages}", str(len(made))) for count in _upto(len(made))]
    return [
        [*page, *[""] * (lines - 1 - len(page)), type_.padded(foot, cells, right=True)]
        for page, foot in zip(made, feet, strict=True)
    ]


def _upto(count: int) -> range:
    return range(1, count + 1)

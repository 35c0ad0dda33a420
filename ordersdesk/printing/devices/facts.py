"""Facts, sums and boxes as lines of text: two abreast where both fit, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ordersdesk.printing.devices.cells import Type
from ordersdesk.printing.forms.form import Box, Fact

LABELS = 24  # cells a label takes at most beside its value
ABREAST = 60  # cells from which two facts stand on one line
BOX = 18  # cells a box needs at least
NAME = 10  # cells for a name that is signed


def facts(each: Sequence[Fact], cells: int, type_: Type) -> Iterator[str]:
    """Yield labels with their values: two that are short on one line, a long one wrapped on lines of its own."""
    wide = min(max((type_.width(fact.label) for fact in each), default=0), min(LABELS, cells // 2))
    half = (cells - 2) // 2 if cells >= ABREAST else 0
    waiting = ""
    for fact in each:
        lines = list(_beside(fact, wide, cells, type_))
        if len(lines) > 1 or type_.width(lines[0]) > half:
            yield from [waiting] if waiting else []
            yield from lines
            waiting = ""
        elif waiting:
            yield type_.padded(waiting, half + 2) + lines[0]
            waiting = ""
        else:
            waiting = lines[0]
    yield from [waiting] if waiting else []


def _beside(fact: Fact, wide: int, cells: int, type_: Type) -> Iterator[str]:
    labels, values = type_.wrapped(fact.label, wide), type_.wrapped(fact.value, cells - wide - 2)
    for place in range(max(len(labels), len(values))):
        label = labels[place] if place < len(labels) else ""
        value = values[place] if place < len(values) else ""
        yield f"{type_.padded(label, wide)}  {value}".rstrip()


def joined(words: Sequence[str], cells: int, type_: Type, *, gap: str = "   ") -> list[str]:
    """Return words on as few lines as they need; each stays whole while it fits on one."""
    lines: list[str] = []
    for word in words:
        if lines and type_.width(lines[-1] + gap + word) <= cells:
            lines[-1] += gap + word
        else:
            lines += type_.wrapped(word, cells)
    return lines


def listed(each: Sequence[Fact], cells: int, type_: Type) -> list[str]:
    """Return labels with their values as running words."""
    return joined([f"{fact.label} {fact.value}" for fact in each], cells, type_)


def signatures(each: Sequence[Fact], cells: int, type_: Type) -> list[str]:
    """Return who put their names to it, each with the name or with a line to write it on."""
    return listed([replace(fact, value=fact.value or "_" * NAME) for fact in each], cells, type_)


def sums(each: Sequence[Fact], cells: int, type_: Type) -> Iterator[str]:
    """Yield sums on the right: beside each other on a wide paper, label and amount apart on a strip."""
    each = [replace(fact, value=fact.value or "_" * NAME) for fact in each]
    if cells < ABREAST:
        yield from (line for fact in each for line in _apart(fact, cells, type_))
        return
    for line in joined([f"{fact.label} {fact.value}" for fact in each], cells, type_):
        yield type_.padded(line, cells, right=True)


def _apart(fact: Fact, cells: int, type_: Type) -> list[str]:
    room = cells - type_.width(fact.label) - 1
    if type_.width(fact.value) <= room:
        return [f"{fact.label} {type_.padded(fact.value, room, right=True)}"]
    return [*type_.wrapped(fact.label, cells), *type_.wrapped(fact.value, cells)]


def boxes(each: Sequence[Box], cells: int, type_: Type) -> Iterator[list[str]]:
    """Yield rows of boxes: titles over room to write, as many side by side as fit."""
    many = max(1, min(len(each), cells // BOX))
    while many > 1 and any(type_.width(box.title) > _share(cells, many) for box in each):
        many -= 1
    wide = _share(cells, many)
    for start in range(0, len(each), many):
        parts = [list(_box(box, wide, type_)) for box in each[start : start + many]]
        yield [
            "  ".join(type_.padded(part[place] if place < len(part) else "", wide) for part in parts).rstrip()
            for place in range(max(map(len, parts)))
        ]


def _share(cells: int, many: int) -> int:
    return (cells - 2 * (many - 1)) // many


def _box(box: Box, cells: int, type_: Type) -> Iterator[str]:
    yield from type_.wrapped(box.title, cells)
    if not box.lines:
        yield from ("", "")
    for words in box.lines:
        lines = type_.wrapped(words, cells - 5)
        yield from lines[:-1]
        yield f"{lines[-1]} {'_' * (cells - type_.width(lines[-1]) - 1)}"

"""Quantities as they are typed, `5`, `5箱`, `2盒3支`, `3x`: read into smallest units (CAT-1)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

LONGEST = 40  # characters of a typed quantity
_PART = re.compile(r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*([^0-9\s.,+-][^0-9.,+]*)?\+?\s*")

# What a keyboard without Chinese input and an English-speaking desk type for a measure word.
_ALIASES: dict[str, tuple[str, ...]] = {
    "箱": ("x", "xiang", "carton", "ctn", "case"),
    "盒": ("h", "he", "box", "boxes"),
    "包": ("b", "bao", "pack", "packet", "ream"),
    "支": ("z", "zhi", "piece", "pcs"),
    "只": ("z", "zhi", "piece", "pcs"),
    "个": ("g", "ge", "piece", "pcs"),
    "件": ("j", "jian", "piece", "pcs"),
    "本": ("b", "ben", "book"),
    "台": ("t", "tai", "set"),
    "套": ("t", "tao", "set"),
    "瓶": ("p", "ping", "bottle"),
    "卷": ("j", "juan", "roll"),
    "打": ("d", "da", "doz", "dozen"),
    "袋": ("d", "dai", "bag"),
    "条": ("t", "tiao", "strip"),
    "桶": ("t", "tong", "tub"),
    "把": ("b", "ba", "piece", "pcs"),
    "张": ("z", "zhang", "sheet"),
    "令": ("l", "ling", "ream"),
    "提": ("t", "ti", "bundle"),
    "组": ("z", "zu", "group"),
    "对": ("d", "dui", "pair"),
    "块": ("k", "kuai", "piece", "pcs"),
    "片": ("p", "pian", "piece", "pcs"),
}


def pack(quantity: str | int, ware: Ware, *, largest: int) -> int:
    """Return the smallest units meant; refused (ORD-1, CAT-1) with what is wrong with the quantity."""
    text = unicodedata.normalize("NFKC", str(quantity)).strip().casefold()
    if not text:
        raise _refused(_("The quantity is missing."), _("Type how many."))
    pieces = _pieces(text, ware)
    if pieces <= 0:
        raise _refused(_("The quantity must be more than nought."), _("Type how many, or remove the line."))
    if pieces > largest:
        raise _refused(
            _("{quantity} is more than a line can hold ({largest}).").format(quantity=text[:LONGEST], largest=largest),
            _("Look at the digits again."),
        )
    return pieces


def _pieces(text: str, ware: Ware) -> int:
    parts = _parts(text)
    if not parts or (len(parts) > 1 and not all(unit for _digits, unit in parts)):
        raise _refused(
            _("“{text}” is no quantity.").format(text=text[:LONGEST]),
            _("Type a whole number, with a unit if you like: 5, 2{unit}.").format(unit=_example(ware)),
        )
    total = sum((Decimal(digits.replace(",", "")) * _factor(unit, ware) for digits, unit in parts), Decimal(0))
    if total != total.to_integral_value():
        raise _refused(
            _("{quantity} is not a whole number of {unit}.").format(quantity=text, unit=ware.unit or _("pieces")),
            _("Type a whole number."),
        )
    return -1 if text.startswith("-") else int(total)


def _parts(text: str) -> list[tuple[str, str]]:
    """Cut `2盒3支` into numbers with their units; nothing when there is anything else in it."""
    parts: list[tuple[str, str]] = []
    place = 1 if text.startswith("-") else 0
    while place < len(text) <= LONGEST:
        found = _PART.match(text, place)
        if not found:
            return []
        parts.append((found[1], (found[2] or "").strip()))
        place = found.end()
    return parts


def _factor(typed: str, ware: Ware) -> int:
    """Return how many smallest units the typed unit holds: by its name, its letter, or the start of either."""
    if not typed:
        return 1
    factors = {ware.unit.casefold(): 1} | {name.casefold(): factor for name, factor in ware.units.items()}
    factors.pop("", None)
    if typed in factors:
        return factors[typed]
    spoken = {name: {name, *_ALIASES.get(name, ())} for name in factors}
    for meant in (
        [name for name, words in spoken.items() if typed in words],
        [name for name, words in spoken.items() if any(word.startswith(typed) for word in words)],
    ):
        if len({factors[name] for name in meant}) == 1:
            return factors[meant[0]]
    raise Refused(
        "CAT-1",
        _("{item} has no unit “{unit}”.").format(item=ware.full_name, unit=typed),
        mend=_("Units: {units}.").format(units=units_text(ware)),
        field="quantity",
    )


def units_text(ware: Ware) -> str:
    """Write an item's units with what they hold: `支, 盒 = 12, 箱 = 240`."""
    packs = sorted(ware.units.items(), key=lambda unit: unit[1])
    return word_list([ware.unit or _("pieces"), *(f"{name} = {factor}" for name, factor in packs)])


def _example(ware: Ware) -> str:
    return next(iter(ware.units), ware.unit)


def _refused(message: str, mend: str) -> Refused:
    return Refused("ORD-1", message, mend=mend, field="quantity")

"""The particulars of an item (CAT-1): what each may be, its mnemonic, and the terms it is found by (CAT-2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.searching.terms import endings, folded, initials, name_terms, number_terms, search_text
from ordersdesk.foundation.texts import codes
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.money import LARGEST, rounded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean


class Category(StrEnum):
    """What kind of goods an item is: returns and service go by it (CAT-1)."""

    STATIONERY = "stationery"
    CONSUMABLE = "oa_consumable"
    EQUIPMENT = "oa_equipment"
    OTHER = "other"


class Listing(StrEnum):
    """Whether an item is in the catalogue, regularly sold, or got specially (CAT-1)."""

    CATALOGUE = "catalogue"
    REGULAR = "regular"
    SPECIAL = "special"


CATEGORY_NAMES: dict[str, str] = {
    Category.STATIONERY: N_("stationery"),
    Category.CONSUMABLE: N_("OA consumable"),
    Category.EQUIPMENT: N_("OA equipment"),
    Category.OTHER: N_("other"),
}
LISTING_NAMES: dict[str, str] = {
    Listing.CATALOGUE: N_("in the catalogue"),
    Listing.REGULAR: N_("regularly sold"),
    Listing.SPECIAL: N_("special goods"),
}

_CODES = {"code": 60, "barcode": 60, "mnemonic": 20, "replacement": 60, "equivalents": 60}
_TEXTS = {
    "name": 200,
    "name_en": 200,
    "brand": 100,
    "spec": 200,
    "model": 100,
    "colour": 60,
    "unit": 20,
    "department": 60,
}
_COUNTS = ("tax_rate", "weight_g", "volume_cm3", "safety_stock", "warranty_months", "purchase_limit")
_MONEY = ("list_price", "cost")
_YES = ("needs_installation", "valuable", "discontinued")
_CHOICES: dict[str, type[StrEnum]] = {"category": Category, "listing": Listing}
SHORTEST_BARCODE_END = 4  # last digits of a bar code that are read out when the scanner fails
MOST = 2_000_000_000  # fits the integer column of either database
FIELDS = (*_CODES, *_TEXTS, *_COUNTS, *_MONEY, *_YES, *_CHOICES)

SEARCHED = ("code", "barcode", "mnemonic", "name", "name_en", "brand", "spec", "model", "colour")

_PACK = re.compile(r"([^\d=:：*×\s,，;；]+)\s*[=:：*×]?\s*(\d{1,9})")


def is_count(name: str) -> bool:
    """Tell whether a particular is a whole number."""
    return name in _COUNTS


def is_money(name: str) -> bool:
    """Tell whether a particular is an amount."""
    return name in _MONEY


def is_yes(name: str) -> bool:
    """Tell whether a particular is yes or no."""
    return name in _YES


def checked(values: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """Return the given particulars clean; refused (CAT-1, FIL-3) naming the first that cannot be."""
    unknown = sorted(set(values) - {*FIELDS, "packs"})
    if unknown:
        raise _refused(unknown[0], _("An item has no field “{field}”.").format(field=unknown[0]))
    return {name: _checked(name, value, policy) for name, value in values.items()}


def complete(values: Mapping[str, Any]) -> None:
    """Refuse an item that lacks what it cannot be without."""
    for name, text in (("code", N_("The item code is missing.")), ("name", N_("The item's name is missing."))):
        if not values.get(name):
            raise _refused(name, _(text))


def _checked(name: str, value: Any, policy: Policy) -> Any:
    if name in _CODES:
        form = codes.barcode if name == "barcode" else codes.code
        return clean(form(clean(str(value), field=name, longest=_CODES[name])), field=name, longest=_CODES[name])
    if name in _TEXTS:
        return clean(str(value), field=name, longest=_TEXTS[name])
    if name in _COUNTS:
        return _count(name, value, policy)
    if name in _MONEY:
        return money(name, value)
    if name in _CHOICES:
        return _choice(name, value)
    return bool(value) if name in _YES else packs(value)


def whole(name: str, value: Any) -> int:
    """Return a whole number from nought up; refused (CAT-1) at its field otherwise."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise _refused(name, _("“{value}” is no count.").format(value=str(value)[:40]))
    return value


def _count(name: str, value: Any, policy: Policy) -> int:
    whole(name, value)
    if name == "tax_rate" and value not in policy.catalogue.tax_rates:
        known = word_list(f"{rate} %" for rate in policy.catalogue.tax_rates)
        raise _refused(
            name, _("There is no tax rate of {rate} %.").format(rate=value), _("Rates: {known}.").format(known=known)
        )
    return value


def money(name: str, value: Any) -> Decimal:
    """Return a price in whole minor units; refused (CAT-1) at its field otherwise."""
    amount = Decimal(value) if isinstance(value, int | Decimal) else Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        raise _refused(name, _("“{value}” is no price.").format(value=str(value)[:40]), _("Write it like 12.50."))
    return rounded(amount)


def _choice(name: str, value: Any) -> str:
    known = [choice.value for choice in _CHOICES[name]]
    if value not in known:
        text = _("“{value}” is not among: {known}.").format(value=str(value)[:40], known=word_list(known))
        raise _refused(name, text)
    return str(value)


def packs(value: Mapping[str, int] | str) -> dict[str, int]:
    """Read pack units, `盒=12, 箱=240`; refused when one is no name with a factor above one."""
    if not isinstance(value, str):
        return {clean(name, field="packs", longest=20): _factor(name, factor) for name, factor in value.items()}
    rest = _PACK.sub("", value).strip(" ,，;；\t")
    if rest:
        raise _refused(
            "packs", _("“{text}” is no pack unit.").format(text=rest[:40]), _("Write them like 盒=12, 箱=240.")
        )
    return {name: _factor(name, int(factor)) for name, factor in _PACK.findall(clean(value, field="packs"))}


def _factor(name: str, factor: int) -> int:
    if not 1 < factor <= MOST:
        raise _refused("packs", _("A {unit} must hold more than one piece.").format(unit=name[:20]))
    return factor


def mnemonic(name: str) -> str:
    """Make the mnemonic of a name: pinyin initials, or the first letters of Latin words (CAT-2)."""
    plain = folded(name)
    words = re.findall(r"[^\W_]+", plain)
    if name.isascii() and len(words) > 1:
        return "".join(word if word.isdigit() else word[0] for word in words)[: _CODES["mnemonic"]].upper()
    return initials(name)[: _CODES["mnemonic"]].upper()


def terms(values: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the (why, term) pairs an item is found by."""
    found = {("code", term) for term in name_terms(values["code"], person=False) | number_terms(values["code"])}
    found |= {(why, folded(values[why])) for why in ("barcode", "mnemonic")}
    found |= {("barcode", term) for term in endings(folded(values["barcode"])[1:], shortest=SHORTEST_BARCODE_END)}
    for why in ("name", "name_en", "brand", "spec", "model", "colour"):
        found |= {(why, term) for term in _name_terms(values[why])}
    return {(why, term) for why, term in found if term}


@lru_cache(maxsize=5_000)
def _name_terms(name: str) -> frozenset[str]:
    """Remember the terms of brands, specs and colours, which thousands of items share."""
    return frozenset(name_terms(name, person=False)) if name else frozenset()


def found_by(values: Mapping[str, Any]) -> str:
    """Return the text in which a second word is looked for, `得力 a4` say."""
    names = [(values[name], False) for name in ("name", "name_en", "brand")]
    texts = [values[name] for name in ("code", "barcode", "mnemonic", "spec", "model", "colour")]
    return search_text(names, texts=texts)


def _refused(field: str, message: str, mend: str = "") -> Refused:
    return Refused("CAT-1", message, mend=mend or _("Correct it and try again."), field=field)

"""Particulars and prices as people type them at the desk or in a command: words into values, or refused (CAT-6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ordersdesk.catalogue.particulars import FIELDS, is_count, is_money, is_yes
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import parsed
from ordersdesk.foundation.texts.refusals import Refused

YES, NO = ("yes", "y", "true", "1", "是"), ("no", "n", "false", "0", "否", "")


def particulars(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return an item's particulars out of what was typed; unknown names are left to whoever checks them."""
    return {name: _particular(name, text.strip()) for name, text in texts.items()}


def _particular(name: str, text: str) -> Any:
    if name not in FIELDS:
        return text
    if is_money(name):
        return parsed(text or "0", field=name)
    if is_count(name):
        return whole(name, text)
    return yes(name, text) if is_yes(name) else text


def whole(name: str, text: str) -> int:
    """Return a count that was typed; nothing typed is nought."""
    if text and not (text.isascii() and text.isdigit()):
        raise Refused(
            "CAT-1", _("“{value}” is no count.").format(value=text[:40]), mend=_("Type a whole number."), field=name
        )
    return int(text[:12] or 0)


def yes(name: str, text: str) -> bool:
    """Return whether yes was typed."""
    if text.casefold() not in (*YES, *NO):
        raise Refused(
            "CAT-1",
            _("“{value}” is neither yes nor no.").format(value=text[:40]),
            mend=_("Type yes or no."),
            field=name,
        )
    return text.casefold() in YES


def day(name: str, text: str) -> date | None:
    """Return a day that was typed, 2026-12-31; nothing typed is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(
            "CAT-3",
            _("“{text}” is no day; write it like 2026-11-23.").format(text=text[:40]),
            mend=_("Correct it and try again."),
            field=name,
        ) from error


def price(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return a price as `set_prices` takes it, out of what was typed; what is empty is left out."""
    said = {name: text.strip() for name, text in texts.items() if text.strip()}
    row: dict[str, Any] = {name: said[name] for name in ("sort", "item", "customer", "classes") if name in said}
    row |= {name: whole(name, said[name]) for name in ("quantity", "cap") if name in said}
    row |= {name: day(name, said[name]) for name in ("start", "end") if name in said}
    return row | ({"price": parsed(said["price"], field="price")} if "price" in said else {})

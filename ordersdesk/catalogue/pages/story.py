"""An item's story in words: who changed what, from what to what, and when (CAT-6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from ordersdesk.catalogue.pages.labels import OF_PRICES, PARTICULARS, PRICE_SORTS, STORY
from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.texts.language import _, word_list

_WORDS = {**PRICE_SORTS, "True": "yes", "False": "no"}


def told(row: Happening) -> str:
    """Say one line of an item's story: `List price: 25.00 → 23.00`."""
    verb = _(STORY.get(row.verb, row.verb))
    said = word_list(_parts(row.details))
    return " ".join(filter(None, (verb, row.note, said)))


def _parts(details: Mapping[str, Any]) -> Iterator[str]:
    for name, value in details.items():
        label = _(PARTICULARS.get(name) or OF_PRICES.get(name) or name)
        if isinstance(value, list):
            before, after = (_said(str(each)) for each in cast("list[object]", value))
            if before or after:
                text = _("{label}: {before} → {now}") if before else _("{label}: {now}")
                yield text.format(label=label, before=before, now=after or "–")
        elif value not in ("", 0):
            yield _("{label}: {now}").format(label=label, now=_said(str(value)))


def _said(text: str) -> str:
    return _(_WORDS[text]) if text in _WORDS else text

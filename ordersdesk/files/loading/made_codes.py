"""Codes made for goods of a file that has none: the bar code, else the initials of the name (CAT-1, CAT-2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.queries import coded_alike, with_barcodes
from ordersdesk.catalogue.writing import known
from ordersdesk.foundation.texts.codes import barcode

APART = ("name", "spec", "brand", "model", "colour")  # what tells goods without a code from each other
NAMELESS = "ITEM"


@dataclass
class MadeCodes:
    """Goods that are known by bar code or by all their names keep the code they have; others get one of their own."""

    session: Session
    made: set[str] = field(default_factory=set[str])

    def code_of(self, values: Mapping[str, Any]) -> str:
        """Return the code of goods without one."""
        article = barcode(str(values.get("barcode", "")))
        if article:
            owners = with_barcodes(self.session, [article]).get(article, set[str]())
            return next(iter(owners)) if len(owners) == 1 else self._free(article)
        names = {name: str(values.get(name, "")) for name in APART}
        held = coded_alike(self.session, names)
        return held or self._free(particulars.mnemonic(names["name"]) or NAMELESS)

    def _free(self, base: str) -> str:
        tried = (base if place == 1 else f"{base}-{place}" for place in count(1))
        code = next(each for each in tried if each not in self.made and not known(self.session, [each]))
        self.made.add(code)
        return code

"""What a verb needs from whoever acts: declared once, asked by a form on screen and by options of a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.money import formatted, parsed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_days import day_typed

SHOWN = 40  # characters of what was typed that a refusal repeats


class Takes(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NOTE = "note"  # pasted lines stay together
    COUNT = "count"
    AMOUNT = "amount"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One particular of a verb: the parameter of its action, what it is called (N_), what it takes.

    `choices` are codes with their words (N_); what is empty takes the default; `rule` refuses what is missing or wrong.
    """

    name: str
    label: str
    takes: Takes = Takes.TEXT
    required: bool = False
    default: str = ""
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    help: str = ""
    rule: str = "FIL-3"
    begins_with: str = ""
    """The attribute of the document whose value a form begins with; a command that leaves it out says nothing."""
    place: str = ""
    """How it is written in a command where it stands by its place, such as `SL…`; else it is an option."""

    def beginning(self, document: Any) -> str:
        """Return what a form begins with: what the document says already, else the default."""
        said = getattr(document, self.begins_with) if document and self.begins_with else None
        return (formatted(said) if isinstance(said, Decimal) else str(said)) if said else self.default

    def value(self, text: str, today: date) -> Any:
        """Return what was typed as its action takes it; refused with the field when it is missing or none such."""
        bare = text.strip() or self.default
        if not bare:
            if self.required:
                raise self._refused(_("{field} is missing.").format(field=_(self.label)), self.help and _(self.help))
            return None if self.takes in (Takes.COUNT, Takes.AMOUNT, Takes.DAY) else ""
        if self.takes is Takes.AMOUNT:
            return parsed(bare, field=self.name)
        if self.takes is Takes.COUNT:
            return self._count(bare)
        if self.takes is Takes.DAY:
            return self._day(bare, today)
        return self._chosen(bare) if self.takes is Takes.CHOICE else text

    def _count(self, bare: str) -> int:
        if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
            raise self._refused(_("“{text}” is no number.").format(text=bare[:SHOWN]), _("Type digits."))
        return int(bare)

    def _day(self, bare: str, today: date) -> date | None:
        try:
            return day_typed(bare, today)
        except Refused as no:
            raise self._refused(no.message, _("Type 24, 11-24, +2 or 2026-11-24.")) from no

    def _chosen(self, bare: str) -> str:
        if bare.lower() not in self.choices:
            said = _("“{text}” is none of: {choices}").format(text=bare[:SHOWN], choices=word_list(self.choices))
            raise self._refused(said, _("Take one of them."))
        return bare.lower()

    def _refused(self, said: str, mend: str) -> Refused:
        return Refused(self.rule, said, mend=mend, field=self.name)

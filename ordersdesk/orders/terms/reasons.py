"""The one line that explains a promise: which rule, which cut-off, which holiday (DLV-5).

An order keeps the reasons as templates and facts; the line is made in the language of whoever reads it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.texts.daynames import day_and_month, short_day
from ordersdesk.foundation.texts.language import N_, _, clauses, ngettext
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.terms.receiving_hours import Part, due_part

COLUMNS = 76  # of an 80-column terminal
NAME_SHOWN = 20  # characters of a region or closure


BY_CARRIER = N_("Carrier to {region}, {days} working day")
SHEET_LATE = N_("Sheet {days} working day late")
AGAIN = "promised"  # of a line of the story: what is promised now, as an order keeps it, its day and part
PLURALS = {
    BY_CARRIER: "Carrier to {region}, {days} working days",
    N_("In {days} working day"): "In {days} working days",
    SHEET_LATE: "Sheet {days} working days late",
}
_FACTS = {"day": short_day, "last": day_and_month}  # facts that are days, and how each is said


@dataclass(frozen=True)
class Reason:
    """A template of the catalogue and its facts; facts called `day` and `last` are days."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def spoken(self) -> str:
        """Say it in the language being spoken."""
        text = ngettext(self.text, PLURALS[self.text], self.facts["days"]) if self.text in PLURALS else _(self.text)
        return text.format(**{name: _FACTS.get(name, str)(value) for name, value in self.facts.items()})


def stored(reasons: Iterable[Reason]) -> str:
    """Write reasons as an order keeps them."""
    return json.dumps([[one.text, dict(one.facts)] for one in reasons], ensure_ascii=False, default=date.isoformat)


def said_of(kept: str, day: Any, part: Any) -> str:
    """Say a promise as an order keeps it; a whole sentence, as older orders have it, is said as it is."""
    if not kept.startswith("["):
        return _(kept)
    return line((_read(*one).spoken() for one in json.loads(kept)), when(day, part))


def spoken_story(story: Iterable[Happening]) -> tuple[Happening, ...]:
    """Say in each line that promises anew what is promised."""
    return tuple(replace(row, note=_promised(*row.details[AGAIN])) if AGAIN in row.details else row for row in story)


def _promised(kept: str, day: str, part: Any) -> str:
    return said_of(kept, date.fromisoformat(day), part)


def _read(text: str, facts: Mapping[str, Any]) -> Reason:
    return Reason(text, {name: date.fromisoformat(one) if name in _FACTS else one for name, one in facts.items()})


def line(reasons: Iterable[str], when: str) -> str:
    """Put reasons and result on one line; what does not fit is left out from the end."""
    kept = [reason for reason in reasons if reason]
    while True:
        explained = _("{why}: {when}").format(why=clauses(kept), when=when)
        if len(kept) < 2 or _width(explained) <= COLUMNS:
            return explained
        kept.pop()


def when(day: date, part: Part, today: date | None = None, *, latest: str = "") -> str:
    """Say a day and its part, or the latest time on it; what is kept for later names the day itself."""
    spoken = _("today") if day == today else short_day(day)
    return _("{day} {part}").format(day=spoken, part=due_part(part, latest)).strip()


def closed_days(start: date, end: date, calendar: Calendar) -> Reason | None:
    """Name the last holiday or closure between two days and the day it ends; nothing when there is none."""
    days = (end - timedelta(days=back) for back in range(1, (end - start).days + 1))
    for day in days:
        if name := calendar.closed_for(day):
            return Reason(N_("{holiday} to {last}"), {"holiday": name[:NAME_SHOWN], "last": day})
    return None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

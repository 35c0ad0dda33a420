"""The one line that explains a promise: which rule, which cut-off, which holiday (DLV-5).

An order keeps the reasons as phrases, each with template and facts; the line is made in the reader's language.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.texts.daynames import day_and_month, short_day
from ordersdesk.foundation.texts.language import N_, _, clauses, ngettext, phrase_of
from ordersdesk.foundation.texts.phrases import Phrase, kept
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.terms.receiving_hours import Part, due_part

COLUMNS = 76  # of an 80-column terminal
NAME_SHOWN = 20  # characters of a region or closure

AGAIN = "promised"  # of a line of the story: what is promised now, as an order keeps it, its day and part
# What older orders kept: the plural was left to the reader, and days had no weekday yet.
_PLURALS = {
    N_("Carrier to {region}, {days} working day"): "Carrier to {region}, {days} working days",
    N_("In {days} working day"): "In {days} working days",
    N_("Sheet {days} working day late"): "Sheet {days} working days late",
}
_DAYS = {"day": short_day, "last": day_and_month}


def stored(reasons: Iterable[str]) -> str:
    """Write reasons, all of them phrases, as an order keeps them."""
    return json.dumps([kept(one) for one in reasons if isinstance(one, Phrase)], ensure_ascii=False)


def said_of(written: str, day: Any, part: Any) -> str:
    """Say a promise as an order keeps it; a whole sentence, as older orders have it, is said as it is."""
    if not written.startswith("["):
        return _(written)
    return line((_reason(*one) for one in json.loads(written)), when(day, part))


def spoken_story(story: Iterable[Happening]) -> tuple[Happening, ...]:
    """Say in each line that promises anew what is promised."""
    return tuple(replace(row, note=_promised(*row.details[AGAIN])) if AGAIN in row.details else row for row in story)


def _promised(written: str, day: str, part: Any) -> str:
    return said_of(written, date.fromisoformat(day), part)


def _reason(template: Any, facts: Mapping[str, Any]) -> str:
    days = {name: say(date.fromisoformat(facts[name])) for name, say in _DAYS.items() if type(facts.get(name)) is str}
    many = _PLURALS.get(template) if isinstance(template, str) else None
    if not days and not many:
        return phrase_of((template, facts))
    text = ngettext(template, many, facts["days"]) if many else _(template)
    return text.format(**{**facts, **days})


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
    due = due_part(part, latest)
    return _("{day} {part}").format(day=spoken, part=due) if due else spoken


def closed_days(start: date, end: date, calendar: Calendar) -> str:
    """Name the last holiday or closure between two days and the day it ends; nothing when there is none."""
    days = (end - timedelta(days=back) for back in range(1, (end - start).days + 1))
    for day in days:
        if name := calendar.closed_for(day):
            return _("{holiday} to {last}").format(holiday=closure(name), last=day_and_month(day))
    return ""


def closure(name: str) -> str:
    """Name a holiday or closure of the calendar in few words."""
    return _(name) if len(_(name)) <= NAME_SHOWN else name[:NAME_SHOWN]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

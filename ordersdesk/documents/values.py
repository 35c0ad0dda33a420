"""The facts of a document in words: codes by their labels, people by name, times by the local clock."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ordersdesk.documents.kind import Column, Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.people.names import person


def value(kind: Kind, column: Column, document: Any, desk: Desk) -> object:
    """Return a fact for a table: money, counts and days stay what they are, everything else is in words."""
    found = getattr(document, column.name)
    if words := kind.words(column):
        return _(words.get(found, found))
    if column.person:
        return person(desk, found) if found else ""
    return found.astimezone(desk.zone) if isinstance(found, datetime) else found


def text(kind: Kind, column: Column, document: Any, desk: Desk) -> str:
    """Return a fact for a screen; nothing where there is none."""
    found = value(kind, column, document, desk)
    if isinstance(found, datetime):
        return f"{short_day(found.date())} {found:%H:%M}"
    if isinstance(found, date):
        return short_day(found)
    if isinstance(found, Decimal):
        return formatted(found) if found else ""
    return "" if found is None else str(found)

"""People by name wherever a person reads: a login is for signing in and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage
from ordersdesk.people.queries import accounts

_FRESH = timedelta(minutes=1)  # a name that was changed at another desk is read within it
_known: WeakKeyDictionary[Database, tuple[datetime, Mapping[str, str]]] = WeakKeyDictionary()


def person(desk: Desk, login: str) -> str:
    """Return whoever a login is, by name; what the desk does by itself is done by the system."""
    if login == SYSTEM.login:
        return _("system")
    return _names(desk).get(login) or login


def forget(database: Database) -> None:
    """Read names anew: somebody new works here."""
    _known.pop(database, None)


def _names(desk: Desk) -> Mapping[str, str]:
    """Return the names by login; while the database is away those known before: a page is drawn all the same."""
    now, known = desk.now(), _known.get(desk.database)
    is_old = known is None or not timedelta(0) <= now - known[0] < _FRESH
    if is_old and desk.database.trouble is None:
        with suppress(Outage):
            known = _known[desk.database] = now, {one.login: one.name for one in accounts(desk)}
    return known[1] if known else {}

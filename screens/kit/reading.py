"""What a list or a page of a kind shows, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ordersdesk.approvals.page_queries import Entry, entries
from ordersdesk.documents.kind import Kind
from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening

MOST = 500  # documents of a list; what is older is found by its number


def store_of(kind: Kind) -> Store[Any]:
    """Return the store of a kind whose screens are made from it."""
    assert kind.store is not None
    return kind.store


@dataclass(frozen=True)
class Shown:
    """One document with its story and its approvals, as read at one moment."""

    document: Any
    story: Sequence[Happening]
    entries: Sequence[Entry]


def read(desk: Desk, kind: Kind, number: str) -> Shown:
    """Read one document; refused when there is none."""
    with desk.reading() as session:
        found = store_of(kind).by_number(desk, session, number)
        asked = entries(desk, session, kind.flow.kind, found.id) if kind.seen else ()
        return Shown(found, tuple(store_of(kind).story(session, found)), tuple(asked))


def listed(desk: Desk, kind: Kind, *, everything: bool) -> tuple[Sequence[Any], bool]:
    """Read the documents of a list, oldest first, or all of them, newest first; and tell whether none is left out."""
    store = store_of(kind)
    conditions = (kind.is_open(store.table),) if kind.is_open and not everything else ()
    found = store.listed(desk, *conditions, newest=everything, limit=MOST + 1)
    return found[:MOST], len(found) <= MOST

"""The inbox: which states of which documents wait for whom, so that no numbered document sinks (ORD-16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.kinds import KINDS

INBOX = tuple(replace(one, kind=name) for name, kind in KINDS.items() for one in kind.inbox)
# What no person sees: states a document passes through within one transaction, yeses whose turn has not come, and
# what is over and opens again only by itself.
PASSED_THROUGH = {
    ("order", "entered"),
    ("order", "closed"),
    ("change", "draft"),
    ("credit", "draft"),
    ("approval", "later"),
}


@dataclass(frozen=True)
class Pile:
    """How many documents wait in one line of the inbox, and the oldest of them."""

    waiting: Waiting
    count: int
    oldest: str
    since: datetime


def piles(desk: Desk) -> list[Pile]:
    """Return what waits for the user's roles and is told with a count, in the order of the inbox."""
    with desk.reading() as session:
        found = [_pile(desk, session, one) for one in INBOX if one.piled and one.roles & desk.user.roles]
    return [pile for pile in found if pile]


def _pile(desk: Desk, session: Session, one: Waiting) -> Pile | None:
    table = table_of(KINDS[one.kind].table)
    chosen = (table.c.branch == desk.branch) & table.c.state.in_(one.states)
    chosen = chosen & one.only(desk, table) if one.only else chosen
    count, first = session.connection().execute(select(func.count(), func.min(table.c.id)).where(chosen)).one()
    if not count:
        return None
    row = session.connection().execute(select(table.c.number, table.c.created_at).where(table.c.id == first)).one()
    return Pile(one, count, row.number, row.created_at)


def waiting_documents(desk: Desk, *, limit: int) -> Iterator[tuple[Kind, Waiting, Any]]:
    """Give what waits for the user's roles, each once, of kinds that say whom one concerns; the oldest first."""
    given: set[str] = set()
    for one in INBOX:
        kind = KINDS[one.kind]
        if kind.store and kind.about and not one.piled and one.roles & desk.user.roles:
            table = kind.core_table()
            mine = (one.only(desk, table),) if one.only else ()
            for document in kind.store.listed(desk, table.c.state.in_(one.states), *mine, limit=limit):
                if document.number not in given:
                    given.add(document.number)
                    yield kind, one, document

"""Reads for pages: every approval a document ever needed, and how many wait for me by occasion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from ordersdesk.approvals.eligible_queries import LEADERS, LISTS, eligible
from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.open_queries import askers, yeses_of
from ordersdesk.approvals.queries import APPROVAL, GAVE_ANOTHER, TOOK_PART, WAITS
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import spoken


@dataclass(frozen=True)
class Entry:
    """One approval as a page shows it: what was asked of whom, and what became of it."""

    id: int
    state: str
    occasion: str
    rule: str
    role: str
    amount: Decimal
    document_version: int
    seen: Mapping[str, str]
    due_at: datetime
    asked_at: datetime | None
    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime
    reason: str
    by_code: str
    answerable: bool
    group: str
    sentence: str
    for_me: bool = False
    """It waits, and the reader may answer it: their role and group, and nobody grants their own (USR-3)."""

    @property
    def is_open(self) -> bool:
        """Tell whether it is not answered yet."""
        return self.state in OPEN


_NAMES = tuple(name for name in Entry.__dataclass_fields__ if name not in ("sentence", "for_me"))
_ALL = Prepared(
    select(*(APPROVAL.c[name] for name in _NAMES), APPROVAL.c.text, APPROVAL.c.facts)
    .where(APPROVAL.c.subject == bindparam("kind"), APPROVAL.c.document_id == bindparam("document_id"))
    .order_by(APPROVAL.c.step, APPROVAL.c.id)
)


def entries(desk: Desk, session: Session, kind: str, document_id: int) -> list[Entry]:
    """Return every approval of a document, answered or not, in the order they were asked for."""
    rows = _ALL.rows(session, kind=kind, document_id=document_id)
    found = [Entry(*row[:-2], sentence=spoken(row[-2], row[-1])) for row in rows]
    if not any(one.state == "waiting" for one in found) or desk.user.login in askers(session, kind, document_id):
        return found
    mine = eligible(desk, session)
    gave = {role for role, _step, _version in yeses_of(session, kind, document_id, desk.user.login)}
    return [replace(one, for_me=one.state == "waiting" and mine.may(one) and not gave - {one.role}) for one in found]


@cache
def _by_occasion(*, mine: bool) -> Prepared:
    found = select(APPROVAL.c.occasion, func.count()).where(WAITS, APPROVAL.c.branch == bindparam("branch"))
    if not mine:
        return Prepared(found.where(APPROVAL.c.subject == bindparam("kind")).group_by(APPROVAL.c.occasion))
    roles = APPROVAL.c.role.in_(bindparam("roles", expanding=True))
    found = found.where(roles, APPROVAL.c.created_by != bindparam("me"), ~TOOK_PART, ~GAVE_ANOTHER, LEADERS)
    return Prepared(found.group_by(APPROVAL.c.occasion), lists=["roles", *LISTS])


def waiting_by_occasion(desk: Desk) -> dict[str, int]:
    """Return how many approvals wait for my roles, by occasion."""
    with desk.reading() as session:
        mine = eligible(desk, session)
        who = {"branch": desk.branch, "roles": sorted(mine.roles), "me": desk.user.login}
        rows = _by_occasion(mine=True).rows(session, **who, **mine.values())
    return {row[0]: int(row[1]) for row in rows}


def waiting_on_kind(desk: Desk, kind: str) -> dict[str, int]:
    """Return how many approvals of one kind of document wait for anybody, by occasion."""
    with desk.reading() as session:
        rows = _by_occasion(mine=False).rows(session, branch=desk.branch, kind=kind)
    return {row[0]: int(row[1]) for row in rows}


COUNTED = 500  # who has more to decide need not know how many

_DOCUMENTS = Prepared(
    select(func.count()).select_from(
        select(APPROVAL.c.subject, APPROVAL.c.document_id)
        .where(WAITS, APPROVAL.c.branch == bindparam("branch"), APPROVAL.c.created_by != bindparam("me"))
        .where(APPROVAL.c.role.in_(bindparam("roles", expanding=True)), ~TOOK_PART, ~GAVE_ANOTHER, LEADERS)
        .distinct()
        .limit(COUNTED)
        .subquery()
    ),
    lists=["roles", *LISTS],
)


def documents_waiting(desk: Desk) -> int:
    """Return how many documents wait for my roles, whatever for; of very many, that they are `COUNTED`."""
    with desk.reading() as session:
        mine = eligible(desk, session)
        who = {"branch": desk.branch, "roles": sorted(mine.roles), "me": desk.user.login}
        found = _DOCUMENTS.first(session, **who, **mine.values())
    return int(found[0]) if found else 0

"""Reads of approvals: what a document waits for, what waits for me, and who answers for what left unpaid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select, text, tuple_, union_all
from sqlmodel import Session

from ordersdesk.approvals.eligible_queries import APPROVAL, LEADERS, LISTS, eligible
from ordersdesk.approvals.flow import OPEN
from ordersdesk.documents.story import ASKS
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.columns import Moment
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import spoken

TIMELINE = table_of(Timeline)
# Written out, since a partial index is only taken for a condition without parameters.
WAITS = text("approval.state = 'waiting'")


@dataclass(frozen=True)
class WaitingFor:
    """Why a document waits, for whom, and until when (ORD-13)."""

    rule: str
    role: str
    sentence: str
    occasion: str = ""
    due_at: datetime | None = None
    asked_at: datetime | None = None
    state: str = "waiting"


_WAITING = (
    APPROVAL.c.document_id, APPROVAL.c.rule, APPROVAL.c.role, APPROVAL.c.text, APPROVAL.c.facts, APPROVAL.c.occasion,
    APPROVAL.c.due_at, APPROVAL.c.asked_at, APPROVAL.c.state,
)  # fmt: skip
_ON = Prepared(
    select(*_WAITING)
    .where(APPROVAL.c.subject == bindparam("kind"), APPROVAL.c.document_id.in_(bindparam("ids", expanding=True)))
    .where(APPROVAL.c.state.in_(OPEN))
    .order_by(APPROVAL.c.document_id, APPROVAL.c.step, APPROVAL.c.id),
    lists=["ids"],
)


def waiting_on(session: Session, kind: str, document_id: int) -> list[WaitingFor]:
    """Return what a document waits for, in the language being spoken (ORD-13)."""
    return waiting_on_many(session, kind, [document_id]).get(document_id, [])


def waiting_on_many(session: Session, kind: str, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Return what each of several documents waits for."""
    found: dict[int, list[WaitingFor]] = {}
    for id_, rule, role, said, facts, *rest in _ON.rows(session, kind=kind, ids=list(ids)):
        found.setdefault(id_, []).append(WaitingFor(rule, role, spoken(said, facts), *rest))
    return found


@dataclass(frozen=True)
class Waits:
    """One line of the queue: what waits for my yes."""

    id: int
    kind: str
    document_id: int
    document: str
    document_version: int
    about: str
    occasion: str
    rule: str
    role: str
    amount: Decimal
    sentence: str
    rank: int
    due_at: datetime
    asked_at: datetime | None
    asked_by: str

    @property
    def place(self) -> tuple[int, datetime, int]:
        """Where it stands in the queue: the next page begins after it."""
        return self.rank, self.due_at, self.id


_NAMES = (
    "id", "kind", "document_id", "document", "document_version", "about", "occasion", "rule", "role", "amount",
    "text", "facts", "rank", "due_at", "asked_at", "asked_by",
)  # fmt: skip
_COLUMNS = {"kind": "subject", "asked_by": "created_by"}
_QUEUE = tuple(APPROVAL.c[_COLUMNS.get(name, name)] for name in _NAMES)
_ORDER = ("rank", "due_at", "id")
# Whoever made the document or asked about it before somebody else did.
TOOK_PART = exists().where(
    TIMELINE.c.kind == APPROVAL.c.subject,
    TIMELINE.c.document_id == APPROVAL.c.document_id,
    TIMELINE.c.by == bindparam("me"),
    TIMELINE.c.verb.in_(("begin", ASKS)),
)


# Whoever gave another yes to it: one person never gives two (USR-3).
_OTHER = APPROVAL.alias()
GAVE_ANOTHER = exists().where(
    _OTHER.c.subject == APPROVAL.c.subject,
    _OTHER.c.document_id == APPROVAL.c.document_id,
    _OTHER.c.state == "granted",
    _OTHER.c.decided_by == bindparam("me"),
    _OTHER.c.role != APPROVAL.c.role,
)


@cache
def _queue(roles: tuple[str, ...], *, occasion: bool, after: bool) -> Prepared:
    """One statement: the head of each role's part of the index, put together in the queue's order."""
    parts = [_part(role, occasion=occasion, after=after) for role in roles]
    lists = LISTS if Role.LEADER in roles else ()
    heads = [select(part.limit(bindparam("most")).subquery()) for part in parts]
    if len(heads) == 1:
        return Prepared(parts[0].limit(bindparam("most")), lists=lists)
    whole = union_all(*heads).subquery()
    ordered = select(whole).order_by(*(whole.c[name] for name in _ORDER))
    return Prepared(ordered.limit(bindparam("most")), lists=lists)


def _part(role: str, *, occasion: bool, after: bool) -> Select[Any]:
    mine = (WAITS, APPROVAL.c.branch == bindparam("branch"), APPROVAL.c.role == bindparam(f"role_{role}", role))
    part = select(*_QUEUE).where(*mine, APPROVAL.c.created_by != bindparam("me"), ~TOOK_PART, ~GAVE_ANOTHER)
    if role == Role.LEADER:
        part = part.where(LEADERS)
    if occasion:
        part = part.where(APPROVAL.c.occasion == bindparam("occasion"))
    if after:
        place = tuple_(bindparam("rank"), bindparam("due_at", type_=Moment()), bindparam("id"))
        part = part.where(tuple_(*(APPROVAL.c[name] for name in _ORDER)) > place)
    return part.order_by(*(APPROVAL.c[name] for name in _ORDER))


def queue(desk: Desk, *, occasion: str = "", limit: int, after: tuple[int, datetime, int] | None = None) -> list[Waits]:
    """Return what is mine to answer (USR-3): key customers first, then what is due."""
    values: dict[str, Any] = {"branch": desk.branch, "me": desk.user.login, "most": limit}
    values |= {"occasion": occasion} if occasion else {}
    values |= dict(zip(_ORDER, after, strict=True)) if after else {}
    with desk.reading() as session:
        mine = eligible(desk, session)
        roles = tuple(sorted(mine.roles))
        values |= mine.values() if Role.LEADER in roles else {}
        found = _queue(roles, occasion=bool(occasion), after=after is not None) if roles else None
        return [_waits(row) for row in found.rows(session, **values)] if found else []


def _waits(row: Sequence[Any]) -> Waits:
    values = dict(zip(_NAMES, row, strict=True))
    sentence = spoken(values.pop("text"), values.pop("facts"))
    return Waits(**values, sentence=sentence)


def roles_asked(desk: Desk, session: Session) -> list[str]:
    """Return the roles whose yes is waited for."""
    asked = select(APPROVAL.c.role).where(WAITS, APPROVAL.c.branch == desk.branch).distinct()
    return sorted(session.connection().execute(asked).scalars())


_COUNT = Prepared(
    select(func.count())
    .select_from(APPROVAL)
    .where(WAITS, APPROVAL.c.branch == bindparam("branch"), APPROVAL.c.role.in_(bindparam("roles", expanding=True)))
    .where(APPROVAL.c.created_by != bindparam("me"), LEADERS),
    lists=["roles", *LISTS],
)


def waiting_count(desk: Desk) -> int:
    """Return how many approvals wait for my roles."""
    with desk.reading() as session:
        mine = eligible(desk, session)
        found = _COUNT.first(session, branch=desk.branch, roles=sorted(mine.roles), me=desk.user.login, **mine.values())
    return int(found[0]) if found else 0


@dataclass(frozen=True)
class Answered:
    """A document by which goods left unpaid, and who answers for it (USR-4)."""

    kind: str
    document_id: int
    document: str
    about: str
    occasion: str
    """Several when several were answered."""
    rule: str
    amount: Decimal
    approver: str
    """Several when several said yes, the last one first."""
    at: datetime
    by_code: str
    reasons: tuple[str, ...]
    """What each of them said, as each said it."""


_ANSWERED = (
    "subject", "document_id", "document", "about", "occasion", "rule", "amount", "decided_by", "decided_at", "by_code",
    "reason",
)  # fmt: skip


def answered_for(desk: Desk, *, approver: str = "", limit: int = 1000) -> list[Answered]:
    """Return what approvers answer for, newest first, each document once (USR-4); of one of them when named.

    What still waits for somebody or something has not left by anybody's yes.
    """
    mine = select(*(APPROVAL.c[name] for name in _ANSWERED)).where(text("approval.answerable"))
    mine = mine.where(APPROVAL.c.branch == desk.branch, APPROVAL.c.answers_since.is_not(None))
    if approver:
        mine = mine.where(APPROVAL.c.decided_by == approver)
    found: dict[Any, list[Any]] = {}
    with desk.reading() as session:
        for row in session.connection().execute(mine.order_by(APPROVAL.c.id.desc()).limit(4 * limit)):
            found.setdefault(tuple(row[:2]), []).append(row)
    return [_answered(rows) for rows in list(found.values())[:limit]]


def _answered(rows: Sequence[Sequence[Any]]) -> Answered:
    """Put the yeses to one document into one row."""

    def each(place: int) -> list[str]:
        return list(dict.fromkeys(row[place] for row in rows if row[place]))

    first = rows[0]
    return Answered(
        kind=first[0], document_id=first[1], document=first[2], about=first[3], occasion=", ".join(each(4)),
        rule=", ".join(each(5)), amount=first[6], approver=", ".join(each(7)), at=first[8],
        by_code=", ".join(each(9)), reasons=tuple(each(10)),
    )  # fmt: skip

"""Reads for whoever decides: the document, what is open about it, how it looked before, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Table, bindparam, func, select, union
from sqlmodel import Session

from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.queries import APPROVAL, TIMELINE
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held
from ordersdesk.foundation.store.prepared import Prepared


@dataclass(frozen=True)
class Open:
    """An approval that is not answered yet, as answering needs to know it."""

    id: int
    state: str
    version: int
    document: str
    document_version: int
    created_by: str
    occasion: str
    rule: str
    role: str
    group: str
    amount: Decimal
    seen: Mapping[str, str]
    step: int


_OPEN = Prepared(
    select(*(APPROVAL.c[name] for name in Open.__dataclass_fields__))
    .where(APPROVAL.c.subject == bindparam("kind"), APPROVAL.c.document_id == bindparam("document_id"))
    .where(APPROVAL.c.state.in_(OPEN))
    .order_by(APPROVAL.c.step, APPROVAL.c.id)
)


def open_on(session: Session, kind: str, document_id: int) -> list[Open]:
    """Return the approvals of a document that are not answered yet, in the order they are asked for."""
    return [Open(*row) for row in _OPEN.rows(session, kind=kind, document_id=document_id)]


def granted_by(session: Session, kind: str, document_id: int, occasion: str) -> str:
    """Return who said yes last on an occasion; empty when nobody did."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id) & (APPROVAL.c.occasion == occasion)
    granted = select(APPROVAL.c.decided_by).where(mine, APPROVAL.c.state == "granted").order_by(APPROVAL.c.id.desc())
    return str(session.connection().execute(granted.limit(1)).scalar() or "")


def covered(session: Session, kind: str, document_id: int) -> dict[str, Decimal]:
    """Return how far the yeses to a document go, by occasion."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id) & (APPROVAL.c.state == "granted")
    far = select(APPROVAL.c.occasion, func.max(APPROVAL.c.covers)).where(mine).group_by(APPROVAL.c.occasion)
    return {occasion: covers for occasion, covers in session.connection().execute(far)}


_BEGIN = "begin"
_MINE = (TIMELINE.c.kind == bindparam("kind")) & (TIMELINE.c.document_id == bindparam("document_id"))
_START = select(TIMELINE.c.to_state).where(_MINE, TIMELINE.c.verb == _BEGIN).limit(1).scalar_subquery()
# What takes a document out of its first state, taken again after a correction.
_ENTERING = select(TIMELINE.c.verb).where(_MINE, TIMELINE.c.from_state == _START)
_ASKERS = Prepared(
    union(
        select(APPROVAL.c.created_by).where(
            APPROVAL.c.subject == bindparam("kind"), APPROVAL.c.document_id == bindparam("document_id")
        ),
        select(TIMELINE.c.by).where(_MINE, (TIMELINE.c.verb == _BEGIN) | TIMELINE.c.verb.in_(_ENTERING)),
    )
)


def askers(session: Session, kind: str, document_id: int) -> frozenset[str]:
    """Return who made a document, entered it, corrected it or ever asked about it: none of them grants it (USR-3)."""
    return frozenset(str(row[0]) for row in _ASKERS.rows(session, kind=kind, document_id=document_id))


def yeses_of(session: Session, kind: str, document_id: int, login: str) -> list[tuple[str, int, int]]:
    """Return which yeses somebody gave to a document: role, step, and the version they were about (USR-3)."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id)
    theirs = mine & (APPROVAL.c.state == "granted") & (APPROVAL.c.decided_by == login)
    rows = session.connection().execute(
        select(APPROVAL.c.role, APPROVAL.c.step, APPROVAL.c.document_version).where(theirs)
    )
    return [(role, step, version) for role, step, version in rows]


def locked(desk: Desk, session: Session, table: Table, number: str) -> Held | None:
    """Return a document of any kind by its number and keep it for this transaction: one decides after the other."""
    columns = (table.c.id, table.c.number, table.c.state, table.c.version)
    wanted = (table.c.branch == desk.branch) & (table.c.number == number.strip().upper())
    row = session.connection().execute(select(*columns).where(wanted).with_for_update()).first()
    return Held(*row) if row else None


def seen_before(session: Session, kind: str, document_id: int, version: int) -> Mapping[str, str] | None:
    """Return how the document looked when it was asked about in this version."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id)
    asked = select(APPROVAL.c.seen).where(mine, APPROVAL.c.document_version == version)
    return session.connection().execute(asked.order_by(APPROVAL.c.id.desc()).limit(1)).scalar()


@dataclass(frozen=True)
class Decision:
    """What became of an approval, and by whom."""

    state: str
    by: str
    at: datetime
    reason: str


def last_decision(session: Session, kind: str, document_id: int) -> Decision | None:
    """Return what was decided last about a document."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id) & APPROVAL.c.state.not_in(OPEN)
    columns = (APPROVAL.c.state, APPROVAL.c.changed_by, APPROVAL.c.changed_at, APPROVAL.c.reason)
    newest = (APPROVAL.c.changed_at.desc(), APPROVAL.c.id.desc())
    row = session.connection().execute(select(*columns).where(mine).order_by(*newest).limit(1)).first()
    return Decision(*row) if row else None


@dataclass(frozen=True)
class Denial:
    """A no: the occasion it was asked on, the reason that was given, and by whom."""

    occasion: str
    reason: str
    by: str
    at: datetime


def denials(session: Session, kind: str, document_id: int) -> list[Denial]:
    """Return by what a document was denied the last time."""
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id) & (APPROVAL.c.state == "denied")
    columns = (APPROVAL.c.occasion, APPROVAL.c.reason, APPROVAL.c.decided_by, APPROVAL.c.decided_at)
    rows = session.connection().execute(select(*columns).where(mine).order_by(APPROVAL.c.id))
    found = [Denial(*row) for row in rows]
    return [one for one in found if one.at == found[-1].at]

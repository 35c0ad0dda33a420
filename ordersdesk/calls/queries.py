"""Reads of calls: what is unfinished, what is parked, who rang before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from ordersdesk.calls.tables import Call
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, table_of
from ordersdesk.foundation.masking import masked_phones
from ordersdesk.foundation.store.prepared import Prepared

CALL = table_of(Call)


@dataclass(frozen=True)
class Ring:
    """A call as the home screen and the intake see one."""

    id: int
    key: str
    state: str
    version: int
    agent: str
    channel: str
    presented: str
    customer_id: int | None
    begun_at: datetime
    draft: dict[str, Any]
    draft_at: datetime | None

    def held(self) -> Held:
        """Return what the flow needs to advance it."""
        return Held(id=self.id, number=self.presented, state=self.state, version=self.version)


_COLUMNS = (
    CALL.c.id, CALL.c.key, CALL.c.state, CALL.c.version, CALL.c.agent, CALL.c.channel, CALL.c.presented,
    CALL.c.customer_id, CALL.c.created_at, CALL.c.draft, CALL.c.draft_at,
)  # fmt: skip


def _ring(row: Any) -> Ring | None:
    return None if row is None else Ring(*row)


def call(session: Session, call_id: int) -> Ring | None:
    """Return one call."""
    return _ring(session.connection().execute(select(*_COLUMNS).where(CALL.c.id == call_id)).first())


_KEYED = select(*_COLUMNS).where(CALL.c.key == bindparam("wanted"))
_BY_KEY, _LOCKED = Prepared(_KEYED), Prepared(_KEYED.with_for_update())


def by_key(session: Session, key: str) -> Ring | None:
    """Return the call a desk's key belongs to."""
    return _ring(_BY_KEY.first(session, wanted=key))


def locked(session: Session, key: str) -> Ring | None:
    """Return the same and keep it as it is for this transaction: what ends a call and what holds for it take turns."""
    return _ring(_LOCKED.first(session, wanted=key))


@dataclass(frozen=True)
class Entry:
    """One call as the list of a day shows it; `rang_at` and `answered_at` are known only of a telephone system."""

    presented: str
    """Masked, since this is a list (USR-5)."""
    customer: str
    agent: str
    channel: str
    state: str
    begun_at: datetime
    rang_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    reason: str
    outcome: str
    documents: tuple[str, ...]
    note: str


def of_day(desk: Desk, day: date, *, limit: int = 1000) -> list[Entry]:
    """Return the calls of a business day at this branch, oldest first (CAL-1)."""
    columns = (
        CALL.c.presented, CUSTOMER.c.name, CALL.c.agent, CALL.c.channel, CALL.c.state, CALL.c.created_at,
        CALL.c.rang_at, CALL.c.answered_at, CALL.c.ended_at, CALL.c.reason, CALL.c.outcome, CALL.c.documents,
        CALL.c.note,
    )  # fmt: skip
    chosen = (CALL.c.branch == desk.branch) & (CALL.c.business_date == day)
    statement = select(*columns).outerjoin(CUSTOMER, CUSTOMER.c.id == CALL.c.customer_id).where(chosen)
    with desk.reading() as session:
        rows = session.connection().execute(statement.order_by(CALL.c.id).limit(limit)).all()
    return [_entry(desk, *row) for row in rows]


def _entry(desk: Desk, presented: str, customer: str | None, *rest: Any) -> Entry:
    *known, documents, note = rest
    return Entry(masked_phones(desk, presented), customer or "", *known, documents=tuple(documents), note=note)


def unfinished(desk: Desk) -> list[Ring]:
    """Return my open calls and everybody's parked ones, mine first, oldest first (CAL-5)."""
    mine = CALL.c.agent == desk.user.login
    waiting = (mine & (CALL.c.state == "open")) | (CALL.c.state == "parked")
    statement = select(*_COLUMNS).where(waiting, CALL.c.branch == desk.branch)
    with desk.reading() as session:
        return [Ring(*row) for row in session.connection().execute(statement.order_by(mine.desc(), CALL.c.id))]


def parked_from(desk: Desk, presented: str) -> Ring | None:
    """Return the call that was parked with this number, whoever parked it (JOY-6); an empty number matches none."""
    if not presented:
        return None
    chosen = (CALL.c.presented == presented) & (CALL.c.state == "parked") & (CALL.c.branch == desk.branch)
    with desk.reading() as session:
        return _ring(session.connection().execute(select(*_COLUMNS).where(chosen).order_by(CALL.c.id.desc())).first())

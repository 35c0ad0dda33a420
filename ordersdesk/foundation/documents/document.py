"""Documents: what has a number, a state, a version and a timeline; one way to begin, advance and record them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Index, Table, select, text, update
from sqlmodel import Field, Session, SQLModel

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.flow import Flow
from ordersdesk.foundation.store.columns import json, moment, phrase
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Stale

HANDED_OVER = N_("handed over")  # what the story of anything says when another takes it over (USR-7)


class Document(SQLModel):
    """What every document kind stores; `version` is the optimistic lock, drafts have no number (ORD-2)."""

    id: int = Field(default=None, primary_key=True)  # counted by the database when it is written
    number: str = Field(default=None, nullable=True)
    branch: str
    business_date: date
    state: str
    version: int = 1
    created_at: datetime = moment()
    created_by: str
    changed_at: datetime = moment()
    changed_by: str


class Timeline(SQLModel, table=True):
    """One row for every verb, written in its transaction: the story of a document and the audit log (ORD-8)."""

    __tablename__ = "timeline"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_timeline_document", "kind", "document_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    document_id: int
    at: datetime = moment()
    by: str
    verb: str
    from_state: str = ""
    to_state: str = ""
    rule: str = ""
    note: str = phrase()
    details: dict[str, Any] = json()


class Counter(SQLModel, table=True):
    """The last number given per branch, kind and business day (ORD-2)."""

    __tablename__ = "counter"  # pyright: ignore[reportAssignmentType]

    branch: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    last: int = 0


@dataclass(frozen=True)
class Happening:
    """One line of a document's timeline as a screen shows it."""

    at: datetime
    by: str
    verb: str
    from_state: str
    to_state: str
    rule: str
    note: str
    details: dict[str, Any]


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table of a model: hot paths insert through it."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


_NEXT = Prepared(text(
    "INSERT INTO counter (branch, kind, day, last) VALUES (:branch, :kind, :day, 1)"
    " ON CONFLICT (branch, kind, day) DO UPDATE SET last = counter.last + 1 RETURNING last"
))  # fmt: skip


def next_count(session: Session, *, branch: str, kind: str, day: str) -> int:
    """Count on within the caller's transaction: without gaps, since a rollback takes the count back too."""
    return int(_NEXT.rows(session, branch=branch, kind=kind, day=day)[0][0])


def next_number(desk: Desk, session: Session, flow: Flow) -> str:
    """Give the next official number of the day, such as `SO20261121-0001` (ORD-2); take it last, then commit."""
    day = desk.today().strftime("%Y%m%d")
    count = next_count(session, branch=desk.branch, kind=flow.kind, day=day)
    return f"{flow.prefix}{day}-{count:04d}"


def stamps(desk: Desk, state: str) -> dict[str, Any]:
    """Return the columns every new document starts with."""
    now = desk.now()
    who = desk.user.login
    return {
        "branch": desk.branch,
        "business_date": desk.today(),
        "state": state,
        "version": 1,
        "created_at": now,
        "created_by": who,
        "changed_at": now,
        "changed_by": who,
    }


_TOLD = Prepared.inserting(table_of(Timeline))


def begin(
    desk: Desk,
    session: Session,
    flow: Flow,
    model: type[SQLModel],
    values: Mapping[str, Any],
    *,
    path: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> int:
    """Write a new document and its timeline, and return its id.

    `path` names verbs (each with a note) that are taken at once, so that a document whose first steps need no
    person is written once, in the state they lead to.
    """
    state, rows = flow.start, [_entry(desk, flow.kind, "begin", to_state=flow.start, note=note)]
    for name, said in path:
        verb = flow.verb(name)
        flow.check(verb, roles=desk.user.roles, state=state, number="")
        rows.append(_entry(desk, flow.kind, name, from_state=state, to_state=verb.to[0], rule=verb.rule, note=said))
        state = verb.to[0]
    document_id = int(_new(table_of(model)).rows(session, **stamps(desk, state), **values)[0][0])
    _TOLD.many(session, [{**row, "document_id": document_id} for row in rows])
    return document_id


@cache
def _new(table: Table) -> Prepared:
    return Prepared.inserting(table, returning_id=True)


def _entry(
    desk: Desk,
    kind: str,
    verb: str,
    *,
    from_state: str = "",
    to_state: str = "",
    rule: str = "",
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "at": desk.now(),
        "by": desk.user.login,
        "verb": verb,
        "from_state": from_state,
        "to_state": to_state,
        "rule": rule,
        "note": note,
        "details": dict(details or {}),
    }


def record(
    desk: Desk,
    session: Session,
    kind: str,
    document_id: int,
    verb: str,
    *,
    from_state: str = "",
    to_state: str = "",
    rule: str = "",
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one timeline row in the caller's transaction."""
    row = _entry(desk, kind, verb, from_state=from_state, to_state=to_state, rule=rule, note=note, details=details)
    _TOLD.many(session, [{**row, "document_id": document_id}])


def record_many(
    desk: Desk, session: Session, kind: str, told: Iterable[tuple[int, str, Mapping[str, Any]]], *, rule: str
) -> None:
    """Write one timeline row for each of many documents: its id, the verb, the details."""
    rows = [_entry(desk, kind, verb, rule=rule, details=details) | {"document_id": id_} for id_, verb, details in told]
    _TOLD.many(session, rows)


@dataclass(frozen=True)
class Held:
    """What `advance` needs to know of a document as the caller read it."""

    id: int
    number: str
    state: str
    version: int


def advance(
    desk: Desk,
    session: Session,
    flow: Flow,
    model: type[SQLModel],
    held: Held,
    verb: str,
    *,
    to: str = "",
    changes: Mapping[str, Any] | None = None,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Take a document one step along its flow: check right and state, write, record; nobody else sets a state."""
    step = flow.verb(verb)
    flow.check(step, roles=desk.user.roles, state=held.state, number=held.number, to=to)
    state = to or (step.to[0] if step.to else held.state)
    table = table_of(model)
    same = (table.c.id == held.id) & (table.c.version == held.version) & (table.c.state == held.state)
    stamped = {"state": state, "version": held.version + 1, "changed_at": desk.now(), "changed_by": desk.user.login}
    result = session.connection().execute(update(table).where(same).values(**stamped, **dict(changes or {})))
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise stale(held.number)
    record(
        desk, session, flow.kind, held.id, verb,
        from_state=held.state, to_state=state, rule=step.rule, note=note, details=details,
    )  # fmt: skip


def stale(number: str) -> Stale:
    """Build the refusal of a write over somebody else's change."""
    return Stale(
        "ORD-11",
        _("{document} was changed by somebody else meanwhile.").format(document=number),
        mend=_("Look at it again and repeat."),
    )


def timeline(session: Session, kind: str, document_id: int) -> list[Happening]:
    """Return a document's story, oldest first."""
    story = table_of(Timeline)
    columns = (story.c[name] for name in Happening.__dataclass_fields__)
    chosen = (story.c.kind == kind) & (story.c.document_id == document_id)
    rows = session.connection().execute(select(*columns).where(chosen).order_by(story.c.id))
    return [Happening(*row) for row in rows]

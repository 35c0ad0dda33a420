"""What every room's checks share: a fault, and the proofs that hold for all documents and all search terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from ordersdesk.foundation.documents.document import Counter, Timeline, table_of
from ordersdesk.foundation.flow import Flow
from ordersdesk.foundation.texts.language import _

TIMELINE, COUNTER = table_of(Timeline), table_of(Counter)


@dataclass(frozen=True)
class Fault:
    """Something in the database that cannot be as it is: the rule it breaks, and what it is about."""

    rule: str
    what: str


def damage(session: Session) -> Iterator[Fault]:
    """Prove a SQLite file whole: its pages, its indexes, its references (DB-3); a server proves itself."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    wrong = [one if isinstance(one, str) else str(one[0]) for one in _readable(connection, "PRAGMA integrity_check")]
    if wrong != ["ok"]:
        yield from (Fault("DB-3", _("The file is damaged: {what}.").format(what=one)) for one in wrong)
        yield from _unreadable(connection)
    for row in _readable(connection, "PRAGMA foreign_key_check"):
        if isinstance(row, str):
            return
        yield Fault("DB-3", _("Row {row} of {table} refers to a {parent} that is not there.").format(
            row=row[1], table=row[0], parent=row[2]
        ))  # fmt: skip


def _unreadable(connection: Connection) -> Iterator[Fault]:
    """Say of every table how far it can be read, so that somebody knows what a backup must bring back."""
    for table in sorted(SQLModel.metadata.tables):
        rows = list(_readable(connection, f'SELECT * FROM "{table}"'))
        if rows and isinstance(rows[-1], str):
            said = _("{table}: {rows} rows can be read, then: {why}")
            yield Fault("DB-3", said.format(table=table, rows=len(rows) - 1, why=rows[-1]))


def _readable(connection: Connection, statement: str) -> Iterator[Sequence[Any] | str]:
    """Yield rows as far as they can be read; last, where it goes no further, the reason why."""
    try:
        yield from connection.exec_driver_sql(statement)
    except DBAPIError as error:
        yield str(error.orig)


def untold(session: Session, flow: Flow, documents: Table) -> Iterator[Fault]:
    """Prove that every document is in the state its timeline leads to (ORD-8)."""
    told = (TIMELINE.c.kind == flow.kind) & (TIMELINE.c.to_state != "")
    newest = select(func.max(TIMELINE.c.id).label("id")).where(told).group_by(TIMELINE.c.document_id).subquery()
    last = select(TIMELINE.c.document_id, TIMELINE.c.to_state).join(newest, newest.c.id == TIMELINE.c.id).subquery()
    columns = (documents.c.id, documents.c.number, documents.c.state, last.c.to_state)
    statement = select(*columns).outerjoin(last, last.c.document_id == documents.c.id)
    wrong = last.c.to_state.is_(None) | (last.c.to_state != documents.c.state)
    for id_, number, state, said in session.connection().execute(statement.where(wrong)):
        text_ = _("{kind} {number} is {state}, its timeline says {said}.")
        name = number or f"#{id_}"
        yield Fault("ORD-8", text_.format(kind=_(flow.title), number=name, state=state, said=said or "–"))


def gaps(session: Session, flow: Flow, documents: Table) -> Iterator[Fault]:
    """Prove that the numbers of every day run from one to the counter's without a gap (ORD-2)."""
    given = _given(session, flow, documents)
    chosen = COUNTER.c.kind == flow.kind
    counted = {
        (branch, day): last
        for branch, day, last in session.connection().execute(
            select(COUNTER.c.branch, COUNTER.c.day, COUNTER.c.last).where(chosen)
        )
    }
    for branch, day in sorted({*given, *counted}):
        found, last = given.get((branch, day), set[int]()), counted.get((branch, day), 0)
        for number in sorted(set(range(1, last + 1)) ^ found):
            text_ = _("Number {number} is missing.") if number <= last else _("Number {number} was never counted.")
            yield Fault("ORD-2", text_.format(number=f"{branch} {flow.prefix}{day}-{number:04d}"))


def _given(session: Session, flow: Flow, documents: Table) -> dict[tuple[str, str], set[int]]:
    official = re.compile(rf"{flow.prefix}(\d{{8}})-(\d{{4,}})")
    given: dict[tuple[str, str], set[int]] = {}
    numbered = documents.c.number.startswith(flow.prefix)
    if "from_history" in documents.c:
        numbered &= documents.c.from_history.is_(False)
    for branch, number in session.connection().execute(select(documents.c.branch, documents.c.number).where(numbered)):
        found = official.fullmatch(number)
        if found:
            given.setdefault((branch, found[1]), set()).add(int(found[2]))
    return given


def fingerprint(pairs: Iterable[tuple[Any, Any]]) -> int:
    """Return one number for a set of terms, so that a million of them can be compared without keeping them."""
    total = 0
    for pair in pairs:
        total ^= hash(pair)
    return total


def fingerprints(session: Session, terms: Table) -> dict[int, int]:
    """Return the fingerprint of the terms stored for each owner, from one scan of the table."""
    found: dict[int, int] = {}
    # Said to the statement: said to the connection, it would hold for what is written after this too.
    statement = select(terms.c.owner_id, terms.c.why, terms.c.term).execution_options(yield_per=10_000)
    for owner, why, term in session.connection().execute(statement):
        found[owner] = found.get(owner, 0) ^ hash((why, term))
    return found

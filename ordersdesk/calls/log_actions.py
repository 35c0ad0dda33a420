"""Calls of a telephone system's log brought in from files: over, with the moments the log knows (FIL-1, CAL-1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from ordersdesk.calls.log import LoggedCall, Said
from ordersdesk.calls.log_queries import Stored
from ordersdesk.calls.queries import CALL
from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, record, stale, stamps, table_of
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import word_list

IMPORTED, UPDATED = "imported", "updated from a file"
ENDED = "ended"


def add_logged(desk: Desk, session: Session, calls: Sequence[LoggedCall]) -> None:
    """Write calls that are over, in the caller's transaction; one of a known key, just brought too, stays as it is."""
    connection = session.connection()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    unknown = dialect.insert(CALL).on_conflict_do_nothing(index_elements=["key"]).returning(CALL.c.id, CALL.c.presented)
    for piece in chunks(sorted(calls, key=lambda call: call.key)):  # whoever brings the same waits, none for the other
        made = connection.execute(unknown, [_row(desk, call) for call in piece]).all()
        if made:
            connection.execute(insert(table_of(Timeline)), [_story(desk, *row) for row in made])


def rewrite_logged(desk: Desk, session: Session, stored: Stored, told: LoggedCall, said: Said) -> None:
    """Write a call anew as a log tells it now; its story says what changed; joins the caller's transaction."""
    same = (CALL.c.id == stored.id) & (CALL.c.version == stored.version)
    values = {name: value for name, value in _row(desk, told).items() if name not in ("key", "branch", "created_by")}
    done = session.connection().execute(update(CALL).where(same).values(values | {"version": stored.version + 1}))
    if cast("CursorResult[Any]", done).rowcount != 1:
        raise stale(told.presented)
    details = {name: list(pair) for name, pair in said.items()}
    record(desk, session, CALL_FLOW.kind, stored.id, UPDATED, rule="FIL-1", note=word_list(said), details=details)


def _row(desk: Desk, call: LoggedCall) -> dict[str, Any]:
    return stamps(desk, ENDED) | {
        "key": call.key, "agent": call.agent, "channel": "phone", "direction": call.direction,
        "presented": call.presented, "customer_id": call.customer_id, "created_at": call.rang_at,
        "business_date": call.rang_at.astimezone(desk.zone).date(),
        "rang_at": call.rang_at, "answered_at": call.answered_at, "ended_at": call.ended_at,
        "reason": call.reason, "outcome": call.outcome, "note": call.note, "documents": [], "draft": {},
    }  # fmt: skip


def _story(desk: Desk, call_id: int, presented: str) -> dict[str, Any]:
    return {
        "kind": CALL_FLOW.kind, "document_id": call_id, "at": desk.now(), "by": desk.user.login, "verb": IMPORTED,
        "from_state": "", "to_state": ENDED, "rule": "FIL-1", "note": presented, "details": {},
    }  # fmt: skip

"""The verbs about calls: answer, keep what is typed, park, resume, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.calls import queries, rules
from ordersdesk.calls.queries import CALL, Ring
from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.calls.tables import Call
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance, begin
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.stock.actions import release


@dataclass(frozen=True)
class Moments:
    """When a call rang and which moment a key took it, as far as a telephone system says so (CAL-1)."""

    rang_at: datetime | None = None
    answered_at: datetime | None = None


UNKNOWN = Moments()


@action
def answer(
    desk: Desk, session: Session, *, key: str, presented: str = "", channel: str = "phone", moments: Moments = UNKNOWN
) -> Ring:
    """Open a call (CAL-1); the same key again returns the same call."""
    return answer_within(desk, session, key=key, presented=presented, channel=channel, moments=moments)


def answer_within(
    desk: Desk, session: Session, *, key: str, presented: str = "", channel: str = "phone", moments: Moments = UNKNOWN
) -> Ring:
    """Do the same inside the caller's transaction; a moment that is known later is added, none is written over."""
    found = queries.locked(session, key)
    if found is None:
        values: dict[str, Any] = {
            "key": key,
            "agent": desk.user.login,
            "channel": channel,
            "presented": clean(presented, field="presented", longest=60),
            "documents": [],
            "draft": {},
        }
        call_id = begin(desk, session, CALL_FLOW, Call, values, note=presented)
        found = queries.call(session, call_id)
    assert found is not None
    for column, at in ((CALL.c.rang_at, moments.rang_at), (CALL.c.answered_at, moments.answered_at)):
        if at is not None:
            once = (CALL.c.id == found.id) & column.is_(None)
            session.connection().execute(update(CALL).where(once).values({column: at}))
    return found


def keep_within(
    desk: Desk, session: Session, *, key: str, typed: Mapping[str, Any], customer_id: int | None = None
) -> None:
    """Keep what has been typed with the call, so that another desk can go on with it (CAL-5)."""
    values = {"draft": dict(typed), "draft_at": desk.now(), "customer_id": customer_id}
    open_one = (CALL.c.key == key) & (CALL.c.state != "ended")
    session.connection().execute(update(CALL).where(open_one).values(**values))


@action
def park(
    desk: Desk,
    session: Session,
    *,
    key: str,
    draft: Mapping[str, Any],
    customer_id: int | None = None,
    presented: str | None = None,
    moments: Moments = UNKNOWN,
) -> None:
    """Put the call aside with everything typed (CAL-5); the customer it was last kept with stays if none is given.

    With a presented number a call of which nothing was kept yet is opened first.
    """
    ring = _in_hand(desk, session, key, presented, moments)
    kept: dict[str, Any] = {"draft": dict(draft), "draft_at": desk.now()}
    if customer_id is not None:
        kept["customer_id"] = customer_id
    advance(desk, session, CALL_FLOW, Call, ring.held(), "park", changes=kept)


@action
def resume(desk: Desk, session: Session, *, key: str) -> Ring:
    """Take up a parked or unfinished call; it becomes the taker's own."""
    ring = _known(session, key)
    advance(desk, session, CALL_FLOW, Call, ring.held(), "resume", changes={"agent": desk.user.login})
    return _known(session, key)


@action
def end(
    desk: Desk,
    session: Session,
    *,
    key: str,
    outcome: str,
    reason: str = "",
    note: str = "",
    presented: str | None = None,
    moments: Moments = UNKNOWN,
) -> None:
    """End a call with its outcome (CAL-6) and give back what it held (STK-3).

    What it was about is its outcome unless said otherwise (CAL-1); with a presented number a call of which nothing was
    kept yet is opened first.
    """
    ring = _in_hand(desk, session, key, presented, moments)
    end_within(desk, session, ring, outcome=outcome, reason=reason, note=note)
    release(session, holder=key)


def end_within(
    desk: Desk,
    session: Session,
    ring: Ring,
    *,
    outcome: str,
    reason: str = "",
    note: str = "",
    documents: Sequence[str] = (),
) -> None:
    """End a call inside the caller's transaction, naming the documents that came of it."""
    ended = rules.checked_outcome(outcome)
    changes: dict[str, Any] = {
        "outcome": ended,
        "reason": rules.checked_reason(reason) or ended,
        "note": rules.checked_note(note),
        "ended_at": desk.now(),
        "documents": list(documents),
        "draft": {},
    }
    noted = word_list(documents) or note
    advance(desk, session, CALL_FLOW, Call, ring.held(), "end", changes=changes, note=noted)


def _in_hand(desk: Desk, session: Session, key: str, presented: str | None, moments: Moments) -> Ring:
    if presented is None:
        return _known(session, key)
    return answer_within(desk, session, key=key, presented=presented, moments=moments)


def _known(session: Session, key: str) -> Ring:
    ring = queries.locked(session, key)
    if ring is None:
        raise Refused("CAL-1", _("There is no such call."), mend=_("Open the intake again."))
    return ring

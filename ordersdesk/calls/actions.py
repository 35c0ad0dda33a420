"""The verbs about calls: answer, keep what is typed, park, resume, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.calls import queries, rules
from ordersdesk.calls.queries import CALL, Ring
from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.calls.tables import Call
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import advance, begin
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.texts import clean
from ordersdesk.stock.actions import release


@action
def answer(desk: Desk, session: Session, *, key: str, presented: str = "", channel: str = "phone") -> Ring:
    """Open a call (CAL-1); the same key again returns the same call."""
    return answer_within(desk, session, key=key, presented=presented, channel=channel)


def answer_within(desk: Desk, session: Session, *, key: str, presented: str = "", channel: str = "phone") -> Ring:
    """Do the same inside the caller's transaction."""
    found = queries.locked(session, key)
    if found is None:
        now = desk.now()
        values: dict[str, Any] = {
            "key": key,
            "agent": desk.user.login,
            "channel": channel,
            "presented": clean(presented, field="presented", longest=60),
            "rang_at": now,
            "answered_at": now,
            "documents": [],
            "draft": {},
        }
        call_id = begin(desk, session, CALL_FLOW, Call, values, note=presented)
        found = queries.call(session, call_id)
    assert found is not None
    return found


def keep_within(
    desk: Desk, session: Session, *, key: str, typed: Mapping[str, Any], customer_id: int | None = None
) -> None:
    """Keep what has been typed with the call, so that another desk can go on with it (CAL-5)."""
    values = {"draft": dict(typed), "draft_at": desk.now(), "customer_id": customer_id}
    open_one = (CALL.c.key == key) & (CALL.c.state != "ended")
    session.connection().execute(update(CALL).where(open_one).values(**values))


@action
def park(desk: Desk, session: Session, *, key: str, draft: Mapping[str, Any], customer_id: int | None = None) -> None:
    """Put the call aside with everything typed (CAL-5); the customer it was last kept with stays if none is given."""
    ring = _known(session, key)
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
def end(desk: Desk, session: Session, *, key: str, outcome: str, note: str = "") -> None:
    """End a call with its outcome (CAL-6) and give back what it held (STK-3)."""
    ring = _known(session, key)
    end_within(desk, session, ring, outcome=outcome, note=note)
    release(session, holder=key)


def end_within(
    desk: Desk, session: Session, ring: Ring, *, outcome: str, note: str = "", documents: Sequence[str] = ()
) -> None:
    """End a call inside the caller's transaction, naming the documents that came of it."""
    changes: dict[str, Any] = {
        "outcome": rules.checked_outcome(outcome),
        "note": rules.checked_note(note),
        "ended_at": desk.now(),
        "documents": list(documents),
        "draft": {},
    }
    noted = ", ".join(documents) or note
    advance(desk, session, CALL_FLOW, Call, ring.held(), "end", changes=changes, note=noted)


def _known(session: Session, key: str) -> Ring:
    ring = queries.locked(session, key)
    if ring is None:
        raise Refused("CAL-1", _("There is no such call."), mend=_("Open the intake again."))
    return ring

"""Asking for approvals, answering and withdrawing them: functions that join the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session

from ordersdesk.approvals.flow import APPROVAL_FLOW
from ordersdesk.approvals.open_queries import Open, open_on
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.approvals.rules import Asked, Need, Subject, asked
from ordersdesk.approvals.tables import Approval
from ordersdesk.documents.occasion import Occasion
from ordersdesk.documents.story import ASKS, WITHDRAWN
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, advance, begin, record
from ordersdesk.foundation.policy.roles import Role

FIRST_ASKED = (("ask", ""),)


def ask_within(desk: Desk, session: Session, subject: Subject, needs: Sequence[Need]) -> list[Asked]:
    """Ask for every yes a document needs, those of the first step at once; one row of its story says so (ORD-13)."""
    asking = [asked(desk.policy, need.occasion) for need in needs]
    first = min((need.step for need in needs), default=1)
    for need, said in zip(needs, asking, strict=True):
        path = FIRST_ASKED if need.step == first else ()
        begin(desk, session, APPROVAL_FLOW, Approval, _row(desk, subject, need, said), path=path)
    if needs:
        _tell_asked(desk, session, subject, asking)
    return asking


def _row(desk: Desk, subject: Subject, need: Need, said: Asked) -> dict[str, Any]:
    return {
        "subject": subject.kind,
        "document_id": subject.id,
        "document": subject.number,
        "document_version": subject.version,
        "about": subject.about,
        "occasion": need.occasion.name,
        "rule": need.occasion.rule,
        "role": said.role,
        "group": desk.user.group if said.role == Role.LEADER else "",
        "amount": need.amount,
        "covers": need.covers,
        "text": need.text,
        "facts": dict(need.facts),
        "seen": dict(subject.seen),
        "rank": subject.rank,
        "step": need.step,
        "due_at": due(desk, said.minutes),
    }


def due(desk: Desk, minutes: int) -> datetime:
    """Return when an answer is due, in working minutes from now (DLV-3)."""
    return desk.calendar.add_working_minutes(desk.now(), minutes)


def _tell_asked(desk: Desk, session: Session, subject: Subject, asking: Sequence[Asked]) -> None:
    roles = list(dict.fromkeys(said.role for said in asking))
    why = [said.occasion for said in asking]
    details = {"roles": roles, "occasions": [one.name for one in why]}
    record(desk, session, subject.kind, subject.id, ASKS, rule=rules_of(why), details=details)


def rules_of(several: Iterable[Occasion | Open]) -> str:
    """Name the rules of several approvals, each once."""
    return ", ".join(dict.fromkeys(each.rule for each in several))


def withdraw_within(desk: Desk, session: Session, kind: str, document_id: int, *, reason: str) -> int:
    """Withdraw what is still asked about a document and return how many; one row of its story says so."""
    return _withdraw(desk, session, (kind, document_id), open_on(session, kind, document_id), reason=reason)


def _withdraw(desk: Desk, session: Session, about: tuple[str, int], gone: Sequence[Open], *, reason: str) -> int:
    for one in gone:
        answer(desk, session, one, "withdraw", changes={"reason": reason})
    if gone:
        details = {"roles": list(dict.fromkeys(one.role for one in gone))}
        record(desk, session, *about, WITHDRAWN, rule=rules_of(gone), note=reason, details=details)
    return len(gone)


def not_needed_within(
    desk: Desk, session: Session, kind: str, document_id: int, *, occasions: Collection[str], reason: str
) -> int:
    """Withdraw what is asked on some occasions, the world having changed, and return how many; the story says so."""
    gone = [one for one in open_on(session, kind, document_id) if one.occasion in occasions]
    return _withdraw(desk, session, (kind, document_id), gone, reason=reason)


def answers_within(desk: Desk, session: Session, kind: str, document_id: int) -> None:
    """Let whoever said yes answer from now on: the document goes on, and by it goods may leave unpaid (USR-4)."""
    fresh = APPROVAL.c.answerable & APPROVAL.c.answers_since.is_(None)
    since = update(APPROVAL).where(_granted(kind, document_id), fresh).values(answers_since=desk.now())
    session.connection().execute(since)


def nobody_answers_within(session: Session, kind: str, document_id: int) -> None:
    """Let the yeses to a document that does not stand be void: nothing leaves unpaid by them, nobody answers."""
    void = {"answerable": False, "answers_since": None, "covers": Decimal("0.00")}
    session.connection().execute(update(APPROVAL).where(_granted(kind, document_id)).values(**void))


def _granted(kind: str, document_id: int) -> ColumnElement[bool]:
    mine = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id)
    return mine & (APPROVAL.c.state == "granted")


def answer(desk: Desk, session: Session, one: Open, verb: str, *, changes: dict[str, Any]) -> None:
    """Take one approval along its flow; refused (ORD-11) when somebody was quicker."""
    held = Held(id=one.id, number=one.document, state=one.state, version=one.version)
    advance(desk, session, APPROVAL_FLOW, Approval, held, verb, changes=changes, note=changes.get("reason", ""))


def next_step(desk: Desk, session: Session, kind: str, document_id: int) -> int:
    """Ask for the next step when none of this one waits, and return how many are still open; 0 is the last yes."""
    open_ones = open_on(session, kind, document_id)
    if open_ones and all(one.state == "later" for one in open_ones):
        first = min(one.step for one in open_ones)
        for one in open_ones:
            if one.step == first:
                minutes = desk.policy.approvals.answerers[one.occasion].minutes
                answer(desk, session, one, "ask", changes={"due_at": due(desk, minutes)})
    return len(open_ones)


def ask_again_within(desk: Desk, session: Session, kind: str, document_id: int) -> list[str]:
    """Note that somebody asks for what waits, and return the roles that are asked (ORD-13)."""
    waits = (APPROVAL.c.subject == kind) & (APPROVAL.c.document_id == document_id) & (APPROVAL.c.state == "waiting")
    session.connection().execute(update(APPROVAL).where(waits).values(asked_at=desk.now()))
    return list(dict.fromkeys(one.role for one in open_on(session, kind, document_id) if one.state == "waiting"))

"""Codes read out over the phone: made by the approver, tried a few times, used once; joins the caller's transaction.

A try is counted before the code is compared, in a transaction of its own, so that guessing at many desks at once
gets no more tries than guessing at one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import CursorResult, insert, select, update
from sqlmodel import Session

from ordersdesk.approvals.tables import OneTimeCode
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, table_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

CODE = table_of(OneTimeCode)


@dataclass(frozen=True)
class Code:
    """A code that may still be typed, and what it is bound to."""

    id: int
    hash: str
    made_by: str
    document_version: int
    amount: Decimal
    tries: int
    expires_at: datetime
    used_at: datetime | None


def keep_code(desk: Desk, session: Session, kind: str, document: Held, *, amount: Decimal, stored: str) -> datetime:
    """Store a new code of this approver, which ends the ones before, and return when it expires."""
    mine = (CODE.c.subject == kind) & (CODE.c.document_id == document.id) & (CODE.c.made_by == desk.user.login)
    older = update(CODE).where(mine, CODE.c.expires_at > desk.now()).values(expires_at=desk.now())
    session.connection().execute(older)
    expires = desk.now() + timedelta(minutes=desk.policy.approvals.code_minutes)
    values: dict[str, Any] = {
        "subject": kind, "document_id": document.id, "document_version": document.version, "amount": amount,
        "hash": stored, "made_by": desk.user.login, "made_at": desk.now(), "expires_at": expires, "tries": 0,
    }  # fmt: skip
    session.connection().execute(insert(CODE).values(**values))
    return expires


def count_try(desk: Desk, session: Session, kind: str, document: Held) -> list[Code]:
    """Count a try on every code that is good for a document and return them; refused (JOY-10) when there is none."""
    known = _codes(session, kind, document)
    good = [code for code in known if _trouble(desk, code) is None]
    if not good:
        raise (_trouble(desk, known[0]) if known else None) or _none(document)
    for code in good:
        session.connection().execute(update(CODE).where(CODE.c.id == code.id).values(tries=CODE.c.tries + 1))
    return good


def _codes(session: Session, kind: str, document: Held) -> list[Code]:
    columns = (CODE.c[name] for name in Code.__dataclass_fields__)
    mine = (CODE.c.subject == kind) & (CODE.c.document_id == document.id)
    rows = session.connection().execute(select(*columns).where(mine).order_by(CODE.c.id.desc()).limit(100))
    return [Code(*row) for row in rows]


def _trouble(desk: Desk, code: Code) -> Refused | None:
    if code.used_at is not None:
        return refused(_("This code was used already."))
    if code.tries >= desk.policy.approvals.code_tries:
        return refused(_("This code has ended after too many tries."))
    longest = timedelta(minutes=desk.policy.approvals.code_minutes)
    if not desk.now() < code.expires_at <= desk.now() + longest:
        return refused(_("This code has expired."))
    return None


def _none(document: Held) -> Refused:
    return refused(_("Nobody has made a code for {document}.").format(document=document.number))


def refused(message: str, *, mend: str = "") -> Refused:
    """Build the refusal of a code (JOY-10)."""
    return Refused("JOY-10", message, mend=mend or _("Ask the approver to make a new one."), field="code")


def use_up_code(desk: Desk, session: Session, code: Code) -> None:
    """Mark a code as used; refused (JOY-10) when somebody was quicker."""
    unused = update(CODE).where(CODE.c.id == code.id, CODE.c.used_at.is_(None)).values(used_at=desk.now())
    if cast("CursorResult[Any]", session.connection().execute(unused)).rowcount != 1:
        raise refused(_("This code was used already."))

"""Proofs of approvals: four eyes, a story for each, and a first step wherever a later one waits."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _


def four_eyes(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every approval that was granted by whoever asked for it (USR-3)."""
    own = (APPROVAL.c.state == "granted") & (APPROVAL.c.decided_by == APPROVAL.c.created_by)
    statement = select(APPROVAL.c.document, APPROVAL.c.decided_by).where(own).order_by(APPROVAL.c.id)
    for document, who in session.connection().execute(statement):
        yield Fault("USR-3", _("{who} asked for {document} and granted it.").format(who=who, document=document))


def stuck(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every document whose later approval waits for an earlier one that nobody is asked for (ORD-13)."""
    asked = APPROVAL.alias()
    same = (asked.c.subject == APPROVAL.c.subject) & (asked.c.document_id == APPROVAL.c.document_id)
    first = select(asked.c.id).where(same, asked.c.state == "waiting").exists()
    statement = select(APPROVAL.c.document).where(APPROVAL.c.state == "later", ~first).distinct()
    for document in session.connection().execute(statement).scalars():
        yield Fault("ORD-13", _("{document} waits for an approval nobody is asked for.").format(document=document))

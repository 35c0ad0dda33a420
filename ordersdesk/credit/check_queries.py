"""Proofs of credit: every application being decided waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlmodel import Session

from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.credit.flow import CREDIT_FLOW
from ordersdesk.credit.queries import APPLICATION
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _


def applications(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every application nobody is asked about (CUS-7)."""
    asked = exists().where(
        APPROVAL.c.subject == CREDIT_FLOW.kind,
        APPROVAL.c.document_id == APPLICATION.c.id,
        APPROVAL.c.state.in_(OPEN),
    )
    silent = select(APPLICATION.c.number).where(APPLICATION.c.state == "asked", ~asked)
    for number in session.connection().execute(silent).scalars():
        yield Fault("CUS-7", _("{number} is being decided by nobody.").format(number=number))

"""Proofs of change requests: what is asked waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.changes.queries import CHANGE
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW

STAND = ORDER_FLOW.verb("change").from_


def faults(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every request that waits for nobody, or is about an order that does not stand any more (CHG-1, ORD-13).

    One that waits again (ORD-6) stands: what is changed about it is asked for too.
    """
    waits = select(APPROVAL.c.document_id).where(APPROVAL.c.subject == CHANGE_FLOW.kind, APPROVAL.c.state.in_(OPEN))
    columns = select(CHANGE.c.number, ORDER.c.number, ORDER.c.state).join(ORDER, ORDER.c.id == CHANGE.c.order_id)
    lost = ORDER.c.state.not_in(STAND) | CHANGE.c.id.not_in(waits)
    for number, order, state in session.connection().execute(columns.where(CHANGE.c.state == "asked", lost)):
        if state in STAND:
            yield Fault("ORD-13", _("{number} waits and does not say why.").format(number=number))
        else:
            yield Fault("CHG-1", _("{number} is asked about {order}, which is not confirmed.").format(
                number=number, order=order
            ))  # fmt: skip

"""Reads of an order that is with its agent again: as a draft to correct (ORD-3)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.open_queries import locked
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.orders.model.queries import ORDER, Summary, by_id, goods_of
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.orders.terms.flow import ORDER_FLOW

CORRECTABLE = ("rejected", "draft")


def to_correct(desk: Desk, session: Session, number: str) -> Held:
    """Return an order that may be entered again; refused (ORD-3) when it is not with its agent."""
    found = locked(desk, session, ORDER, number)
    if found is None:
        raise Refused(
            "ORD-9",
            _("There is no order {number}.").format(number=number[:40]),
            mend=_("Look it up in the order book."),
            field="corrects",
        )
    if found.state not in CORRECTABLE:
        raise Refused(
            "ORD-3",
            _("{number} is {state}: only a rejected or pulled-back order is entered again.").format(
                number=found.number, state=_(ORDER_FLOW.states[found.state])
            ),
            mend=_("Ask for a change instead, or take a new order."),
            field="corrects",
        )
    return found


def as_draft(desk: Desk, number: str) -> Draft:
    """Give a rejected or pulled-back order back as a draft to correct; refused (ORD-3) for any other."""
    with desk.reading() as session:
        head = by_id(session, to_correct(desk, session, number).id)
        lines = tuple(
            DraftLine(item=row.code, quantity=row.quantity, shortage=row.shortage or None, note=row.note)  # pyright: ignore[reportArgumentType]
            for row in goods_of(session, head.id)
            if row.quantity  # a line closed short stays behind (CHG-5)
        )
        wished = session.connection().execute(select(ORDER.c.wished_on).where(ORDER.c.id == head.id)).scalar()
        return Draft(
            customer=_customer(session, head), contact=head.contact, phone=head.phone, address=head.address,
            region=head.region,
            lines=lines, payment=head.payment, invoice=head.invoice, channel=head.channel, deliver_on=wished,
            urgent=head.urgent, latest=time_typed(head.latest), department=head.department, papers=head.papers,
            note=head.note, contract=head.contract, corrects=head.number,
        )  # fmt: skip


def _customer(session: Session, head: Summary) -> str:
    number = select(CUSTOMER.c.number).where(CUSTOMER.c.id == head.customer_id)
    return str(session.connection().execute(number).scalar_one())

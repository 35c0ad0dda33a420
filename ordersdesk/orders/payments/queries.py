"""Reads of money that came in: the payments of an order, and what is awaited (PAY-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.orders.model.queries import held_order
from ordersdesk.orders.model.tables import Payment

PAYMENT = table_of(Payment)
_TAKEN_BACK = PAYMENT.alias()


@dataclass(frozen=True)
class Paid:
    """One row of money: what came in, or what takes another row back."""

    id: int
    at: datetime
    by: str
    amount: Decimal
    reference: str
    reverses: int | None
    reason: str


_PAID = tuple(PAYMENT.c[name] for name in Paid.__dataclass_fields__)


def payments(desk: Desk, number: str) -> list[Paid]:
    """Return the money of an order, oldest first; refused (ORD-9) when there is no such order."""
    with desk.reading() as session:
        return payments_of(session, held_order(desk, session, number).id)


def payments_of(session: Session, order_id: int) -> list[Paid]:
    """Do the same for an order known by id."""
    rows = session.connection().execute(select(*_PAID).where(PAYMENT.c.order_id == order_id).order_by(PAYMENT.c.id))
    return [Paid(*row) for row in rows]


def standing(session: Session, order_id: int) -> list[Paid]:
    """Return what came in and was not taken back."""
    rows = payments_of(session, order_id)
    back = {row.reverses for row in rows if row.reverses}
    return [row for row in rows if row.reverses is None and row.id not in back]

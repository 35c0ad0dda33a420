"""Who said yes to another delivery fee than the rule's stands with the order (DLV-1)."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.approvals.open_queries import granted_by
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.terms.occasions import FEE


def fee_agreed(session: Session, order_id: int, *, kind: str, document_id: int) -> None:
    """Keep who approved an order's fee, by what was asked about that document; joins the caller's transaction."""
    approver = granted_by(session, kind, document_id, FEE.name)
    said = (ORDER.c.id == order_id) & ORDER.c.fee_said.is_not(None) & (ORDER.c.fee_approver == "")
    if approver:
        session.connection().execute(update(ORDER).where(said).values(fee_approver=approver))

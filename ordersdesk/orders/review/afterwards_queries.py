"""What came up about confirmed orders since, and no yes covers: debts, limits, cash far away (CUS-9, PAY-7, ORD-5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.assessment import gates
from ordersdesk.orders.assessment.exposure_queries import NOTHING, confirmed_on_credit, receivable
from ordersdesk.orders.assessment.gates import Standing
from ordersdesk.orders.model.tables import ChangeRequest, Order
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.finding import Finding
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.occasions import OVER_LIMIT
from ordersdesk.orders.terms.payment_status import ACCOUNT

_ORDER, _CHANGE = table_of(Order), table_of(ChangeRequest)
Row = Mapping[str, Any]
Yeses = Mapping[tuple[int, str], Decimal]
"""How far a yes goes, by order and occasion."""


def unanswered(desk: Desk, session: Session, rows: Sequence[Row], who: Mapping[int, Buyer]) -> dict[int, list[Finding]]:
    """Return by order what came up about confirmed ones and no yes covers.

    What is open with a customer is covered by a yes to any of their orders that stand: it was said of all of them.
    """
    found = dict(_came_up(desk, session, rows, who))
    if not found:
        return {}
    agreed = yeses(session, found)
    of = {row["id"]: row["customer_id"] for row in rows}
    over = {of[id_] for id_, findings in found.items() if any(one.occasion == OVER_LIMIT.name for one in findings)}
    beyond = _agreed_beyond(session, over)

    def covers(id_: int, one: Finding) -> Decimal:
        theirs = beyond.get(of[id_], NOTHING) if one.occasion == OVER_LIMIT.name else NOTHING
        return max(agreed.get((id_, one.occasion), NOTHING), theirs)

    left = {id_: [one for one in findings if one.measure > covers(id_, one)] for id_, findings in found.items()}
    return {id_: findings for id_, findings in left.items() if findings}


def _came_up(
    desk: Desk, session: Session, rows: Sequence[Row], who: Mapping[int, Buyer]
) -> Iterator[tuple[int, list[Finding]]]:
    open_ = confirmed_on_credit(session, {buyer.id for buyer in who.values() if buyer.terms == ACCOUNT})
    for row in rows:
        buyer = who[row["customer_id"]]
        adds = row["total"] - row["money_in"] if row["payment"] == ACCOUNT else NOTHING
        one = Standing(
            buyer, row["payment"], row["total"], money_in=row["money_in"], region=row["region"],
            exposure=receivable(buyer) + open_.get(buyer.id, NOTHING) - adds,
        )  # fmt: skip
        if findings := list(gates.afterwards(one, desk.policy)):
            yield row["id"], findings


def _agreed_beyond(session: Session, customers: Collection[int]) -> dict[int, Decimal]:
    """Return how far beyond their limit somebody agreed to let each customer go, by any confirmed order of theirs."""
    of: dict[int, int] = {}
    for part in chunks(sorted(customers)):
        mine = _ORDER.c.customer_id.in_(part) & (_ORDER.c.state == "confirmed")
        of |= {
            row[0]: row[1]
            for row in session.connection().execute(select(_ORDER.c.id, _ORDER.c.customer_id).where(mine))
        }
    found: dict[int, Decimal] = {}
    for (id_, occasion), covers in yeses(session, of).items():
        if occasion == OVER_LIMIT.name:
            found[of[id_]] = max(covers, found.get(of[id_], NOTHING))
    return found


def yeses(session: Session, ids: Collection[int]) -> dict[tuple[int, str], Decimal]:
    """Return how far the yeses go that were given about some orders, or about changes of them that were made."""
    granted, far = APPROVAL.c.state == "granted", func.max(APPROVAL.c.covers)
    own = select(APPROVAL.c.document_id, APPROVAL.c.occasion, far).where(APPROVAL.c.subject == ORDER_FLOW.kind, granted)
    theirs = select(_CHANGE.c.order_id, APPROVAL.c.occasion, far).join(_CHANGE, _CHANGE.c.id == APPROVAL.c.document_id)
    theirs = theirs.where(APPROVAL.c.subject == CHANGE_FLOW.kind, granted, _CHANGE.c.state == "applied")
    found: dict[tuple[int, str], Decimal] = {}
    for part in chunks(sorted(set(ids))):
        for statement, order_id in ((own, APPROVAL.c.document_id), (theirs, _CHANGE.c.order_id)):
            chosen = statement.where(order_id.in_(part)).group_by(order_id, APPROVAL.c.occasion)
            for id_, occasion, covers in session.connection().execute(chosen):
                found[id_, occasion] = max(covers, found.get((id_, occasion), NOTHING))
    return found

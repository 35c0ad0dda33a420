"""Why orders stand still that nobody is asked about: sheet, money, and what became of their customer (ORD-13, PAY-3).

Nothing of it is stored: it is how the world is when one looks, at confirming, on slips, and when a van leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.approvals.queries import APPROVAL, WaitingFor
from ordersdesk.approvals.rules import asked
from ordersdesk.customers.queries import Buyer, buyers
from ordersdesk.foundation.bulk import chunks
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import table_of
from ordersdesk.orders import gates
from ordersdesk.orders.change_flow import CHANGE_FLOW
from ordersdesk.orders.exposure_queries import NOTHING, arrears
from ordersdesk.orders.finding import Finding
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.gates import Standing
from ordersdesk.orders.sheet_rules import Conditional, open_conditions
from ordersdesk.orders.tables import ChangeRequest, Order

_ORDER, _CHANGE = table_of(Order), table_of(ChangeRequest)
_NAMES = ("id", "state", "delivery", "customer_id", "region", *Conditional.__dataclass_fields__)
Yeses = Mapping[tuple[int, str], Decimal]
"""How far a yes goes, by order and occasion."""


def holds(desk: Desk, session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Return what holds some orders beside the people who are asked; nothing for those that may go on.

    Of one that is confirmed: whatever would stop its goods at the shelf, on their slip, or at the gate.
    """
    rows = [row for row in _read(session, ids) if row["state"] == "review" or _has_goods_here(row)]
    who = arrears(session, buyers(desk, session, [row["customer_id"] for row in rows]))
    late = [row["id"] for row in rows if row["state"] == "confirmed" and who[row["customer_id"]].overdue > 0]
    agreed = yeses(session, late) if late else {}
    found = {row["id"]: list(_held(desk, row, who[row["customer_id"]], agreed)) for row in rows}
    return {order_id: why for order_id, why in found.items() if why}


def _has_goods_here(row: Mapping[str, Any]) -> bool:
    return row["state"] == "confirmed" and row["delivery"] != "delivered"


def _read(session: Session, ids: Collection[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in chunks(sorted(set(ids))):
        chosen = select(*(_ORDER.c[name] for name in _NAMES)).where(_ORDER.c.id.in_(part)).order_by(_ORDER.c.id)
        found += [dict(row) for row in session.connection().execute(chosen).mappings()]
    return found


def _held(desk: Desk, row: Mapping[str, Any], who: Buyer, agreed: Yeses) -> Iterator[WaitingFor]:
    yield from open_conditions(row, desk.policy)
    one = Standing(who, row["payment"], row["total"], money_in=row["money_in"], region=row["region"])
    for finding in (*gates.blocked(one, desk.policy), *gates.no_credit(one, desk.policy)):
        yield waits(desk, finding)
    if row["state"] == "confirmed":  # in review somebody is asked
        for finding in gates.overdue(one, desk.policy):
            if finding.measure > agreed.get((row["id"], finding.occasion), NOTHING):
                yield waits(desk, finding)


def waits(desk: Desk, finding: Finding) -> WaitingFor:
    """Say a finding as the reason an order waits for, and who clears it."""
    role = finding.role or asked(desk.policy, finding.occasion).role
    return WaitingFor(finding.rule, role, finding.sentence(), finding.occasion)


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

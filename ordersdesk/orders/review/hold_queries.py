"""Why orders stand still that nobody is asked about: sheet, money, and what became of their customer (ORD-13, PAY-3).

Nothing of it is stored: it is how the world is when one looks, at confirming, on slips, and when a van leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.customers.model.place_rules import is_asked
from ordersdesk.customers.model.queries import Buyer, buyers
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.assessment import gates
from ordersdesk.orders.assessment.exposure_queries import arrears
from ordersdesk.orders.assessment.gates import Standing
from ordersdesk.orders.assessment.sheet_rules import Conditional, open_conditions
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.promise.place_queries import REGION
from ordersdesk.orders.review.afterwards_queries import unanswered
from ordersdesk.orders.terms.finding import Finding

_ORDER = table_of(Order)
_NAMES = ("id", "state", "delivery", "customer_id", *Conditional.__dataclass_fields__)
_READ = (*(_ORDER.c[name] for name in _NAMES), REGION)
Row = Mapping[str, Any]


def holds(desk: Desk, session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Return what holds some orders beside the people who are asked; nothing for those that may go on.

    Of one that is confirmed: whatever would stop its goods at the shelf, on their slip, or at the gate.
    """
    rows, who = _standing_still(desk, session, ids)
    confirmed = [row for row in rows if row["state"] == "confirmed"]  # in review somebody is asked
    since = unanswered(desk, session, confirmed, who)
    found = {
        row["id"]: [
            *_held(desk, row, who[row["customer_id"]]),
            *(waits(desk, finding) for finding in since.get(row["id"], ())),
        ]
        for row in rows
    }
    return {order_id: why for order_id, why in found.items() if why}


def came_up(desk: Desk, session: Session, order_id: int) -> list[Finding]:
    """Return what came up about a confirmed order since, and is to be asked: no yes covers it."""
    rows, who = _standing_still(desk, session, [order_id])
    confirmed = [row for row in rows if row["state"] == "confirmed"]
    return unanswered(desk, session, confirmed, who).get(order_id, [])


def _standing_still(desk: Desk, session: Session, ids: Collection[int]) -> tuple[list[Row], dict[int, Buyer]]:
    rows = [row for row in _read(session, ids) if row["state"] == "review" or _has_goods_here(row)]
    return rows, arrears(session, buyers(desk, session, [row["customer_id"] for row in rows]))


def _has_goods_here(row: Row) -> bool:
    return row["state"] == "confirmed" and row["delivery"] != "delivered"


def _read(session: Session, ids: Collection[int]) -> list[Row]:
    found: list[Row] = []
    for part in chunks(sorted(set(ids))):
        chosen = select(*_READ).where(_ORDER.c.id.in_(part)).order_by(_ORDER.c.id)
        found += [dict(row) for row in session.connection().execute(chosen).mappings()]
    return found


def _held(desk: Desk, row: Row, who: Buyer) -> Iterator[WaitingFor]:
    yield from open_conditions(row, desk.policy)
    if not row["region"] and is_asked(desk.policy):
        text = _("Nobody knows in which province its address is: ask, and change the order.")
        yield WaitingFor("CUS-12", Role.AGENT, text)
    one = Standing(who, row["payment"], row["total"], money_in=row["money_in"], region=row["region"])
    for finding in (*gates.blocked(one, desk.policy), *gates.no_credit(one, desk.policy)):
        yield waits(desk, finding)


def waits(desk: Desk, finding: Finding) -> WaitingFor:
    """Say a finding as the reason an order waits for, and who clears it."""
    role = finding.role or desk.policy.approvals.answerers[finding.occasion].role
    return WaitingFor(finding.rule, role, finding.sentence(), finding.occasion)

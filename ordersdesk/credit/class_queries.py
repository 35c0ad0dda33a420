"""Who should be a key customer and who no longer, by what was bought in the last full months (CUS-6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, literal, select
from sqlmodel import Session

from ordersdesk.credit import rules
from ordersdesk.credit.evidence_queries import was_bought
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.columns import MoneyColumn
from ordersdesk.orders.model.queries import ORDER


@dataclass(frozen=True)
class Proposal:
    """A customer whose purchases make another size class than is noted."""

    id: int
    number: str
    name: str
    before: str
    after: str
    average: Decimal


def proposals(desk: Desk) -> list[Proposal]:
    """Return every change of class that the last full months propose, the largest customers first (CUS-6)."""
    with desk.reading() as session:
        return proposals_within(desk, session)


def proposals_within(desk: Desk, session: Session) -> list[Proposal]:
    """Do the same inside the caller's session."""
    policy = desk.policy.customers
    spans = rules.full_months(desk.today(), policy.key_months)
    within = (ORDER.c.business_date >= spans[0][0]) & (ORDER.c.business_date < spans[-1][1])
    bought = (
        select(ORDER.c.customer_id, func.sum(ORDER.c.goods).label("goods"))
        .where(within, was_bought())
        .group_by(ORDER.c.customer_id)
        .subquery()
    )
    goods = func.coalesce(bought.c.goods, literal(rules.NOTHING, MoneyColumn), type_=MoneyColumn)
    is_key, enough = CUSTOMER.c.size_class == "key", goods >= policy.key_monthly * len(spans)
    statement = (
        select(CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.size_class, goods)
        .outerjoin(bought, bought.c.customer_id == CUSTOMER.c.id)
        .where(CUSTOMER.c.merged_into.is_(None), (is_key & ~enough) | (~is_key & enough))
        .order_by(goods.desc(), CUSTOMER.c.id)
    )
    return [
        Proposal(*row[:4], after="small" if row[3] == "key" else "key", average=rules.average((row[4],), of=len(spans)))
        for row in session.connection().execute(statement)
    ]

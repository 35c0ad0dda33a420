"""Setting search terms right (`check --fix`)."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlmodel import Session

from ordersdesk.customers.finding.check_queries import mistermed
from ordersdesk.customers.model.indexing import TERM, reindex
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk, action

CHUNK = 500


@action
def repair_terms(desk: Desk, session: Session) -> int:
    """Make the terms of every customer anew where they are not right, and return how many customers that were."""
    wrong = [customer_id for customer_id, _number in mistermed(desk, session)]
    for start in range(0, len(wrong), CHUNK):
        _repair(desk, session, wrong[start : start + CHUNK])
    return len(wrong)


def _repair(desk: Desk, session: Session, ids: list[int]) -> None:
    connection = session.connection()
    connection.execute(delete(TERM).where(TERM.c.owner_id.in_(ids)))  # one scan for all: terms have no index by owner
    chosen = CUSTOMER.c.id.in_(ids)
    connection.execute(update(CUSTOMER).where(chosen & CUSTOMER.c.merged_into.is_not(None)).values(search_text=""))
    for customer_id in (
        connection.execute(select(CUSTOMER.c.id).where(chosen, CUSTOMER.c.merged_into.is_(None))).scalars().all()
    ):
        reindex(desk, session, customer_id, before=None)

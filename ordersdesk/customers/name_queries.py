"""Names of customers, for lists that know only their ids."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from ordersdesk.customers.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk


def names(desk: Desk, customer_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these customers."""
    if not customer_ids:
        return {}
    chosen = select(CUSTOMER.c.id, CUSTOMER.c.name).where(CUSTOMER.c.id.in_(sorted(set(customer_ids))))
    with desk.reading() as session:
        return {row[0]: row[1] for row in session.connection().execute(chosen)}

"""The territories customers live in, each with the route that usually serves it: what a new customer is offered."""

from __future__ import annotations

from sqlalchemy import func, select

from ordersdesk.customers.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk


def territories(desk: Desk) -> dict[str, str]:
    """Return territory -> usual route, the busiest territory first."""
    count = func.count()
    columns = (CUSTOMER.c.territory, CUSTOMER.c.route, count)
    grouped = select(*columns).where(CUSTOMER.c.territory != "").group_by(CUSTOMER.c.territory, CUSTOMER.c.route)
    sizes: dict[str, int] = {}
    usual: dict[str, str] = {}
    with desk.reading() as session:
        for territory, route, many in session.connection().execute(grouped.order_by(count.desc())):
            sizes[territory] = sizes.get(territory, 0) + many
            usual.setdefault(territory, route)
    return {territory: usual[territory] for territory in sorted(sizes, key=lambda name: (-sizes[name], name))}

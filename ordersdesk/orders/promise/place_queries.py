"""Where an order's goods go, as far as anybody knows (CUS-12)."""

from __future__ import annotations

from sqlalchemy import case, func, select

from ordersdesk.customers.model.queries import ADDRESS
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.orders.model.tables import Order

_ORDER = table_of(Order)
# An order from before regions were asked for goes where its customer's card says by now.
_ON_CARD = (
    select(ADDRESS.c.region)
    .where(ADDRESS.c.customer_id == _ORDER.c.customer_id, ADDRESS.c.text == _ORDER.c.address)
    .order_by(ADDRESS.c.id)
    .limit(1)
    .scalar_subquery()
)
REGION = case((_ORDER.c.region != "", _ORDER.c.region), else_=func.coalesce(_ON_CARD, "")).label("region")

"""How a stored order and its customer stand now as far as money goes (ORD-5, PAY-7)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.customers.model.queries import buyers
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.day_queries import of_the_day
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.assessment.gates import Standing
from ordersdesk.orders.model.queries import Summary


def standing_of(desk: Desk, session: Session, head: Summary) -> Standing:
    """Return how an order stands; what is open without it, and what was taken beside it on its day."""
    who = in_arrears(session, buyers(desk, session, [head.customer_id])[head.customer_id])
    day = of_the_day(desk, session, who, {}, days=[head.business_date], without=head.id)
    return Standing(
        who, head.payment, head.total, money_in=head.money_in, exposure=exposure(session, who, without=head.id),
        taken=day.taken, region=head.region,
    )  # fmt: skip

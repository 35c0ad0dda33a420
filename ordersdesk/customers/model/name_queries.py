"""Customers by number or id: who is meant, and what they are called."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.customers.model.queries import CUSTOMER, Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def known(desk: Desk, number: str) -> Buyer:
    """Return the customer with this number, merged ones as what they went into; refused (CUS-1) when there is none."""
    with desk.reading() as session:
        return named(desk, session, number)


def named(desk: Desk, session: Session, number: str) -> Buyer:
    """Do the same inside the caller's session."""
    who = buyer(desk, session, number)
    if who is None:
        raise Refused(
            "CUS-1",
            _("There is no customer {number}.").format(number=number[:40]),
            mend=_("Look it up by name or phone."),
            field="customer",
        )
    return who


def names(desk: Desk, customer_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these customers."""
    if not customer_ids:
        return {}
    chosen = select(CUSTOMER.c.id, CUSTOMER.c.name).where(CUSTOMER.c.id.in_(sorted(set(customer_ids))))
    with desk.reading() as session:
        return {row[0]: row[1] for row in session.connection().execute(chosen)}

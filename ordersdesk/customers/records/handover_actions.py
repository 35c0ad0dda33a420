"""Customers in the care of somebody who leaves get somebody else (USR-7, CUS-1)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlmodel import Session

from ordersdesk.customers.model.changing import KIND
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import HANDED_OVER, record


def customers_of(session: Session, login: str) -> list[int]:
    """Return the customers whose agent or sales rep somebody is, and keep them for this transaction."""
    found = select(CUSTOMER.c.id).where(_theirs(login)).order_by(CUSTOMER.c.id).with_for_update()
    return list(session.connection().execute(found).scalars())


def hand_over_customers(desk: Desk, session: Session, login: str, *, to: str) -> int:
    """Put another beside somebody's customers and return how many; joins the caller's transaction."""
    ids = customers_of(session, login)
    care = {name: case((CUSTOMER.c[name] == login, to), else_=CUSTOMER.c[name]) for name in ("agent", "sales_rep")}
    stamps = {"version": CUSTOMER.c.version + 1, "changed_at": desk.now(), "changed_by": desk.user.login}
    session.connection().execute(update(CUSTOMER).where(_theirs(login)).values(**care, **stamps))
    for customer_id in ids:
        record(desk, session, KIND, customer_id, HANDED_OVER, rule="USR-7", details={"from": login, "to": to})
    return len(ids)


def _theirs(login: str) -> ColumnElement[bool]:
    return or_(CUSTOMER.c.agent == login, CUSTOMER.c.sales_rep == login) & CUSTOMER.c.merged_into.is_(None)

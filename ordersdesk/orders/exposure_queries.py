"""What is open with a customer on credit (PAY-7): one sum over one index, for the review of each account order."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from ordersdesk.customers.queries import CUSTOMER, Buyer
from ordersdesk.foundation.documents import table_of
from ordersdesk.foundation.prepared import Prepared
from ordersdesk.orders.tables import ON_CREDIT, Order

_ORDER = table_of(Order)
_OPEN = Prepared(
    select(func.sum(_ORDER.c.total)).where(
        _ORDER.c.customer_id == bindparam("customer"), _ORDER.c.id != bindparam("without"), ON_CREDIT
    )
)
_BALANCE = Prepared(
    select(CUSTOMER.c.opening_balance, CUSTOMER.c.overdue).where(CUSTOMER.c.id == bindparam("customer"))
)


def exposure(session: Session, who: Buyer, *, without: int = 0) -> Decimal:
    """Return what is open with a customer, never counting the order `without`: the document that asks itself.

    The receivable is the balance brought in, or what is overdue where no balance was. Orders on account count while
    they are not billed: confirmed ones, and those in review as well. PAY-7 names only confirmed ones, but an order
    in review is promised to its customer and its goods are reserved: left out, two that wait side by side would each
    be granted as if the other were not there, and slip under the limit together.
    """
    return max(who.opening_balance, who.overdue) + ordered_on_credit(session, who.id, without=without)


def exposure_of(session: Session, customer_id: int, *, without: int = 0) -> Decimal:
    """Do the same for a customer known by id."""
    balance = _BALANCE.first(session, customer=customer_id)
    return (max(balance) if balance else Decimal("0.00")) + ordered_on_credit(session, customer_id, without=without)


def ordered_on_credit(session: Session, customer_id: int, *, without: int = 0) -> Decimal:
    """Return the sum of a customer's open orders on account."""
    found = _OPEN.first(session, customer=customer_id, without=without)
    return (found[0] if found else None) or Decimal("0.00")

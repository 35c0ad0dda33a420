"""What is open with a customer (PAY-7): sums over indexes, for the review of each order and every gate behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.orders.model.tables import NOT_COLLECTED, ON_CREDIT, Order

NOTHING = Decimal("0.00")

_ORDER = table_of(Order)
_OPEN = Prepared(
    select(func.sum(_ORDER.c.total), func.sum(_ORDER.c.money_in)).where(
        _ORDER.c.customer_id == bindparam("customer"), _ORDER.c.id != bindparam("without"), ON_CREDIT
    )
)
_HANDED_OVER = select(
    _ORDER.c.customer_id, func.sum(_ORDER.c.handed_over), func.sum(_ORDER.c.collected), func.sum(_ORDER.c.money_in)
).where(NOT_COLLECTED)
_NOT_COLLECTED = Prepared(
    _HANDED_OVER.where(_ORDER.c.customer_id.in_(bindparam("customers", expanding=True))).group_by(_ORDER.c.customer_id),
    lists=["customers"],
)


def exposure(session: Session, who: Buyer, *, without: int = 0) -> Decimal:
    """Return what is open with a customer, never counting the order `without`: the document that asks itself.

    The receivable is the balance brought in, or what is overdue where no balance was; in a buyer `in_arrears` made,
    that counts what was not collected at the door. Orders on account count while they are not billed: confirmed ones,
    and those in review as well. PAY-7 names only confirmed ones, but an order in review is promised to its customer
    and its goods are reserved: left out, two that wait side by side would each be granted as if the other were not
    there, and slip under the limit together.
    """
    return receivable(who) + ordered_on_credit(session, who.id, without=without)


def receivable(who: Buyer) -> Decimal:
    """Return what a customer owes already, in a buyer `in_arrears` made: nothing of what is ordered."""
    return max(who.opening_balance, who.overdue - who.not_collected) + who.not_collected


def confirmed_on_credit(session: Session, customers: Collection[int]) -> dict[int, Decimal]:
    """Return for each of some customers the sum of their confirmed orders on account, less what came in for them.

    These alone stand between a confirmed order and its goods (PAY-7): those in review are still asked about themselves.
    """
    sums = (_ORDER.c.customer_id, func.sum(_ORDER.c.total), func.sum(_ORDER.c.money_in))
    found: dict[int, Decimal] = {}
    for part in chunks(sorted(customers)):
        mine = (ON_CREDIT, _ORDER.c.state == "confirmed", _ORDER.c.customer_id.in_(part))
        rows = session.connection().execute(select(*sums).where(*mine).group_by(_ORDER.c.customer_id))
        found |= {customer: total - came for customer, total, came in rows}
    return found


def ordered_on_credit(session: Session, customer_id: int, *, without: int = 0) -> Decimal:
    """Return the sum of a customer's open orders on account, less what came in for them."""
    found = _OPEN.first(session, customer=customer_id, without=without)
    return (found[0] or NOTHING) - (found[1] or NOTHING) if found else NOTHING


def not_collected_of(session: Session, customers: Collection[int]) -> dict[int, Decimal]:
    """Return what each of some customers owes for goods that were to be paid before or at the door (PAY-7)."""
    rows = _NOT_COLLECTED.rows(session, customers=list(customers)) if customers else ()
    return {customer: over - cash - came for customer, over, cash, came in rows}


def in_arrears(session: Session, who: Buyer) -> Buyer:
    """Return a customer to whose overdue amount belongs what was not collected at the door: due when handed over."""
    return arrears(session, {who.id: who})[who.id]


def arrears(session: Session, found: Mapping[int, Buyer]) -> dict[int, Buyer]:
    """Do the same for many customers, by id."""
    owed: dict[int, Decimal] = {}
    for part in chunks(sorted(found)):
        owed |= not_collected_of(session, part)
    return {
        id_: replace(who, overdue=who.overdue - who.not_collected + owed[id_], not_collected=owed[id_])
        if id_ in owed
        else who
        for id_, who in found.items()
    }

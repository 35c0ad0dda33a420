"""Reads of customers: by anything a caller says, and as an order needs one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlmodel import Session

from ordersdesk.customers.model import rules
from ordersdesk.customers.model.place_rules import bare
from ordersdesk.customers.model.tables import Address, Contact, ContactPhone, Customer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.store.prepared import Prepared, Rows
from ordersdesk.foundation.texts.codes import code

CUSTOMER, CONTACT = table_of(Customer), table_of(Contact)
PHONE, ADDRESS = table_of(ContactPhone), table_of(Address)


@dataclass(frozen=True)
class Place:
    """A delivery address as the promise needs it."""

    text: str
    route: str = ""
    distance_km: int | None = None
    region: str = ""
    city: str = ""
    receiving_hours: str = ""


@dataclass(frozen=True)
class Buyer:
    """A customer as the review of an order needs one, with the terms and the overdue amount in force that day."""

    id: int
    number: str
    name: str
    size_class: str
    grade: str
    terms: str
    credit_limit: Decimal
    overdue: Decimal
    opening_balance: Decimal
    blocked: str
    territory: str
    route: str
    language: str
    invoice_title: str
    tax_id: str
    merged_into: int | None
    credit_review_on: date | None = None
    balance_due_on: date | None = None
    credit_days: int = 0
    has_lapsed: bool = False
    not_collected: Decimal = Decimal("0.00")
    """What of the overdue amount is for goods that were not paid at the door (PAY-7)."""
    places: tuple[Place, ...] = ()

    def place(self, text: str) -> Place:
        """Return the known address of this text, however it is spaced, else a bare one in the customer's territory."""
        return self._known(text) or Place(text, self.route)

    def knows(self, text: str) -> bool:
        """Tell whether an address is on the customer's card."""
        return self._known(text) is not None

    def _known(self, text: str) -> Place | None:
        exact = (place for place in self.places if place.text == text)
        return next(exact, None) or next((place for place in self.places if bare(place.text) == bare(text)), None)


_BUYER = (
    CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.size_class, CUSTOMER.c.grade, CUSTOMER.c.terms,
    CUSTOMER.c.credit_limit, CUSTOMER.c.overdue, CUSTOMER.c.opening_balance, CUSTOMER.c.blocked,
    CUSTOMER.c.territory, CUSTOMER.c.route, CUSTOMER.c.language, CUSTOMER.c.invoice_title,
    CUSTOMER.c.tax_id, CUSTOMER.c.merged_into, CUSTOMER.c.credit_review_on, CUSTOMER.c.balance_due_on,
    CUSTOMER.c.credit_days,
)  # fmt: skip
_PLACE = (ADDRESS.c.text, ADDRESS.c.route, ADDRESS.c.distance_km, ADDRESS.c.region, ADDRESS.c.city,
    ADDRESS.c.receiving_hours)  # fmt: skip
_PLACED = select(*_BUYER, *_PLACE).outerjoin(ADDRESS, ADDRESS.c.customer_id == CUSTOMER.c.id).order_by(ADDRESS.c.id)
_BY_NUMBER = Prepared(_PLACED.where(CUSTOMER.c.number == bindparam("wanted")))
_BY_ID = Prepared(_PLACED.where(CUSTOMER.c.id == bindparam("wanted")))


def buyer(desk: Desk, session: Session, number: str) -> Buyer | None:
    """Return the customer with this number; the number of a merged record finds the one it went into (CUS-5)."""
    rows = _BY_NUMBER.rows(session, wanted=code(number))
    found = _buyer(rows)
    if found and found.merged_into:
        found = _buyer(_BY_ID.rows(session, wanted=found.merged_into))
    return _in_force(desk, found) if found else None


def buyers(desk: Desk, session: Session, ids: Collection[int]) -> dict[int, Buyer]:
    """Return some customers by id as gates look at them, without their addresses."""
    found: dict[int, Buyer] = {}
    for part in chunks(sorted(set(ids))):
        rows = session.connection().execute(select(*_BUYER).where(CUSTOMER.c.id.in_(part)))
        found |= {row[0]: _in_force(desk, Buyer(*row)) for row in rows}
    return found


def _buyer(rows: Rows) -> Buyer | None:
    if not rows:
        return None
    places = (row[len(_BUYER) :] for row in rows)
    return Buyer(*rows[0][: len(_BUYER)], places=tuple(Place(*place) for place in places if place[0] is not None))


def _in_force(desk: Desk, found: Buyer) -> Buyer:
    """Let credit lapse (CUS-7) and the balance fall due (CUS-9) on their day: no nightly job has to run for it."""
    today, grace = desk.today(), desk.policy.customers.credit_grace_days
    if rules.has_lapsed(found.terms, found.credit_review_on, today, grace_days=grace):
        found = replace(found, terms="prepaid", has_lapsed=True)
    owed = rules.overdue_in_force(found.overdue, found.opening_balance, found.balance_due_on, today)
    return found if owed == found.overdue else replace(found, overdue=owed)

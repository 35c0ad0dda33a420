"""One customer in full, for the screen of a call, and the list of what is still to complete (CUS-1, CUS-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlmodel import Session

from ordersdesk.customers.model.place_rules import is_asked
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rules import incomplete
from ordersdesk.foundation.desk import Desk


@dataclass(frozen=True)
class CardPhone:
    """A number of a contact."""

    e164: str
    extension: str
    typed: str


@dataclass(frozen=True)
class CardContact:
    """A person who calls."""

    id: int
    name: str
    department: str
    email: str
    fax: str
    phones: tuple[CardPhone, ...]


@dataclass(frozen=True)
class CardAddress:
    """A place goods go to."""

    id: int
    text: str
    district: str
    route: str
    distance_km: int | None
    region: str
    city: str
    receiving_hours: str


@dataclass(frozen=True)
class Card:
    """Everything about a customer, unmasked: for the screen of a call or of the customer being worked on (USR-5)."""

    id: int
    number: str
    version: int
    name: str
    kind: str
    is_member: bool
    size_class: str
    grade: str
    territory: str
    route: str
    agent: str
    sales_rep: str
    language: str
    terms: str
    credit_limit: Decimal
    credit_days: int
    credit_review_on: date | None
    overdue: Decimal
    opening_balance: Decimal
    balance_due_on: date | None
    blocked: str
    invoice_title: str
    tax_id: str
    invoice_address: str
    bank: str
    bank_account: str
    note: str
    source: str | None
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    contacts: tuple[CardContact, ...] = ()
    addresses: tuple[CardAddress, ...] = ()
    old_numbers: tuple[str, ...] = ()
    regions_asked: bool = True
    """Whether addresses need a region at this desk (CUS-12)."""

    @property
    def to_complete(self) -> tuple[str, ...]:
        """Name the fields that are still empty (CUS-4)."""
        values: Mapping[str, Any] = {
            **{name: getattr(self, name) for name in ("name", "kind", "territory", "route", "agent", "sales_rep")},
            "invoice_title": self.invoice_title,
            "tax_id": self.tax_id,
            "phone": next((phone.e164 for contact in self.contacts for phone in contact.phones), ""),
            "contact": next((contact.name for contact in self.contacts if contact.name), ""),
            "address": next((place.text for place in self.addresses), ""),
            "region": "" if self.regions_asked and any(not place.region for place in self.addresses) else "–",
            "distance_km": next(
                (far for far in (place.distance_km for place in self.addresses) if far is not None), None
            ),
        }
        return incomplete(values)


@dataclass(frozen=True)
class Incomplete:
    """A customer with something to complete, as a list shows it."""

    id: int
    number: str
    name: str
    agent: str
    to_complete: tuple[str, ...]


_PARTS = {"contacts", "addresses", "old_numbers", "regions_asked"}
_CARD = tuple(CUSTOMER.c[field.name] for field in fields(Card) if field.name not in _PARTS)
_PLACE = tuple(ADDRESS.c[field.name] for field in fields(CardAddress))


def card(desk: Desk, customer_id: int) -> Card | None:
    """Return one customer in full; a merged one as what it was merged into (CUS-5)."""
    with desk.reading() as session:
        return _asked(desk, card_within(session, customer_id))


def _asked(desk: Desk, found: Card | None) -> Card | None:
    return replace(found, regions_asked=is_asked(desk.policy)) if found else None


def card_within(session: Session, customer_id: int) -> Card | None:
    """Do the same inside the caller's session."""
    connection = session.connection()
    own = select(func.coalesce(CUSTOMER.c.merged_into, CUSTOMER.c.id)).where(CUSTOMER.c.id == customer_id)
    row = connection.execute(select(*_CARD).where(CUSTOMER.c.id == own.scalar_subquery())).first()
    if row is None:
        return None
    places = select(*_PLACE).where(ADDRESS.c.customer_id == row.id).order_by(ADDRESS.c.id)
    merged = select(CUSTOMER.c.number).where(CUSTOMER.c.merged_into == row.id).order_by(CUSTOMER.c.id)
    return Card(
        *row,
        contacts=_contacts(session, row.id),
        addresses=tuple(CardAddress(*place) for place in connection.execute(places)),
        old_numbers=tuple(connection.execute(merged).scalars()),
    )


def _contacts(session: Session, customer_id: int) -> tuple[CardContact, ...]:
    connection = session.connection()
    phones: dict[int | None, list[CardPhone]] = {}
    columns = (PHONE.c.contact_id, PHONE.c.e164, PHONE.c.extension, PHONE.c.typed)
    for row in connection.execute(select(*columns).where(PHONE.c.customer_id == customer_id).order_by(PHONE.c.id)):
        phones.setdefault(row.contact_id, []).append(CardPhone(row.e164, row.extension, row.typed))
    people = (CONTACT.c.id, CONTACT.c.name, CONTACT.c.department, CONTACT.c.email, CONTACT.c.fax)
    rows = connection.execute(select(*people).where(CONTACT.c.customer_id == customer_id).order_by(CONTACT.c.id))
    return tuple(CardContact(*row, phones=tuple(phones.get(row.id, []))) for row in rows)


def to_complete(desk: Desk, *, agent: str = "", limit: int = 100) -> list[Incomplete]:
    """Return the customers that still lack something, one agent's or everybody's, oldest first (CUS-4)."""
    chosen = [CUSTOMER.c.merged_into.is_(None), or_(*_lacking(regions_asked=is_asked(desk.policy)))]
    if agent:
        chosen.append(CUSTOMER.c.agent == agent)
    with desk.reading() as session:
        rows = session.connection().execute(select(CUSTOMER.c.id).where(*chosen).order_by(CUSTOMER.c.id).limit(limit))
        cards = [_asked(desk, card_within(session, found)) for found in rows.scalars().all()]
    return [Incomplete(each.id, each.number, each.name, each.agent, each.to_complete) for each in cards if each]


def _lacking(*, regions_asked: bool) -> list[ColumnElement[bool]]:
    """What `Card.to_complete` asks, as the database asks it."""
    company = CUSTOMER.c.kind != "person"
    plain = [CUSTOMER.c[name] == "" for name in ("territory", "route", "agent", "sales_rep")]
    invoice = [company & (CUSTOMER.c[name] == "") for name in ("invoice_title", "tax_id")]
    named = exists().where(CONTACT.c.customer_id == CUSTOMER.c.id, CONTACT.c.name != "")
    reached = exists().where(PHONE.c.customer_id == CUSTOMER.c.id)
    measured = exists().where(ADDRESS.c.customer_id == CUSTOMER.c.id, ADDRESS.c.distance_km.is_not(None))
    nowhere = exists().where(ADDRESS.c.customer_id == CUSTOMER.c.id, ADDRESS.c.region == "")
    return [*plain, *invoice, ~named, ~reached, ~measured, *([nowhere] if regions_asked else [])]

"""What a customer is found by, kept up to date in the transaction that changes it (CUS-2)."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, bindparam, func, select, update
from sqlmodel import Session

from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rules import Why, old_number
from ordersdesk.customers.model.tables import CustomerTerm
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.phones.writing import spellings
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.searching import terms as search
from ordersdesk.foundation.searching.lookup import Searched, replace_terms
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.store.prepared import Prepared

TERM = table_of(CustomerTerm)
_NONE: frozenset[str] = frozenset()
SEARCHED = Searched(terms=TERM, owners=CUSTOMER, text=CUSTOMER.c.search_text)


@dataclass(frozen=True)
class Keys:
    """All a customer is found by, as stored."""

    numbers: tuple[str, ...]
    name: str
    is_person: bool
    contacts: tuple[str, ...] = ()
    e164s: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def terms(self, policy: Policy) -> set[tuple[str, str]]:
        """Return (why, term) of everything."""
        return {(why, term) for why, terms in self.by_why(policy).items() for term in terms}

    def by_why(self, policy: Policy) -> dict[str, Set[str]]:
        """Return the terms of everything by why they find."""
        shortest = policy.customers.shortest_phone_part
        phones = (search.phone_terms(e164, policy.phones, shortest=shortest) for e164 in self.e164s)
        return {
            Why.NAME.value: search.name_terms(self.name, person=self._person),
            Why.NUMBER.value: _NONE.union(*map(search.number_terms, self.numbers)),
            Why.CONTACT.value: _NONE.union(*(search.name_terms(each, person=True) for each in self.contacts)),
            Why.PHONE.value: _NONE.union(*phones),
            Why.ADDRESS.value: _NONE.union(*map(search.address_terms, self.addresses)),
        }

    @property
    def _person(self) -> bool | None:
        # A company may be named after a person, so its name is read both ways.
        return True if self.is_person else None

    def text(self, policy: Policy) -> str:
        """Return the text second words are looked for in."""
        names = [(self.name, self._person), *((contact, True) for contact in self.contacts)]
        digits = [each for e164 in self.e164s for each in spellings(e164, policy.phones)]
        return search.search_text(names, digits=digits, texts=(*self.numbers, *self.addresses))


def keys(session: Session, customer_id: int) -> Keys:
    """Read all a customer is found by."""
    connection = session.connection()
    own = (CUSTOMER.c.id == customer_id) | (CUSTOMER.c.merged_into == customer_id)
    rows = connection.execute(
        select(CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.kind, CUSTOMER.c.source)
        .where(own)
        .order_by(CUSTOMER.c.id)
    ).all()
    row = next(row for row in rows if row.id == customer_id)
    contacts = select(CONTACT.c.name).where(CONTACT.c.customer_id == customer_id)
    phones = select(PHONE.c.e164).where(PHONE.c.customer_id == customer_id)
    addresses = select(ADDRESS.c.text).where(ADDRESS.c.customer_id == customer_id)
    return Keys(
        numbers=tuple(name for each in rows for name in (each.number, old_number(each.source)) if name),
        name=row.name,
        is_person=row.kind == "person",
        contacts=tuple(dict.fromkeys(connection.execute(contacts).scalars())),
        e164s=tuple(dict.fromkeys(connection.execute(phones).scalars())),
        addresses=tuple(dict.fromkeys(connection.execute(addresses).scalars())),
    )


def _first(wanted: Select[tuple[str]], order: Column[int]) -> ColumnElement[str]:
    return wanted.order_by(order).limit(1).scalar_subquery()


_REACHED = select(CONTACT.c.name).join(PHONE, PHONE.c.contact_id == CONTACT.c.id).where(CONTACT.c.name != "")
# What a list shows of a customer: the first phone with who is reached there, and the first address.
FIRSTS: dict[str, ColumnElement[str]] = {
    "first_contact": func.coalesce(
        _first(_REACHED.where(PHONE.c.customer_id == CUSTOMER.c.id), PHONE.c.id),
        _first(select(CONTACT.c.name).where(CONTACT.c.customer_id == CUSTOMER.c.id), CONTACT.c.id),
        "",
    ),
    "first_phone": func.coalesce(
        _first(select(PHONE.c.e164).where(PHONE.c.customer_id == CUSTOMER.c.id), PHONE.c.id), ""
    ),
    "first_address": func.coalesce(
        _first(select(ADDRESS.c.text).where(ADDRESS.c.customer_id == CUSTOMER.c.id), ADDRESS.c.id), ""
    ),
}


def reindex(desk: Desk, session: Session, customer_id: int, *, before: Keys | None) -> None:
    """Bring the terms of a customer from what they were to what is stored now."""
    after = keys(session, customer_id)
    values: dict[str, Any] = {**FIRSTS}
    if after != before:  # else nobody waits for the dictionary of readings, with the customer locked
        old = before.terms(desk.policy) if before else set[tuple[str, str]]()
        replace_terms(session, TERM, customer_id, old=old, new=after.terms(desk.policy))
        values |= {"search_text": after.text(desk.policy), "folded_name": search.folded(after.name)}
    session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(**values))


def forget(desk: Desk, session: Session, customer_id: int, *, before: Keys) -> None:
    """Take a customer out of the look-up: merged away."""
    replace_terms(session, TERM, customer_id, old=before.terms(desk.policy), new=())
    session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(search_text="", **FIRSTS))


def by_source(session: Session, sources: list[str]) -> dict[str, int]:
    """Return the customers that came from these records of a file; merged ones as what they were merged into."""
    pieces = (_BY_SOURCE.rows(session, sources=piece) for piece in chunks(sources))
    return {source: merged or own for rows in pieces for source, own, merged in rows}


_BY_SOURCE = Prepared(
    select(CUSTOMER.c.source, CUSTOMER.c.id, CUSTOMER.c.merged_into).where(
        CUSTOMER.c.source.in_(bindparam("sources", expanding=True))
    ),
    lists=["sources"],
)

"""Proof of the customers' search terms: everybody is found by everything that is stored about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Row, or_, select
from sqlmodel import Session

from ordersdesk.customers.model.indexing import FIRSTS, TERM, Keys
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rules import old_number
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault, fingerprint, fingerprints
from ordersdesk.foundation.searching.terms import folded
from ordersdesk.foundation.texts.language import _

CHUNK = 2_000  # customers read at a time


def mistermed(desk: Desk, session: Session) -> Iterator[tuple[int, str]]:
    """Give customers (id, number) whose stored terms are not theirs; also the merged, who have none."""
    stored, shown = fingerprints(session, TERM), _shown_wrong(session)
    names = _numbers_of_merged(session)
    for rows in _chunks(session):
        parts = [_by_customer(session, column, rows) for column in (CONTACT.c.name, PHONE.c.e164, ADDRESS.c.text)]
        for row in rows:
            found = stored.pop(row.id, 0)
            if row.merged_into is not None:
                right = not found and not row.search_text
            else:
                contacts, e164s, addresses = (tuple(part.get(row.id, ())) for part in parts)
                numbers = (row.number, *filter(None, [old_number(row.source)]), *names.get(row.id, ()))
                keys = Keys(numbers, row.name, row.kind == "person", contacts, e164s, addresses)
                right = found == fingerprint(keys.terms(desk.policy)) and _same_text(desk, row, keys)
            if not right or row.id in shown:
                yield row.id, row.number
    yield from ((owner, f"#{owner}") for owner in stored)


def _same_text(desk: Desk, row: Row[Any], keys: Keys) -> bool:
    return set(row.search_text.split("|")) == set(keys.text(desk.policy).split("|")) and row.folded_name == folded(
        row.name
    )


def _shown_wrong(session: Session) -> set[int]:
    wrong = or_(*(CUSTOMER.c[name] != first for name, first in FIRSTS.items()))
    return set(session.connection().execute(select(CUSTOMER.c.id).where(wrong)).scalars())


def _numbers_of_merged(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    columns = (CUSTOMER.c.merged_into, CUSTOMER.c.number, CUSTOMER.c.source)
    merged = select(*columns).where(CUSTOMER.c.merged_into.is_not(None))
    for into, number, source in session.connection().execute(merged.order_by(CUSTOMER.c.id)):
        found.setdefault(into, []).extend(filter(None, (number, old_number(source))))
    return found


def _chunks(session: Session) -> Iterator[Sequence[Row[Any]]]:
    columns = ("id", "number", "name", "kind", "merged_into", "search_text", "folded_name", "source")
    statement = select(*(CUSTOMER.c[name] for name in columns)).order_by(CUSTOMER.c.id).limit(CHUNK)
    last = 0
    while rows := session.connection().execute(statement.where(CUSTOMER.c.id > last)).all():
        yield rows
        last = rows[-1].id


def _by_customer(session: Session, column: Column[Any], rows: Sequence[Row[Any]]) -> dict[int, list[str]]:
    """Return one column of a table beside the customers, for a chunk of them."""
    owner = column.table.c.customer_id
    statement = select(owner, column).where(owner.between(rows[0].id, rows[-1].id))
    found: dict[int, list[str]] = {}
    for customer_id, value in session.connection().execute(statement):
        found.setdefault(customer_id, []).append(value)
    return found


def terms(desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every customer who is not found by what is stored (CUS-2)."""
    for _id, number in mistermed(desk, session):
        text = _("The search terms of customer {number} are not what is stored.")
        yield Fault("CUS-2", text.format(number=number))

"""Contacts, phones and addresses of many customers, to be compared with a file (FIL-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from ordersdesk.customers.exchange.part_rules import Held, HeldAddress, HeldContact
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, PHONE
from ordersdesk.foundation.store.bulk import chunks


def held(session: Session, ids: Collection[int]) -> dict[int, Held]:
    """Return what each of these customers' cards holds."""
    contacts: dict[int, list[HeldContact]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    places: dict[int, list[HeldAddress]] = defaultdict(list)
    for piece in chunks(sorted(ids)):
        for owner, *row in _rows(session, CONTACT, [each.name for each in fields(HeldContact)], piece):
            contacts[owner].append(HeldContact(*row))
        for owner, e164 in _rows(session, PHONE, ["e164"], piece):
            phones[owner].append(e164)
        for owner, *row in _rows(session, ADDRESS, [each.name for each in fields(HeldAddress)], piece):
            places[owner].append(HeldAddress(*row))
    return {each: Held(tuple(contacts[each]), tuple(phones[each]), tuple(places[each])) for each in ids}


def _rows(session: Session, table: Table, names: list[str], owners: list[int]) -> Iterator[Any]:
    chosen = select(table.c.customer_id, *(table.c[name] for name in names)).where(table.c.customer_id.in_(owners))
    yield from session.connection().execute(chosen.order_by(table.c.id))

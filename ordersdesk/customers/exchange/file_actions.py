"""What a file changes about customers: fields of known ones, and how they stand with us (FIL-1, CUS-9, CUS-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Table, bindparam, insert, update
from sqlmodel import Session

from ordersdesk.customers.exchange.part_queries import held
from ordersdesk.customers.exchange.part_rules import (
    ADDRESS_PARTS,
    CONTACT_PARTS,
    HeldAddress,
    HeldContact,
    Said,
    differences,
)
from ordersdesk.customers.model import rules
from ordersdesk.customers.model.changing import change, inserted, told
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rows import address_row, contact_row, phone_rows
from ordersdesk.foundation.desk import Desk

_STANDING = ("overdue", "blocked")


@dataclass(frozen=True)
class Standing:
    """What a customer owes since too long, and why it is blocked."""

    overdue: Decimal = Decimal("0.00")
    blocked: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether there is anything to note."""
        return bool(self.overdue or self.blocked)


def set_standing(session: Session, standings: Mapping[int, Standing]) -> None:
    """Note how new customers stand; joins the caller's transaction."""
    if not standings:
        return
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _STANDING}
    statement = update(CUSTOMER).where(CUSTOMER.c.id == bindparam("customer")).values(**values)
    rows = [
        {"customer": id_, "new_overdue": standing.overdue, "new_blocked": rules.checked("blocked", standing.blocked)}
        for id_, standing in standings.items()
    ]
    session.connection().execute(statement, rows)


@dataclass(frozen=True)
class Changed:
    """A known customer of which a file says something else: its own fields, and contact, phones and address."""

    customer_id: int
    values: Mapping[str, Any]
    parts: Said | None = None


def update_many(desk: Desk, session: Session, changes: Sequence[Changed]) -> None:
    """Change known customers as a file says; joins the caller's transaction."""
    for each in sorted(changes, key=lambda changed: changed.customer_id):
        change(desk, session, each.customer_id, partial(_written, session, each), verb="imported", rule="FIL-1")


def _written(session: Session, changed: Changed, row: Any) -> Mapping[str, Any]:
    kept = {name: rules.checked(name, value) for name, value in changed.values.items()}
    if kept:
        session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == changed.customer_id).values(**kept))
    parts = _write_parts(session, changed.customer_id, changed.parts) if changed.parts else dict[str, Any]()
    return {**{name: [told(getattr(row, name)), told(value)] for name, value in kept.items()}, **parts}


def _write_parts(session: Session, customer_id: int, parts: Said) -> Mapping[str, Any]:
    """Add or change what the card lacks, compared with it as it is now; nothing is taken away."""
    card = held(session, [customer_id])[customer_id]
    pairs = differences(card, parts)
    if pairs.keys() & {"contact", "phone", *CONTACT_PARTS}:
        contact_id = _put(
            session, CONTACT, card.contact(parts.contact.contact), contact_row(customer_id, parts.contact),
            [name for name in CONTACT_PARTS if name in pairs],
        )  # fmt: skip
        rows = phone_rows(customer_id, contact_id, parts.new_phones(card))
        if rows:
            session.connection().execute(insert(PHONE), rows)
    if pairs.keys() & {"address", *ADDRESS_PARTS}:
        known = card.address(parts.address.address)
        own = address_row(customer_id, parts.address)
        _put(session, ADDRESS, known, own, [name for name in ADDRESS_PARTS if name in pairs])
    return {name: list(pair) for name, pair in pairs.items()}


def _put(
    session: Session, table: Table, known: HeldContact | HeldAddress | None, row: Mapping[str, Any], names: list[str]
) -> int:
    """Write these fields of a known row, or all of a new one, and return its id."""
    if known is None:
        return inserted(session, table, row)
    if names:
        same = update(table).where(table.c.id == known.id)
        session.connection().execute(same.values({name: row[name] for name in names}))
    return known.id

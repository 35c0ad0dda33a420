"""Terms and size class of a customer: set by whoever may decide them, inside their transaction (CUS-6, CUS-7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from ordersdesk.customers.model.changing import KIND, locked, told
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record


@dataclass(frozen=True)
class Terms:
    """How a customer pays: on account with a limit, days and the next review, or at once."""

    terms: str
    credit_limit: Decimal = Decimal("0.00")
    credit_days: int = 0
    credit_review_on: date | None = None


def set_terms_within(
    desk: Desk, session: Session, customer_id: int, terms: Terms, *, verb: str, note: str = ""
) -> None:
    """Set a customer's terms; what was and what is stands on the customer's story (CUS-7)."""
    _set(desk, session, customer_id, asdict(terms), verb=verb, rule="CUS-7", note=note)


def set_class_within(desk: Desk, session: Session, customer_id: int, size_class: str, *, note: str) -> None:
    """Set a customer's size class (CUS-6)."""
    _set(desk, session, customer_id, {"size_class": size_class}, verb="classed", rule="CUS-6", note=note)


def _set(
    desk: Desk, session: Session, customer_id: int, values: Mapping[str, Any], *, verb: str, rule: str, note: str
) -> None:
    row = locked(desk, session, customer_id, version=None)
    session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(**values))
    before = {name: getattr(row, name) for name in values}
    details = {name: [told(before[name]), told(value)] for name, value in values.items() if value != before[name]}
    record(desk, session, KIND, customer_id, verb, rule=rule, note=note, details=details)


def hold_within(session: Session, customer_id: int) -> None:
    """Let nobody else decide about a customer until this transaction ends: two at once become one after the other."""
    session.connection().execute(select(CUSTOMER.c.id).where(CUSTOMER.c.id == customer_id).with_for_update())

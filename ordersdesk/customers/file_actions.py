"""What a file changes about customers: fields of known ones, and how they stand with us (FIL-1, CUS-9, CUS-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from ordersdesk.customers import rules
from ordersdesk.customers.changing import change, told
from ordersdesk.customers.queries import CUSTOMER
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


def update_many(desk: Desk, session: Session, changes: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Change fields of known customers as a file says; joins the caller's transaction."""
    for customer_id, changed in changes:
        kept = {name: rules.checked(name, value) for name, value in changed.items()}

        def work(row: Any, kept: Mapping[str, Any] = kept, customer_id: int = customer_id) -> Mapping[str, Any]:
            session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(**kept))
            return {name: [told(getattr(row, name)), told(value)] for name, value in kept.items()}

        change(desk, session, customer_id, work, verb="imported", rule="FIL-1")

"""Reads of confirmation sheets: which are out, which are overdue and what that costs (ORD-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.sheet_rules import days_late, moved
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.model.tables import SHEET_OUT


@dataclass(frozen=True)
class Out:
    """A sheet that is to be sent or to come back, how late it is, and the day that would be kept if it came today."""

    number: str
    customer: str
    agent: str
    state: str
    sheet: str
    due_on: date | None
    late: int
    promised_on: date | None
    possible_on: date | None
    deposit: Decimal
    money_in: Decimal

    @property
    def deposit_paid(self) -> bool:
        """Whether what has to be paid ahead is in."""
        return bool(self.deposit) and self.money_in >= self.deposit


_OUT = (
    ORDER.c.number, ORDER.c.customer_name, ORDER.c.agent, ORDER.c.state, ORDER.c.sheet, ORDER.c.sheet_due_on,
    ORDER.c.promised_on, ORDER.c.deposit, ORDER.c.money_in,
)  # fmt: skip


def sheets_out(desk: Desk, *, overdue: bool = False, limit: int = 1000) -> list[Out]:
    """Return the sheets of the branch that are not back, the longest due first; those that may follow come last."""
    statement = select(*_OUT).where(SHEET_OUT, ORDER.c.branch == desk.branch)
    if overdue:
        statement = statement.where(ORDER.c.sheet_due_on < desk.today())
    ordered = statement.order_by(ORDER.c.sheet_due_on.is_(None), ORDER.c.sheet_due_on, ORDER.c.id).limit(limit)
    with desk.reading() as session:
        rows = session.connection().execute(ordered).all()
    found = [_out(desk, *row) for row in rows]
    return [one for one in found if one.late] if overdue else found


def _out(
    desk: Desk, number: str, customer: str, agent: str, state: str, sheet: str, due: date | None,
    promised: date | None, deposit: Decimal, money_in: Decimal,
) -> Out:  # fmt: skip
    late = days_late(due, desk.today(), desk.calendar) if due else 0
    return Out(
        number=number, customer=customer, agent=agent, state=state, sheet=sheet, due_on=due, late=late,
        promised_on=promised, possible_on=moved(promised, late, desk.calendar), deposit=deposit, money_in=money_in,
    )  # fmt: skip

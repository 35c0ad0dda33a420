"""What the books say of a customer: first purchase, purchases of each full month, what is open (CUS-7, PAY-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, extract, func, select
from sqlmodel import Session

from ordersdesk.credit import rules
from ordersdesk.credit.rules import Record, Requirement
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.model.queries import ORDER

BOUGHT = ("confirmed", "closed")  # what counts as a purchase: agreed and not called off


@dataclass(frozen=True)
class Evidence:
    """A customer's trade as a decision about credit needs it."""

    months: tuple[tuple[date, Decimal], ...]
    average: Decimal
    months_of_trade: int
    overdue: Decimal
    open: Decimal
    requirements: tuple[Requirement, ...]

    def seen(self) -> dict[str, str]:
        """Return it as approvers are shown it, label (N_) to text."""
        bought = word_list(f"{month:%Y-%m} {formatted(amount)}" for month, amount in self.months)
        return {
            N_("Months of trade"): str(self.months_of_trade),
            N_("Average a month"): formatted(self.average),
            N_("Bought"): bought,
            N_("Overdue"): formatted(self.overdue),
            N_("Open amount"): formatted(self.open),
        }


def evidence(desk: Desk, session: Session, who: Buyer) -> Evidence:
    """Compute a customer's evidence from the order history, as of today (CUS-7)."""
    who = in_arrears(session, who)
    today, policy = desk.today(), desk.policy.customers
    months = _months(session, who.id, rules.full_months(today, policy.key_months))
    first = _first(session, who.id)
    known = Record(first, tuple(amount for _month, amount in months), who.overdue, who.blocked)
    return Evidence(
        months=months,
        average=rules.average(known.months),
        months_of_trade=rules.months_of_trade(first, today),
        overdue=who.overdue,
        open=exposure(session, who),
        requirements=tuple(rules.requirements(known, policy, today)),
    )


def was_bought() -> ColumnElement[bool]:
    """Return the condition of a purchase: agreed, not called off, and its money not given back."""
    return ORDER.c.state.in_(BOUGHT) & (ORDER.c.paid != "refunded")


def _first(session: Session, customer_id: int) -> date | None:
    mine = (ORDER.c.customer_id == customer_id) & was_bought()
    return session.connection().execute(select(func.min(ORDER.c.business_date)).where(mine)).scalar()


def _months(
    session: Session, customer_id: int, spans: tuple[tuple[date, date], ...]
) -> tuple[tuple[date, Decimal], ...]:
    """Return the goods bought in each of the months; the fee for bringing them is no purchase."""
    year, month = extract("year", ORDER.c.business_date), extract("month", ORDER.c.business_date)
    mine = (ORDER.c.customer_id == customer_id) & was_bought()
    within = (ORDER.c.business_date >= spans[0][0]) & (ORDER.c.business_date < spans[-1][1])
    statement = select(year, month, func.sum(ORDER.c.goods)).where(mine & within).group_by(year, month)
    found = {(int(row[0]), int(row[1])): row[2] for row in session.connection().execute(statement)}
    return tuple((start, found.get((start.year, start.month), rules.NOTHING)) for start, _end in spans)

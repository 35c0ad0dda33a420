"""Reads of credit: how a customer stands, applications, reviews that are due, leads (CUS-7, CUS-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlmodel import Session

from ordersdesk.credit.evidence_queries import Evidence, evidence
from ordersdesk.credit.flow import CREDIT_FLOW
from ordersdesk.credit.tables import CreditApplication
from ordersdesk.customers.model.name_queries import named
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.model.rules import has_lapsed, overdue_in_force
from ordersdesk.customers.records.lead_actions import LEAD
from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_

APPLICATIONS: Store[CreditApplication] = Store(
    CREDIT_FLOW,
    CreditApplication,
    rule="CUS-7",
    mend=N_("The customer's page lists them."),
)
APPLICATION = APPLICATIONS.table


@dataclass(frozen=True)
class Credit:
    """How a customer stands: terms in force, limit, what is open and left, the next review, and the evidence."""

    number: str
    name: str
    size_class: str
    terms: str
    has_lapsed: bool
    credit_limit: Decimal
    credit_days: int
    review_on: date | None
    open: Decimal
    left: Decimal
    overdue: Decimal
    evidence: Evidence
    applications: tuple[CreditApplication, ...]


@dataclass(frozen=True)
class Due:
    """A monthly account whose review is due, or was never set (B5.11.4)."""

    number: str
    name: str
    sales_rep: str
    credit_limit: Decimal
    credit_days: int
    overdue: Decimal
    review_on: date | None
    lapses_on: date | None
    has_lapsed: bool


@dataclass(frozen=True)
class Lead:
    """A customer who asked for credit and shall be called by a sales rep (CUS-8)."""

    id: int
    number: str
    name: str
    sales_rep: str
    note: str
    at: datetime
    by: str
    outcome: str
    closed_by: str


def credit_of(desk: Desk, number: str) -> Credit:
    """Return how a customer stands today."""
    with desk.reading() as session:
        who = named(desk, session, number)
        found = evidence(desk, session, who)
        limit = who.credit_limit if who.terms == "account" else Decimal("0.00")
        return Credit(
            number=who.number, name=who.name, size_class=who.size_class, terms=who.terms, has_lapsed=who.has_lapsed,
            credit_limit=who.credit_limit, credit_days=who.credit_days, review_on=who.credit_review_on,
            open=found.open, left=max(limit - found.open, Decimal("0.00")), overdue=found.overdue, evidence=found,
            applications=tuple(applications(session, who.id)),
        )  # fmt: skip


def applications(session: Session, customer_id: int, *, state: str = "") -> list[CreditApplication]:
    """Return a customer's applications, newest first; those in one state when it is named."""
    wanted = [APPLICATION.c.customer_id == customer_id]
    if state:
        wanted.append(APPLICATION.c.state == state)
    return APPLICATIONS.find(session, *wanted, newest=True)


def reviews_due(desk: Desk, *, days_ahead: int = 0) -> list[Due]:
    """Return the monthly accounts to review by then, the longest due first; those never reviewed before all."""
    names = (
        "number", "name", "sales_rep", "credit_limit", "credit_days", "overdue", "opening_balance", "balance_due_on",
        "credit_review_on",
    )  # fmt: skip
    review_on = CUSTOMER.c.credit_review_on
    until = desk.today() + timedelta(days=days_ahead)
    chosen = (CUSTOMER.c.terms == "account") & CUSTOMER.c.merged_into.is_(None)
    statement = select(*(CUSTOMER.c[name] for name in names)).where(
        chosen, or_(review_on.is_(None), review_on <= until)
    )
    with desk.reading() as session:
        rows = session.connection().execute(statement).all()
    found = [_due(desk, *row) for row in rows]
    return sorted(found, key=lambda due: (due.review_on or date.min, due.number))


def _due(desk: Desk, *row: object) -> Due:
    number, name, rep, limit, days, overdue, balance, due_on, review_on = row
    today, grace = desk.today(), desk.policy.customers.credit_grace_days
    return Due(
        number, name, rep, limit, days,  # type: ignore[arg-type]
        overdue=overdue_in_force(overdue, balance, due_on, today),  # type: ignore[arg-type]
        review_on=review_on,  # type: ignore[arg-type]
        lapses_on=review_on + timedelta(days=grace + 1) if isinstance(review_on, date) else None,
        has_lapsed=has_lapsed("account", review_on, today, grace_days=grace),  # type: ignore[arg-type]
    )  # fmt: skip


def leads(desk: Desk, *, sales_rep: str = "", closed: bool = False, limit: int = 1000) -> list[Lead]:
    """Return who waits for a sales rep's call about credit, oldest first; one rep's, and the closed, when asked."""
    columns = (
        LEAD.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.sales_rep, LEAD.c.note, LEAD.c.at, LEAD.c.by,
        LEAD.c.outcome, LEAD.c.closed_by,
    )  # fmt: skip
    statement = select(*columns).join(CUSTOMER, CUSTOMER.c.id == LEAD.c.customer_id).where(LEAD.c.branch == desk.branch)
    if not closed:
        statement = statement.where(LEAD.c.closed_at.is_(None))
    if sales_rep:
        statement = statement.where(CUSTOMER.c.sales_rep == sales_rep)
    with desk.reading() as session:
        rows = session.connection().execute(statement.order_by(LEAD.c.id).limit(limit))
        return [Lead(*row) for row in rows]

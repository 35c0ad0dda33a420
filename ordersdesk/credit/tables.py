"""Applications for credit, and who asked for credit on the phone."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.columns import json, moment, money
from ordersdesk.foundation.documents import Document

_OPEN = text("closed_at IS NULL")


class CreditApplication(Document, table=True):
    """A limit and days a customer shall have, with the sales rep's report and what the books said that day (CUS-7)."""

    __tablename__ = "credit_application"
    __table_args__ = (
        Index("ux_credit_application_number", "branch", "number", unique=True),
        Index("ix_credit_application_customer", "customer_id", "state"),
        {"sqlite_autoincrement": True},
    )

    customer_id: int = Field(foreign_key="customer.id")
    customer_number: str
    customer_name: str
    purpose: str
    credit_limit: Decimal = money()
    credit_days: int
    limit_before: Decimal = money()
    report: str
    evidence: dict[str, str] = json()
    """What approvers are shown: label (N_) to text, as it stood when it was asked."""
    reason: str = ""


class CreditLead(SQLModel, table=True):
    """A customer who asked for credit before there is any: a sales rep calls (CUS-8)."""

    __tablename__ = "credit_lead"
    __table_args__ = (
        Index("ix_credit_lead_open", "branch", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_credit_lead_customer", "customer_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    branch: str
    customer_id: int = Field(foreign_key="customer.id")
    note: str = ""
    at: datetime = moment()
    by: str
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    outcome: str = ""

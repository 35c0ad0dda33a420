"""Applications for credit."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field

from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.store.columns import json, money


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

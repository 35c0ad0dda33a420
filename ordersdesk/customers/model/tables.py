"""Customers with their contacts, phones and addresses."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.searching.lookup import TERM_TABLE, TermRow
from ordersdesk.foundation.store.columns import moment, money, phrase

_ON_ACCOUNT = text("terms = 'account'")
_OPEN_LEAD = text("closed_at IS NULL")


class Customer(SQLModel, table=True):
    """Who buys: particulars, class and terms (CUS-1); the number is issued by the system and never reused."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ux_customer_source", "source", unique=True),
        Index("ix_customer_territory", "territory", "folded_name"),
        Index("ix_customer_folded", "folded_name"),
        Index("ix_customer_tax_id", "tax_id"),
        Index("ix_customer_agent", "agent"),
        Index("ix_customer_review", "credit_review_on", sqlite_where=_ON_ACCOUNT, postgresql_where=_ON_ACCOUNT),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    version: int = 1
    name: str
    folded_name: str = ""
    kind: str = "company"
    is_member: bool = False
    size_class: str = "small"
    grade: str = "B"
    territory: str = ""
    route: str = ""
    agent: str = ""
    sales_rep: str = ""
    language: str = ""
    terms: str = "cash"
    credit_limit: Decimal = money()
    credit_days: int = 0
    credit_review_on: date | None = None
    overdue: Decimal = money()
    opening_balance: Decimal = money()
    balance_due_on: date | None = None
    blocked: str = ""
    invoice_title: str = ""
    tax_id: str = ""
    invoice_address: str = ""
    bank: str = ""
    bank_account: str = ""
    note: str = phrase()
    source: str | None = None
    merged_into: int | None = None
    search_text: str = ""
    first_contact: str = ""  # what a list shows of a customer, kept here: three reads less for each of its rows
    first_phone: str = ""
    first_address: str = ""
    created_at: datetime = moment()
    created_by: str
    changed_at: datetime = moment()
    changed_by: str


class Contact(SQLModel, table=True):
    """A person who calls for a customer."""

    __tablename__ = "contact"
    # A customer's card, and what a list shows when it was found by another contact: read from the index alone.
    __table_args__ = (Index("ix_contact_customer", "customer_id", "id", "name"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    name: str
    department: str = ""
    email: str = ""
    fax: str = ""


class ContactPhone(SQLModel, table=True):
    """A number a customer is reached by: E.164 for comparing, what was typed beside it (CUS-3)."""

    __tablename__ = "contact_phone"
    __table_args__ = (
        Index("ix_contact_phone_e164", "e164"),
        Index("ix_contact_phone_customer", "customer_id", "id", "e164"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    e164: str
    extension: str = ""
    typed: str = ""


class Address(SQLModel, table=True):
    """Where goods go, with what the delivery promise needs to know (DLV-2, DLV-4)."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_customer", "customer_id", "id", "text"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    text: str
    district: str = ""
    route: str = ""
    distance_km: int | None = None
    region: str = ""  # the province, short; unknown ones are asked for before anything is promised (CUS-12)
    city: str = ""
    receiving_hours: str = ""


class CustomerTerm(TermRow, table=True):
    """What a customer is found by, sorted (CUS-2)."""

    __tablename__ = "customer_term"
    __table_args__ = (TERM_TABLE,)


class DuplicateAnswer(SQLModel, table=True):
    """What an agent answered when a new customer looked like a known one (CUS-4)."""

    __tablename__ = "duplicate_answer"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    other_id: int = Field(foreign_key="customer.id")
    why: str
    answer: str
    reason: str = ""
    at: datetime = moment()
    by: str


class CreditLead(SQLModel, table=True):
    """A customer who asked for credit before there is any: a sales rep calls (CUS-8)."""

    __tablename__ = "credit_lead"
    __table_args__ = (
        Index("ix_credit_lead_open", "branch", "id", sqlite_where=_OPEN_LEAD, postgresql_where=_OPEN_LEAD),
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

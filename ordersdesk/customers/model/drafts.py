"""What an agent or a file hands in about a customer, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A person who calls: a name, one or more phones in any spelling, and how else to reach them."""

    contact: str = ""
    phone: str = ""
    department: str = ""
    email: str = ""
    fax: str = ""


@dataclass(frozen=True, kw_only=True)
class NewAddress:
    """A place goods go to."""

    address: str = ""
    district: str = ""
    address_route: str = ""
    distance_km: int | None = None
    region: str = ""  # province; read from the address where its words say it (CUS-12)
    city: str = ""
    receiving_hours: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCustomer(NewContact, NewAddress):
    """A customer with one contact and one address; name, phone, address and territory are required (CUS-4)."""

    name: str = ""
    kind: str = "company"
    territory: str = ""
    route: str = ""
    agent: str = ""
    sales_rep: str = ""
    is_member: bool = False
    language: str = ""
    size_class: str = "small"
    grade: str = "B"
    terms: str = "cash"
    credit_limit: Decimal = Decimal("0.00")
    credit_days: int = 0
    credit_review_on: date | None = None
    opening_balance: Decimal = Decimal("0.00")
    balance_due_on: date | None = None
    invoice_title: str = ""
    tax_id: str = ""
    invoice_address: str = ""
    bank: str = ""
    bank_account: str = ""
    note: str = ""
    source: str | None = None  # key of the record in the file or system it comes from
    phone_as_note: bool = False  # keep what cannot be a phone as a note (CUS-3)


Draft = TypeVar("Draft", NewContact, NewAddress, NewCustomer)


def changed(draft: Draft, **values: Any) -> Draft:
    """Return a copy with other values, as `dataclasses.replace` does, which sets 35 fields one by one: 12 µs a row."""
    made = object.__new__(type(draft))
    object.__setattr__(made, "__dict__", {**vars(draft), **values})  # filled by `update` it would take twice the room
    return made


class Says(StrEnum):
    """What an agent says of a likely duplicate (CUS-4)."""

    THIS = "this"  # it is this customer: nothing new is made
    SAME_COMPANY = "same_company"  # same company, new contact: a shared switchboard is normal
    DIFFERENT = "different"  # another customer, for a reason that is kept


@dataclass(frozen=True)
class Answer:
    """The answer about one likely duplicate."""

    customer_id: int
    says: Says
    reason: str = ""


CONTACT_FIELDS = tuple(field.name for field in fields(NewContact))
ADDRESS_FIELDS = tuple(field.name for field in fields(NewAddress))

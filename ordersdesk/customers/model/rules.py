"""What a customer must have, what two names have in common, and what lists may show (CUS, USR-5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from ordersdesk.customers.model.drafts import Draft, NewAddress, NewContact, NewCustomer, changed
from ordersdesk.foundation.phones.phones import Phone, PhonePlan, parse_many
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.searching.terms import folded
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NAME, NOTE, are_clean, clean


class Why(StrEnum):
    """What a customer was found by, strongest first; one letter, since a million customers have fifty million terms."""

    NUMBER = "#"
    PHONE = "p"
    NAME = "n"
    CONTACT = "c"
    ADDRESS = "a"


WHY_LABELS: dict[str, str] = {
    Why.NUMBER: N_("number"),
    Why.PHONE: N_("phone"),
    Why.NAME: N_("name"),
    Why.CONTACT: N_("contact"),
    Why.ADDRESS: N_("address"),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": ("company", "person"),
    "size_class": ("small", "key"),
    "grade": ("A", "B", "C"),
    "terms": ("cash", "prepaid", "account"),
}
REQUIRED: dict[str, str] = {
    "name": N_("name"),
    "phone": N_("phone"),
    "address": N_("address"),
    "territory": N_("territory"),
}
# What can be completed later (CUS-4), in the order it is asked for.
WANTED: dict[str, str] = {
    **REQUIRED,
    "region": N_("province"),
    "contact": N_("contact"),
    "distance_km": N_("distance"),
    "route": N_("delivery route"),
    "agent": N_("agent"),
    "sales_rep": N_("sales rep"),
    "invoice_title": N_("invoice title"),
    "tax_id": N_("tax id"),
}
# Credit and class are given by review, not by typing them (CUS-6, CUS-7).
MANAGED = (
    "size_class", "grade", "terms", "credit_limit", "credit_days", "credit_review_on", "opening_balance",
    "balance_due_on",
)  # fmt: skip
CREDIT = ("credit_limit", "credit_days", "credit_review_on")
MANAGERS = (Role.MANAGER, Role.FINANCE, Role.BRANCH_GM)
EDITABLE = frozenset(field.name for field in fields(NewCustomer)) - {
    *(field.name for field in (*fields(NewContact), *fields(NewAddress))), "source", "phone_as_note",
}  # fmt: skip
_LONGEST = {"note": NOTE, "address": 500, "invoice_address": 500, "source": 500, "phone": 200}
_LEGAL = re.compile(
    r"(?:股份|责任|集团|有限|总|分|公司|厂|商店|经营部|门市部)+$"
    r"|\b(?:co|inc|ltd|llc|plc|limited|company|corp|corporation|gmbh|ag|sa|bv|pte|pty)\b"
)


def cleaned(draft: Draft) -> Draft:
    """Return the draft with every text trimmed and kept whole, or refused (FIL-3, CUS-1) naming the field."""
    values = vars(draft)
    texts = [value for value in values.values() if value.__class__ is str and value]
    if are_clean(texts) and all(values.get(name) in ("", None, *known) for name, known in CHOICES.items()):
        return draft
    kept = {name: clean for name, value in values.items() if (clean := checked(name, value)) != value}
    return changed(draft, **kept) if kept else draft


def checked(name: str, value: Any) -> Any:
    """Return one value as it may be stored; refused when it cannot be."""
    if not isinstance(value, str) or not value:
        return value
    text = clean(value, field=name, longest=_LONGEST.get(name, NAME), lines=name == "note")
    if name in CHOICES and text not in CHOICES[name]:
        raise Refused(
            "CUS-1",
            _("“{value}” is not known here.").format(value=text),
            mend=_("Choose one of: {choices}.").format(choices=word_list(CHOICES[name])),
            field=name,
        )
    return text


def phones_of(draft: NewContact, plan: PhonePlan) -> tuple[Phone, ...]:
    """Return the phones of a draft; refused (CUS-3) when one cannot be a phone."""
    return tuple(dict.fromkeys(parse_many(draft.phone, plan))) if draft.phone.strip() else ()


def old_number(source: str | None) -> str:
    """Return the number a customer had in the system it came from: `oldshop:K17` was K17; not every file gives one."""
    number = (source or "").partition(":")[2]
    return "" if "|" in number else number


def missing(draft: NewCustomer) -> list[str]:
    """Name the required fields that are empty (CUS-4): screens mark them, the cursor goes to the first."""
    return [name for name in REQUIRED if not str(getattr(draft, name)).strip()]


def require(draft: NewCustomer) -> None:
    """Refuse (CUS-4) a customer without name, phone, address or territory."""
    empty = missing(draft)
    if empty:
        raise Refused(
            "CUS-4",
            _("Missing: {fields}.").format(fields=word_list(_(REQUIRED[name]) for name in empty)),
            mend=_("Ask the caller; the rest can be completed later."),
            field=empty[0],
        )


def incomplete(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what is still to complete (CUS-4); a person needs no invoice particulars."""
    person = values.get("kind") == "person"
    skipped = {"invoice_title", "tax_id"} if person else set[str]()
    return tuple(name for name in WANTED if name not in skipped and values.get(name) in (None, ""))


def has_lapsed(terms: str, review_on: date | None, today: date, *, grace_days: int) -> bool:
    """Whether a monthly account is prepaid only: its review is missed for longer than the days of grace (CUS-7)."""
    return terms == "account" and review_on is not None and today > review_on + timedelta(days=grace_days)


def overdue_in_force(overdue: Decimal, balance: Decimal, due_on: date | None, today: date) -> Decimal:
    """Return what is overdue: what was noted, or the balance brought in once its day has passed (CUS-9)."""
    return max(overdue, balance) if due_on is not None and today > due_on else overdue


def refuse_credit(changes: Iterable[str], *, terms: tuple[str, ...]) -> None:
    """Refuse (CUS-7) to type in or away what only an application or a review gives: four people answer for credit."""
    typed = [name for name in changes if name in CREDIT or (name == "terms" and "account" in terms)]
    if typed:
        raise Refused(
            "CUS-7",
            _("A monthly account comes from an application, its limit from there or from a review."),
            mend=_("`ordersdesk customers credit apply` or `review`, or C on the customer's page."),
            field=typed[0],
        )


def core(name: str) -> str:
    """Return what tells a name from others: without legal form, punctuation and spaces."""
    plain = folded(name)
    words = plain if plain.isalnum() else "".join(char if char.isalnum() else " " for char in plain).strip()
    bare = _LEGAL.sub("", words)
    return "".join(bare.split()) or plain


def alike(one: str, other: str) -> int:
    """Return in percent how much two names have in common, legal forms aside (CUS-4)."""
    first, second = core(one), core(other)
    if first == second:
        return 100
    return round(100 * SequenceMatcher(None, first, second, autojunk=False).ratio())


def masked_address(text: str) -> str:
    """Return an address as lists show it: where about, not which door (USR-5)."""
    return f"{text[: min(6, len(text) // 2)]}****" if text else ""

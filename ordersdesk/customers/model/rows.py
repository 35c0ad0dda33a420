"""The rows a customer is stored as, for one saved by hand and for fifty thousand from a file alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ordersdesk.customers.model import rules
from ordersdesk.customers.model.drafts import NewAddress, NewContact, NewCustomer, changed
from ordersdesk.customers.model.indexing import Keys
from ordersdesk.customers.model.place_rules import placed
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.phones import Phone, parse_each
from ordersdesk.foundation.searching.terms import folded
from ordersdesk.foundation.texts.language import _, line_list


@dataclass(frozen=True)
class Prepared:
    """A new customer that was checked, with its phones read."""

    new: NewCustomer
    phones: tuple[Phone, ...]

    def keys(self, number: str) -> Keys:
        """Return what it will be found by."""
        return Keys(
            numbers=tuple(filter(None, (number, rules.old_number(self.new.source)))),
            name=self.new.name,
            is_person=self.new.kind == "person",
            contacts=(self.new.contact,) if self.new.contact else (),
            e164s=tuple(dict.fromkeys(phone.e164 for phone in self.phones)),
            addresses=(self.new.address,) if self.new.address else (),
        )


def prepared(desk: Desk, new: NewCustomer) -> Prepared:
    """Check a new customer; a phone that cannot be one is refused (CUS-3), or kept as a note when asked."""
    new = placed(rules.cleaned(new), desk.policy)
    phones, wrong = parse_each(new.phone, desk.policy.phones) if new.phone else ([], [])
    if wrong and not new.phone_as_note:
        raise wrong[0]
    if wrong:
        new = changed(new, note=line_list((new.note, _("Phone: {phone}").format(phone=new.phone))))
    return Prepared(new, tuple(dict.fromkeys(phones)))


def customer_row(desk: Desk, made: Prepared, keys: Keys, now: datetime) -> dict[str, Any]:
    """Return the row of the customer itself; its own number stands first in the keys."""
    new = made.new
    values = vars(new)
    row = {name: values[name] for name in rules.EDITABLE}
    return row | {
        "number": keys.numbers[0],
        "version": 1,
        "folded_name": folded(new.name),
        "search_text": keys.text(desk.policy),
        "first_contact": new.contact,
        "first_phone": made.phones[0].e164 if made.phones else "",
        "first_address": new.address,
        "overdue": 0,
        "blocked": "",
        "source": new.source or None,
        "merged_into": None,
        "created_at": now,
        "created_by": desk.user.login,
        "changed_at": now,
        "changed_by": desk.user.login,
    }


def contact_row(customer_id: int, new: NewContact) -> dict[str, Any]:
    """Return the row of a contact."""
    return {
        "customer_id": customer_id,
        "name": new.contact,
        "department": new.department,
        "email": new.email,
        "fax": new.fax,
    }


def phone_rows(customer_id: int, contact_id: int | None, phones: Iterable[Phone]) -> list[dict[str, Any]]:
    """Return the rows of a contact's phones."""
    return [
        {
            "customer_id": customer_id,
            "contact_id": contact_id,
            "e164": phone.e164,
            "extension": phone.extension,
            "typed": phone.typed,
        }
        for phone in phones
    ]


def address_row(customer_id: int, new: NewAddress) -> dict[str, Any]:
    """Return the row of an address."""
    return {
        "customer_id": customer_id,
        "text": new.address,
        "district": new.district,
        "route": new.address_route,
        "distance_km": new.distance_km,
        "region": new.region,
        "city": new.city,
        "receiving_hours": new.receiving_hours,
    }


def has_contact(new: NewContact, phones: Iterable[Phone]) -> bool:
    """Whether there is anything to say about a contact."""
    return any((new.contact, new.department, new.email, new.fax, *phones))

"""Where contact, phones and address of a known customer are not what a file says of them (FIL-1, CUS-3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.customers.model.place_rules import bare
from ordersdesk.foundation.phones.phones import Phone
from ordersdesk.foundation.texts.language import word_list

CONTACT_PARTS = ("department", "email", "fax")
ADDRESS_PARTS = ("district", "distance_km", "region", "city", "receiving_hours")
PARTS = frozenset({"contact", "phone", "phone2", "address", *CONTACT_PARTS, *ADDRESS_PARTS})
Pairs = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class HeldContact:
    """A contact as it is stored."""

    id: int
    name: str
    department: str
    email: str
    fax: str


@dataclass(frozen=True)
class HeldAddress:
    """An address as it is stored."""

    id: int
    text: str
    district: str
    distance_km: int | None
    region: str
    city: str
    receiving_hours: str


@dataclass(frozen=True)
class Held:
    """What a customer's card holds beside its own fields, the oldest first."""

    contacts: tuple[HeldContact, ...] = ()
    e164s: tuple[str, ...] = ()
    addresses: tuple[HeldAddress, ...] = ()

    def contact(self, name: str) -> HeldContact | None:
        """Return the contact of this name; who is not named is the first one."""
        return next((each for each in self.contacts if each.name == name or not name), None)

    def address(self, text: str) -> HeldAddress | None:
        """Return the address of this text, however it is spaced."""
        return next((each for each in self.addresses if bare(each.text) == bare(text)), None)


@dataclass(frozen=True)
class Said:
    """What a file says of them: checked, and which of our fields its row fills."""

    contact: NewContact
    address: NewAddress
    phones: tuple[Phone, ...]
    said: Collection[str]

    def new_phones(self, held: Held) -> tuple[Phone, ...]:
        """Return the phones the card lacks."""
        return tuple(phone for phone in self.phones if phone.e164 not in held.e164s)


def differences(held: Held, told: Said) -> Pairs:
    """Return by field what the card holds and what the file says; what it leaves out stays."""
    return dict(_of_contact(held, told)) | dict(_of_address(held, told))


def _of_contact(held: Held, told: Said) -> Iterator[tuple[str, tuple[str, str]]]:
    name = told.contact.contact
    known = held.contact(name)
    if name and known is None:
        yield "contact", (word_list(each.name for each in held.contacts), name)
    yield from _unlike(known, told.contact, [part for part in CONTACT_PARTS if part in told.said])
    if new := told.new_phones(held):
        yield "phone", (word_list(held.e164s), word_list(phone.e164 for phone in new))


def _of_address(held: Held, told: Said) -> Iterator[tuple[str, tuple[str, str]]]:
    text = told.address.address
    known = held.address(text)
    if text and known is None:
        yield "address", (" / ".join(each.text for each in held.addresses), text)
    if known is not None:
        # A region nobody knew is learnt, also from the words of the address.
        learnt = {"region", "city"} if not known.region else set[str]()
        yield from _unlike(known, told.address, [part for part in ADDRESS_PARTS if part in {*told.said, *learnt}])


def _unlike(held: object, told: object, names: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name in names:
        before: Any = getattr(held, name, "")
        after: Any = getattr(told, name)
        if after not in ("", None) and after != before:
            yield name, ("" if before is None else str(before), str(after))

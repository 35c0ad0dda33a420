"""What can be changed about a customer, as forms: particulars, contacts, addresses, the block."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ordersdesk.customers.finding.card_queries import Card, CardAddress, CardContact
from ordersdesk.customers.model import name_queries
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.customers.records import actions, contact_actions
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.places import regions
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.texts.language import LANGUAGES, N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.review.standing_actions import merge, unblock
from ordersdesk.orders.terms.receiving_hours import receiving_hours
from screens.customer.changing import Change
from screens.customer.page import KINDS
from screens.forms.form_field import Choice, FormField, Kind

MEMBERS = (Choice("yes", N_("yes")), Choice("no", N_("no")))
SURE = (Choice("yes", N_("yes, it is the same customer")),)
SPEAKS = (*(Choice(code, name) for code, name in LANGUAGES.items()),)
PARTICULARS = (
    FormField("name", N_("Name"), required=True, rule="CUS-4"),
    FormField("kind", N_("Kind"), kind=Kind.CHOICE, choices=[Choice(*pair) for pair in KINDS.items()], rule="CUS-1"),
    FormField("territory", N_("Territory"), required=True, rule="CUS-4"),
    FormField("route", N_("Route")),
    FormField("agent", N_("Agent")),
    FormField("sales_rep", N_("Sales rep")),
    FormField("is_member", N_("Member"), kind=Kind.CHOICE, choices=MEMBERS, rule="CUS-1"),
    FormField("language", N_("Speaks"), kind=Kind.CHOICE, choices=SPEAKS, rule="CUS-1"),
    FormField("invoice_title", N_("Invoice title")),
    FormField("tax_id", N_("Tax id")),
    FormField("invoice_address", N_("Invoice address"), help=N_("Address and phone as they stand on the invoice.")),
    FormField("bank", N_("Bank")),
    FormField("bank_account", N_("Bank account")),
    FormField("note", N_("Note"), kind=Kind.NOTE),
)
CONTACT = (
    FormField("contact", N_("Contact")),
    FormField("phone", N_("Phone"), help=N_("Several are separated by a comma or a stroke.")),
    FormField("department", N_("Department")),
    FormField("email", N_("E-mail")),
    FormField("fax", N_("Fax")),
)


def _kilometres(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused("CUS-1", _("That is no distance."), mend=_("Type whole kilometres."), field="distance_km")
    return _("{distance} km").format(distance=int(text))


def _hours(text: str) -> str:
    receiving_hours(text)
    return ""


ADDRESS = (
    FormField("address", N_("Address"), required=True, rule="CUS-1"),
    FormField("district", N_("District")),
    FormField("region", N_("Province"), help=N_("And the city: 江苏 苏州. Empty where the address says it.")),
    FormField("address_route", N_("Route")),
    FormField("distance_km", N_("Distance"), kind=Kind.NUMBER, check=_kilometres),
    FormField(
        "receiving_hours", N_("Receives"), check=_hours, help=N_("When goods are taken in: 09:00-11:30, 13:00-16:00")
    ),
)


def particulars(desk: Desk, one: Card) -> Change:
    """Edit what stands on the card itself; only what was changed is written."""
    before = {spec.key: _text(getattr(one, spec.key)) for spec in PARTICULARS}

    def save(values: Mapping[str, str]) -> None:
        changed = {name: value for name, value in values.items() if value != before[name]}
        typed = {name: value == "yes" if name == "is_member" else value for name, value in changed.items()}
        actions.edit(desk, one.id, version=one.version, changes=typed)

    return Change(N_("Edit"), one.name, PARTICULARS, save, before, key=f"customer {one.id}")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def contact(desk: Desk, one: Card, known: CardContact | None = None) -> Change:
    """Add a contact, or edit one with all its phones."""

    def save(values: Mapping[str, str]) -> None:
        new = NewContact(**values)
        if known is None:
            contact_actions.add_contact(desk, one.id, new, version=one.version)
        else:
            contact_actions.edit_contact(desk, known.id, new, version=one.version)

    if known is None:
        return Change(N_("New contact"), one.name, CONTACT, save, key=f"customer {one.id} contact")
    numbers = ", ".join(phone.typed or phone.e164 for phone in known.phones)
    values = {"contact": known.name, "phone": numbers, "department": known.department, "email": known.email}
    return Change(N_("Contact"), one.name, CONTACT, save, values | {"fax": known.fax}, key=f"contact {known.id}")


def address(desk: Desk, one: Card, known: CardAddress | None = None) -> Change:
    """Add an address, or edit one."""

    def save(values: Mapping[str, str]) -> None:
        distance = int(values["distance_km"]) if values["distance_km"] else None
        new = NewAddress(**{**values, "distance_km": distance})  # type: ignore[arg-type]
        if known is None:
            contact_actions.add_address(desk, one.id, new, version=one.version)
        else:
            contact_actions.edit_address(desk, known.id, new, version=one.version)

    if known is None:
        return Change(N_("New address"), one.name, ADDRESS, save, key=f"customer {one.id} address")
    values = {
        "address": known.text, "district": known.district, "region": _where(known), "address_route": known.route,
        "distance_km": _text(known.distance_km), "receiving_hours": known.receiving_hours,
    }  # fmt: skip
    return Change(N_("Address"), one.name, ADDRESS, save, values, key=f"address {known.id}")


def _where(known: CardAddress) -> str:
    """Return the region in the form's field only where the address does not say it: another address has another."""
    region = Region(known.region, known.city)
    said = regions.read(known.text)
    return "" if said and said.province == region.province else str(region)


def block(desk: Desk, one: Card) -> Change:
    """Refuse this customer's orders, or lift that (CUS-11)."""
    if one.blocked:
        lift = FormField("note", N_("Why lifted?"), kind=Kind.NOTE)
        save = partial(_with, lambda note: unblock(desk, one.id, note=note), "note")
        return Change(N_("Lift the block"), one.name, [lift], save)
    reason = FormField("reason", N_("Why blocked?"), required=True, rule="CUS-11")
    save = partial(_with, lambda why: actions.block(desk, one.id, reason=why), "reason")
    return Change(N_("Block"), one.name, [reason], save)


def merging(desk: Desk, one: Card) -> Change:
    """Take a second record of this customer into this one (CUS-5): whose it is stands beside its number."""

    def whose(text: str) -> str:
        other = name_queries.known(desk, text)
        where = other.places[0].text if other.places else ""
        return " · ".join(filter(None, (other.name, other.territory, where)))

    def save(values: Mapping[str, str]) -> None:
        merge(desk, kept_id=one.id, merged_id=name_queries.known(desk, values["number"]).id)

    fields = (
        FormField("number", N_("Second record"), required=True, check=whose, rule="CUS-5",
                  help=N_("Its number: orders, contacts and addresses come here, and it still finds this customer.")),
        FormField("sure", N_("Merge?"), required=True, kind=Kind.CHOICE, choices=SURE, rule="CUS-5",
                  help=N_("It cannot be undone.")),
    )  # fmt: skip
    return Change(N_("Merge"), f"{one.number} {one.name}", fields, save)


def _with(act: object, name: str, values: Mapping[str, str]) -> None:
    assert callable(act)
    act(values[name])

"""The verbs about contacts and addresses of a known customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Table, delete, insert, select, update
from sqlmodel import Session

from ordersdesk.customers.model import rules
from ordersdesk.customers.model.changing import KIND, change, inserted, told
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.customers.model.place_rules import placed, require
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, PHONE
from ordersdesk.customers.model.rows import address_row, contact_row, has_contact, phone_rows
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import _, labelled
from ordersdesk.foundation.texts.refusals import Refused

Part = TypeVar("Part", NewContact, NewAddress)


@action
def add_contact(desk: Desk, session: Session, customer_id: int, new: NewContact, *, version: int | None = None) -> None:
    """Add a person with phones to a known customer."""
    add_contact_within(desk, session, customer_id, new, version=version)


def add_contact_within(
    desk: Desk, session: Session, customer_id: int, new: NewContact, *, version: int | None = None
) -> None:
    """Do the same inside the caller's transaction."""
    desk.needs(*DESK_ROLES, doing=_("add a contact"))
    kept = rules.cleaned(_part(NewContact, new))
    phones = rules.phones_of(kept, desk.policy.phones)
    if not has_contact(kept, phones):
        raise Refused(
            "CUS-1", _("The contact has neither name nor phone."), mend=_("Type one of them."), field="contact"
        )

    def work(_row: Any) -> Mapping[str, Any]:
        contact_id = inserted(session, CONTACT, contact_row(customer_id, kept))
        if phones:
            session.connection().execute(insert(PHONE), phone_rows(customer_id, contact_id, phones))
        return {"contact": kept.contact, "phone": kept.phone}

    change(desk, session, customer_id, work, verb="contact added", version=version)


@action
def add_address(desk: Desk, session: Session, customer_id: int, new: NewAddress, *, version: int | None = None) -> None:
    """Add a delivery address to a known customer."""
    desk.needs(*DESK_ROLES, doing=_("add an address"))
    add_address_within(desk, session, customer_id, new, version=version)


def add_address_within(
    desk: Desk, session: Session, customer_id: int, new: NewAddress, *, version: int | None = None
) -> None:
    kept = _address(desk, new)

    def work(_row: Any) -> Mapping[str, Any]:
        inserted(session, ADDRESS, address_row(customer_id, kept))
        return {"address": kept.address}

    change(desk, session, customer_id, work, verb="address added", version=version)


def _part(kind: type[Part], new: Part) -> Part:
    """Take what is the contact's or the address's out of a whole new customer."""
    return kind(**{field.name: getattr(new, field.name) for field in fields(kind)})


@action
def edit_contact(desk: Desk, session: Session, contact_id: int, new: NewContact, *, version: int) -> None:
    """Replace a contact and its phones by what is typed now."""
    desk.needs(*DESK_ROLES, doing=_("edit a contact"))
    kept = rules.cleaned(_part(NewContact, new))
    phones = rules.phones_of(kept, desk.policy.phones)
    customer_id = _owner(session, CONTACT, contact_id)

    def work(_row: Any) -> Mapping[str, Any]:
        own = contact_row(customer_id, kept)
        session.connection().execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(**own))
        session.connection().execute(delete(PHONE).where(PHONE.c.contact_id == contact_id))
        if phones:
            session.connection().execute(insert(PHONE), phone_rows(customer_id, contact_id, phones))
        return {"contact": kept.contact, "phone": kept.phone}

    change(desk, session, customer_id, work, verb="contact edited", version=version)


@action
def edit_address(desk: Desk, session: Session, address_id: int, new: NewAddress, *, version: int) -> None:
    """Replace an address by what is typed now; documents keep the address they were made with."""
    desk.needs(*DESK_ROLES, doing=_("edit an address"))
    customer_id = _owner(session, ADDRESS, address_id)
    kept = _address(desk, new)

    def work(_row: Any) -> Mapping[str, Any]:
        own = address_row(customer_id, kept)
        session.connection().execute(update(ADDRESS).where(ADDRESS.c.id == address_id).values(**own))
        return {"address": kept.address, "distance_km": told(kept.distance_km)}

    change(desk, session, customer_id, work, verb="address edited", version=version)


def learn_region_within(desk: Desk, session: Session, customer_id: int, address: str, region: Region) -> None:
    """Write down where a known address is, once somebody has asked (CUS-12); joins the caller's transaction."""
    same = (ADDRESS.c.customer_id == customer_id) & (ADDRESS.c.text == address) & (ADDRESS.c.region == "")
    values = {"region": region.province, "city": region.city}
    written = session.connection().execute(update(ADDRESS).where(same).values(**values))
    if cast("CursorResult[Any]", written).rowcount:
        record(desk, session, KIND, customer_id, "address placed", rule="CUS-12", note=labelled(address, region))


def _address(desk: Desk, new: NewAddress) -> NewAddress:
    """Return an address as it is kept; refused when it is empty, or nobody knows where it is (CUS-12)."""
    kept = placed(rules.cleaned(_part(NewAddress, new)), desk.policy)
    if not kept.address:
        raise Refused("CUS-1", _("The address is empty."), mend=_("Type the address."), field="address")
    require(kept.address, Region(kept.region, kept.city), desk.policy)
    return kept


def _owner(session: Session, table: Table, row_id: int) -> int:
    found = session.connection().execute(select(table.c.customer_id).where(table.c.id == row_id)).scalar()
    if found is None:
        raise Refused("CUS-1", _("It is no longer there."), mend=_("Look the customer up again."))
    return int(found)

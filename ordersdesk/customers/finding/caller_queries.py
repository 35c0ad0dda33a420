"""The customer on the line: who it is, whom to ask for, where goods go (CAL-3)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.customers.model.queries import CONTACT, PHONE, Buyer, buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.phones.numbering_plans import PhonePlan


@dataclass(frozen=True)
class Reach:
    """A contact and a number to reach them; the number in full, since the call is being worked on (USR-5)."""

    contact: str
    phone: str
    e164: str


@dataclass(frozen=True)
class Caller:
    """Everything the intake starts with."""

    buyer: Buyer
    reaches: tuple[Reach, ...]

    @property
    def reach(self) -> Reach:
        """Return whom to ask for: who called, else the first contact."""
        return self.reaches[0] if self.reaches else Reach("", "", "")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return where goods may go, the usual place first."""
        return tuple(place.text for place in self.buyer.places)


def caller(desk: Desk, number: str, *, presented: str = "") -> Caller | None:
    """Return the customer with this number, the contact who holds the presented phone first."""
    rings = phones.presented(presented, desk.policy.phones)
    with desk.reading() as session:
        who = buyer(desk, session, number)
        if who is None:
            return None
        found = _reaches(session, who.id, desk.policy.phones)
    found.sort(key=lambda reach: rings is None or reach.e164 != rings.e164)
    return Caller(who, tuple(found))


def _reaches(session: Session, customer_id: int, plan: PhonePlan) -> list[Reach]:
    named = select(CONTACT.c.id, CONTACT.c.name).where(CONTACT.c.customer_id == customer_id).order_by(CONTACT.c.id)
    numbers = select(PHONE.c.contact_id, PHONE.c.e164, PHONE.c.extension).where(PHONE.c.customer_id == customer_id)
    connection = session.connection()
    phones_of: dict[int | None, list[tuple[str, str]]] = {}
    for contact_id, e164, extension in connection.execute(numbers.order_by(PHONE.c.id)):
        phones_of.setdefault(contact_id, []).append((phone_writing.printed(e164, extension, plan=plan), e164))
    reaches = [
        Reach(name, *reached)
        for contact_id, name in connection.execute(named)
        for reached in phones_of.pop(contact_id, [("", "")])
    ]
    return reaches + [Reach("", *reached) for left in phones_of.values() for reached in left]

"""Before a first delivery leaves, address, phone and receiver are confirmed with the customer again (CUS-14)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import held, held_slip
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.routes.confirming_queries import unconfirmed
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean


@action
def confirm(desk: Desk, session: Session, number: str, *, note: str = "") -> str:
    """Note that the customer was called and said the same address, phone and receiver; returns the slip's number."""
    return confirm_within(desk, session, number, note)


@action
def confirm_all(desk: Desk, session: Session, numbers: Iterable[str], *, note: str = "") -> list[str]:
    """Do the same for many slips: all of them or none."""
    return [confirm_within(desk, session, number, note) for number in sorted(set(numbers))]


def confirm_within(desk: Desk, session: Session, number: str, note: str) -> str:
    """Do it in the caller's transaction."""
    slip = held_slip(desk, session, number, lock=True).head
    said = clean(note, field="note", longest=NOTE)
    details = {"contact": slip.contact, "phone": slip.phone, "address": slip.address}
    changes = {"confirmed_at": desk.now()}
    advance(
        desk, session, SLIP_FLOW, Slip, held(slip), "confirm_receiver", changes=changes, note=said, details=details
    )  # fmt: skip
    return slip.number


def refuse_unconfirmed(desk: Desk, session: Session, slip_ids: Iterable[int]) -> None:
    """Refuse (CUS-14) to let first deliveries leave about which nobody has asked again."""
    first = unconfirmed(desk, session, list(slip_ids))
    if first:
        raise Refused(
            "CUS-14",
            _("A first delivery, and nobody has confirmed address, phone and receiver again: {slips}.").format(
                slips=word_list(one.number for one in first)
            ),
            mend=_("Call the customer and note it (N on the slip, `ordersdesk slips confirm`), or take it off."),
            field="number",
        )

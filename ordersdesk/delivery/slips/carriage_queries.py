"""The ways a slip's goods could go to another region, the one to take first, and why others will not do (DLV-6)."""

from __future__ import annotations

from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.slips.carriage_rules import Offer, chosen, offers
from ordersdesk.delivery.slips.creation_actions import days_left
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def ways_of(desk: Desk, number: str) -> list[Offer]:
    """Return every way of carriage for a slip; refused (DLV-6) for one that our own vans take."""
    slip = by_number(desk, number).head
    size, left = (slip.weight_g, slip.volume_cm3), days_left(desk, slip.leaves_on, slip.promised_on)
    if chosen(*size, slip.region, left, desk.policy) is None:
        raise Refused(
            "DLV-6",
            _("{number} goes with our own vans.").format(number=slip.number),
            mend=_("Put it on its route's sheet: `ordersdesk routes make --wave {wave}`.").format(wave=slip.wave),
            field="number",
        )
    return offers(*size, slip.region, left, desk.policy)

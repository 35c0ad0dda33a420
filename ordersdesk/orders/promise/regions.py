"""Regions our own vans serve, and the working days a carrier needs to the others (DLV-2); unknown ones are neither."""

from __future__ import annotations

from dataclasses import replace

from ordersdesk.customers.model.place_rules import by_territory, is_asked, unknown, where
from ordersdesk.customers.model.queries import Buyer, Place
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.terms.draft import Draft


def place_of(draft: Draft, buyer: Buyer, policy: Policy) -> Place:
    """Return where a draft's goods go, with its region by the address's words, the draft, or the customer's card.

    Refused (CUS-12) when what is said is another region than the address names.
    """
    place = buyer.place(draft.address)
    said = (draft.region, draft.city) if draft.region or draft.city else (place.region, place.city)
    found = where(draft.address, policy, region=said[0], city=said[1])
    if not found.province:
        found = by_territory(draft.address, buyer.territory, policy)
    placed = replace(place, region=found.province, city=found.city)
    if not buyer.knows(draft.address) and not is_ours(region_of(placed), policy):
        return replace(placed, route="")  # no van of the customer's own route goes there
    return placed if placed.route else replace(placed, route=_usual_route(buyer, policy))


def region_known(draft: Draft, buyer: Buyer, policy: Policy) -> str:
    """Return the region of a draft's goods, empty also while what is said of it contradicts the address's words."""
    try:
        return region_of(place_of(draft, buyer, policy))
    except Refused:  # whoever promises anything says what is wrong with it
        return ""


def _usual_route(buyer: Buyer, policy: Policy) -> str:
    """Return the route of the customer, else of their territory: goods without one wait for no van."""
    return buyer.route or policy.customers.territories.get(buyer.territory, "")


def region_of(place: Place) -> str:
    """Return province and city as an order keeps them: `江苏 苏州市`, `上海`; empty when nobody knows."""
    return str(Region(place.region, place.city))


def is_ours(region: str, policy: Policy) -> bool:
    """Tell whether our own vans serve a region; one nobody knows is never ours (CUS-12)."""
    return days_to(region, policy) == 0


def days_to(region: str, policy: Policy) -> int | None:
    """Return the carrier's working days to a region, nought where our own vans go, nothing when nobody knows."""
    delivery = policy.delivery
    if region and any(region.startswith(own) for own in delivery.own_regions):
        return 0
    # The table says 江苏, an address 江苏 苏州市; the longest name wins so that no region hides in another's.
    known = [name for name in delivery.region_days if region.startswith(name)]
    if known:
        return delivery.region_days[max(known, key=len)]
    return None if is_asked(policy) else 0


def carrier_days(region: str, policy: Policy, *, address: str = "") -> int:
    """Return the same days; an unknown region (CUS-12) and one no carrier goes to (DLV-2) are refused."""
    days = days_to(region, policy)
    if days is not None:
        return days
    if not region:
        raise unknown(address)
    raise Refused(
        "DLV-2",
        _("No carrier's days are known for {region}.").format(region=region[:40]),
        mend=_("Choose another region, or add it to the policy (delivery.region_days)."),
        field="region",
    )

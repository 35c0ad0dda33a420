"""Ways of carriage to other regions, chosen by weight, volume and time with a price (DLV-6).

What a carrier charges costs the house: what was agreed with the customer on the phone stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.slip_settings import Way
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.promise.regions import carrier_days, is_ours

GRAMS = 1000  # of a kilogram


@dataclass(frozen=True)
class Offer:
    """One way of carriage for some goods: what it charges for, how long it takes, and why it will not do."""

    carrier: str
    way: str
    kg: int
    days: int
    price: Decimal
    serves: bool = True
    in_time: bool = True
    why_not: str = ""
    warning: str = ""


def chargeable_kg(weight_g: int, volume_cm3: int, divisor: int) -> int:
    """Return the kilograms a carrier charges: the heavier of weight and volume weight, rounded up, at least one."""
    heavier = max(Decimal(weight_g) / GRAMS, Decimal(volume_cm3) / divisor)
    return max(1, int(heavier.to_integral_value(ROUND_CEILING)))


def price_of(way: Way, kg: int) -> Decimal:
    """Return what a way costs: the first kilograms at one price, each further one at another."""
    return rounded(way.first_price + way.next_price * max(0, kg - way.first_kg))


def days_to(region: str, policy: Policy) -> int:
    """Return the working days to a region; one the policy no longer knows is taken to be as far as any."""
    try:
        return carrier_days(region, policy)
    except Refused:
        return max(policy.delivery.region_days.values(), default=1)


def offers(weight_g: int, volume_cm3: int, region: str, days_left: int, policy: Policy) -> list[Offer]:
    """Return every way there is, the one to take first: in time by price, then late ones by days, then the rest."""
    usual = days_to(region, policy)
    found = [_offer(way, (weight_g, volume_cm3), region, (usual, days_left)) for way in policy.carriage.ways]
    return sorted(found, key=_rank)


def _rank(offer: Offer) -> tuple[object, ...]:
    by_price, by_days = (offer.price, offer.days), (offer.days, offer.price)
    return not offer.serves, not offer.in_time, by_price if offer.in_time else by_days


def _offer(way: Way, size: tuple[int, int], region: str, days: tuple[int, int]) -> Offer:
    kg = chargeable_kg(*size, way.divisor)
    usual, left = days
    takes = max(1, usual - way.faster)
    offer = Offer(way.carrier, way.name, kg, takes, price_of(way, kg))
    if way.regions and not any(region.startswith(each) for each in way.regions):
        return replace(offer, serves=False, why_not=_("does not go to {region}").format(region=region))
    if kg > way.most_kg:
        said = _("takes {most} kg at most, these are {kg} kg").format(most=way.most_kg, kg=kg)
        return replace(offer, serves=False, why_not=said)
    if takes > left:
        said = _("needs more working days ({days}) than there are ({left})").format(days=takes, left=max(0, left))
        return replace(offer, in_time=False, why_not=said)
    return offer


def chosen(weight_g: int, volume_cm3: int, region: str, days_left: int, policy: Policy) -> Offer | None:
    """Return the cheapest way that keeps the promise, else the quickest with a warning; none where our vans go.

    Where no carrier takes the goods at all, the offer names none and says so.
    """
    if not region or is_ours(region, policy):
        return None
    best = next(iter(offers(weight_g, volume_cm3, region, days_left, policy)), None)
    if best is None or not best.serves:
        return Offer("", "", 0, 0, Decimal("0.00"), serves=False, warning=_("No carrier takes these goods to {region}.")
                     .format(region=region))  # fmt: skip
    if best.in_time:
        return best
    late = _("No way to {region} keeps the promise: {carrier} {way} {why}.").format(
        region=region, carrier=best.carrier, way=best.way, why=best.why_not
    )
    return replace(best, warning=late)

"""Regions our own vans do not serve, and the working days a carrier needs to them (DLV-2)."""

from __future__ import annotations

from ordersdesk.foundation.language import _
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.refusals import Refused


def days_to(region: str, policy: Policy) -> int | None:
    """Return the carrier's working days to a region, nought where our own vans go, nothing when nobody knows."""
    delivery = policy.delivery
    if not region or any(region.startswith(own) for own in delivery.own_regions):
        return 0
    # The table says 江苏, an address 江苏省; the longest name wins so that no region hides in another's.
    known = [name for name in delivery.region_days if region.startswith(name)]
    return delivery.region_days[max(known, key=len)] if known else None


def carrier_days(region: str, policy: Policy) -> int:
    """Return the same days; a region nobody knows is refused."""
    days = days_to(region, policy)
    if days is not None:
        return days
    raise Refused(
        "DLV-2",
        _("No carrier's days are known for {region}.").format(region=region[:40]),
        mend=_("Choose another region, or add it to the policy (delivery.region_days)."),
        field="region",
    )

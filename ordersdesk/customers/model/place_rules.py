"""Where an address is: read from its words, or said by whoever asked the customer; the words win (CUS-12)."""

from __future__ import annotations

from typing import TypeVar

from ordersdesk.customers.model.drafts import NewAddress, NewCustomer, changed
from ordersdesk.foundation.places import regions
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.searching.terms import folded
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

Draft = TypeVar("Draft", NewAddress, NewCustomer)
UNKNOWN = Region("")
SHOWN = 40  # characters of what was typed that a refusal repeats


def bare(address: str) -> str:
    """Return what two spellings of an address have alike: a file writes 张江路８８号 or 张江路 88号 of one door."""
    return folded(address).replace(" ", "")


def is_asked(policy: Policy) -> bool:
    """Tell whether an address needs a region here; abroad a site may do without."""
    return policy.delivery.divisions != "none"


def where(address: str, policy: Policy, *, region: str = "", city: str = "") -> Region:
    """Return province and city of an address, both empty when nobody knows.

    Refused (CUS-12) when what is said is no region, or another than the address names.
    """
    if not is_asked(policy):
        return Region(region.strip(), city.strip())
    told = _told(f"{region.strip()} {city.strip()}".strip(), policy)
    words = regions.read(address)
    if words is None:
        may_be = regions.possible(address)
        if told.province and may_be and told.province not in {each.province for each in may_be}:
            raise _contradiction(told, " / ".join(sorted(str(each) for each in may_be)))
        return told
    if told.province and (words.province != told.province or (told.city and words.city not in ("", told.city))):
        raise _contradiction(told, str(words))
    return Region(words.province, words.city or told.city)


def by_territory(address: str, territory: str, policy: Policy) -> Region:
    """Return where a street is that bears the name of a place in the very city its customer's territory is in.

    Alone neither is sure: every town has a 北京西路, and a customer of 浦东 may have a branch in 苏州. Where both say
    the same city (浦东大道, 浦东), two people said it.
    """
    lies = regions.said(territory) if is_asked(policy) else None
    return lies if lies and lies in regions.named_after(address) else UNKNOWN


def placed(new: Draft, policy: Policy) -> Draft:
    """Return a new address with its region filled in; unknown ones stay empty."""
    if not new.address:
        return new
    found = where(new.address, policy, region=new.region, city=new.city)
    if not found.province and isinstance(new, NewCustomer):
        found = by_territory(new.address, new.territory, policy)
    return new if found == (new.region, new.city) else changed(new, region=found.province, city=found.city)


def require(address: str, region: Region, policy: Policy) -> None:
    """Refuse (CUS-12) an address whose region nobody knows: it is never ours."""
    if address and not region.province and is_asked(policy):
        raise unknown(address)


def unknown(address: str) -> Refused:
    """Build the refusal of an address without a region; where its words leave several, it names them."""
    may_be = sorted(str(each) for each in regions.possible(address))
    if may_be:
        told = _("The address may be in {regions}.").format(regions=" / ".join(may_be))
    else:
        told = _("The address names neither province nor city.")
    return Refused(
        "CUS-12",
        told,
        mend=_("Ask the customer and type the province, and the city outside municipalities: 江苏 苏州."),
        field="region",
    )


def _told(text: str, policy: Policy) -> Region:
    """Return the region a person typed; a site may have more of them in its policy, such as 海外."""
    if not text:
        return UNKNOWN
    if found := regions.said(text):
        return found
    if text in (*policy.delivery.own_regions, *policy.delivery.region_days):
        return Region(text)
    raise Refused(
        "CUS-12",
        _("“{region}” is no province or city.").format(region=text[:SHOWN]),
        mend=_("Type the province, and the city outside municipalities: 江苏 苏州."),
        field="region",
    )


def _contradiction(told: Region, words: str) -> Refused:
    return Refused(
        "CUS-12",
        _("The address is in {words}, not in {region}.").format(words=words, region=told),
        mend=_("Correct the address, or leave the region to its words."),
        field="region",
    )

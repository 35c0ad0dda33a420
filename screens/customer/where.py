"""Province and city of an address in a form: read from its words, and asked for only when these do not say (CUS-12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ordersdesk.customers.model.place_rules import by_territory, is_asked, unknown, where
from ordersdesk.foundation.places.divisions import provinces
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField

REGION, ADDRESS = "region", "address"


def region_field(form: Callable[[], Form], policy: Callable[[], Policy]) -> FormField:
    """Return the field for what an address does not say; it shows itself when it is needed."""

    def told(text: str) -> str:
        address = form().values()[ADDRESS]
        found = where(address, policy(), region=text)
        if address and is_asked(policy()) and not found.province:
            raise unknown(address)
        return "" if f"{found}" == text else f"{found}"

    return FormField(
        REGION, N_("Province"), rule="CUS-12", check=told, choices=_provinces, appears=True, checks_empty=True,
        help=N_("The province, and the city outside municipalities: 江苏 苏州. The address does not say it."),
    )  # fmt: skip


def address_told(form: Form, policy: Policy, text: str, *, territory: str = "") -> str:
    """Say where an address is by its words, or by its street and a known territory; else the region's field appears."""
    try:
        found = where(text, policy)
    except Refused:
        found = None
    if found and not found.province:
        found = by_territory(text, territory, policy)
    if found and found.province:
        form.field(REGION).fill("")
    form.appear(REGION, shown=is_asked(policy) and not (found and found.province))
    return f"{found}" if found else ""


def _provinces() -> Sequence[Choice]:
    return [Choice(province, province) for province in provinces()]

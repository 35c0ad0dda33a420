"""What terms and size classes are called."""

from __future__ import annotations

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.terms.labels import TERMS

SIZES = {"key": N_("key customer"), "small": N_("small customer")}


def terms_said(terms: str, *, has_lapsed: bool = False) -> str:
    """Say the terms in force; credit that lapsed says so."""
    return _("prepaid only: the review was missed") if has_lapsed else _(TERMS.get(terms, terms))

"""Who asks for a monthly account and has none: the order goes on as before, and a sales rep calls (CUS-8)."""

from __future__ import annotations

from ordersdesk.customers.model.queries import Buyer
from ordersdesk.orders.terms.draft import Draft

RULE = "CUS-8"
ACCOUNT = "account"


def wants(draft: Draft, who: Buyer | None) -> bool:
    """Tell whether the customer asked for credit that is not there, and said yes to going on without."""
    if who is None or draft.payment != ACCOUNT or who.terms == ACCOUNT:
        return False
    return f"{RULE}:{who.number}" in draft.accepted


def as_before(draft: Draft, who: Buyer | None) -> Draft:
    """Return the draft as it goes on: paid by the customer's terms when the account they asked for is not there."""
    return draft.model_copy(update={"payment": ""}) if wants(draft, who) else draft

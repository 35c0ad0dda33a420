"""Why an order was rejected, in words for its customer (ORD-4)."""

from __future__ import annotations

from collections.abc import Iterable

from ordersdesk.approvals.open_queries import Denial
from ordersdesk.foundation.texts.language import N_, translator

# What is said to a customer whose order was rejected, by the occasion it was asked for.
SAID = {
    "account_order": N_("We cannot put this order on your monthly account; you can pay in advance or on delivery."),
    "over_limit": N_("With this order more would be open than your credit limit allows."),
    "large_order": N_("We cannot take an order of this size as it is."),
    "overdue": N_("An earlier amount is still open; we ship again once it is settled."),
    "special_goods": N_("There are goods on it that we cannot sell to you as usual."),
    "double_order": N_("We already have nearly the same order from you."),
}
SORRY = N_("We are sorry, we cannot take order {number}.")


def in_words(number: str, denials: Iterable[Denial], language: str) -> list[str]:
    """Return what is said to the customer, in their language: that we are sorry, the reasons, what was added."""
    say = translator(language)
    denied = list(denials)
    reasons = dict.fromkeys(say(SAID[one.occasion]) for one in denied if one.occasion in SAID)
    return [say(SORRY).format(number=number), *reasons, *dict.fromkeys(one.reason for one in denied)]

"""Why an order was rejected, in words for its customer (ORD-4)."""

from __future__ import annotations

from collections.abc import Iterable

from ordersdesk.approvals.open_queries import Denial
from ordersdesk.foundation.texts.language import N_, translator
from ordersdesk.orders.terms.occasions import BY_NAME

SORRY = N_("We are sorry, we cannot take order {number}.")


def in_words(number: str, denials: Iterable[Denial], language: str) -> list[str]:
    """Return what is said to the customer, in their language: that we are sorry, the reasons, what was added."""
    say = translator(language)
    denied = list(denials)
    whys = [BY_NAME[one.occasion].no for one in denied if one.occasion in BY_NAME]
    reasons = dict.fromkeys(say(why) for why in whys if why)
    return [say(SORRY).format(number=number), *reasons, *dict.fromkeys(one.reason for one in denied)]

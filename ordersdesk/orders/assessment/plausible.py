"""Whether a phone can be called, an address driven to and a contact asked for (ORD-4): pure, over what was typed."""

from __future__ import annotations

import re
import unicodedata

from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.places import regions
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused

LETTERS = 2  # different letters or characters of the shortest street: 外滩, Bund
_HOUSE = re.compile(r"[区县旗]\s*\d+\s*号")  # a number within a district is said like a street: 浦东新区1号


def phone_trouble(text: str, policy: Policy) -> Refused | None:
    """Return what is wrong with an order's phone, by the same reading as a customer's (CUS-3)."""
    try:
        phones.parse_many(text, policy.phones)
    except Refused as wrong:
        return wrong
    return None


def names_place(address: str) -> bool:
    """Tell whether an address names a street or a place beyond its city and district: `1111` and `aaaa` do not."""
    letters = {char.casefold() for char in regions.beyond(address) if char.isalpha()}
    return len(letters) >= LETTERS or bool(_HOUSE.search(unicodedata.normalize("NFKC", address)))


def is_name(contact: str) -> bool:
    """Tell whether somebody can be asked for by it: a character of Chinese is enough (王), of Latin letters two."""
    letters = [char for char in contact if char.isalpha()]
    return len(letters) >= LETTERS or any(not char.isascii() for char in letters)

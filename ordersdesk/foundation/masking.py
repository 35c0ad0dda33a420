"""Phones as lists show them, whoever typed them and however (USR-5)."""

from __future__ import annotations

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.texts.language import word_list
from ordersdesk.foundation.texts.refusals import Refused


def masked_phones(desk: Desk, typed: str) -> str:
    """Return phones as lists show them, also such as were typed by hand; what is no phone is hidden whole."""
    shown = {"front": desk.policy.users.mask_front, "back": desk.policy.users.mask_back}
    try:
        numbers = phones.parse_many(typed, desk.policy.phones)
        return word_list(phone_writing.masked(phone.e164, **shown) for phone in numbers)
    except Refused:
        return "****" if typed else ""

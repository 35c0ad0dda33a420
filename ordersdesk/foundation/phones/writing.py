"""How a stored number is written: as dialled, grouped for reading, masked for lists (CUS-3, USR-5)."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

from ordersdesk.foundation.phones.numbering_plans import CHINA, LOCAL, SERVICE, PhonePlan
from ordersdesk.foundation.phones.phones import parse_many
from ordersdesk.foundation.texts.language import N_, Say, _, word_list
from ordersdesk.foundation.texts.refusals import Refused


def dialled(e164: str) -> str:
    """Return the digits as dialled within the number's own country: `02162345678`, `13800138000`."""
    if not e164.startswith("+"):
        return e164
    end = next((end for end in (2, 3, 4) if int(e164[1:end] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE), 0)
    trunk = _trunk(int(e164[1:end]), e164[end:]) if end else None
    return _national(e164) if trunk is None else trunk + e164[end:]


def _trunk(country: int, own: str) -> str | None:
    """Return what is dialled before a national number; nothing when the country writes it otherwise.

    A result list masks twenty numbers: the library takes 150 us to write one, its patterns take ten.
    """
    for leading, whole, is_plain, trunk in _forms(country):
        if leading.match(own) and whole.fullmatch(own):
            return trunk if is_plain else None
    return ""


@cache
def _forms(country: int) -> list[tuple[re.Pattern[str], re.Pattern[str], bool, str]]:
    """Return how a country writes its numbers: their beginning, their shape, as they are or not, and the trunk."""
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[country][0]
    written = PhoneMetadata.metadata_for_region_or_calling_code(country, region)
    return [
        (
            re.compile(form.leading_digits_pattern[-1] if form.leading_digits_pattern else ""),
            re.compile(form.pattern or ""),
            not re.search(r"\d", re.sub(r"\\\d", "", form.format or "")),
            re.sub(r"\\\d|\D", "", form.national_prefix_formatting_rule or ""),
        )
        for form in (written.number_format if written else ())
    ]


def _national(e164: str) -> str:
    return re.sub(r"\D", "", phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.NATIONAL))


def spellings(e164: str, plan: PhonePlan) -> tuple[str, str]:
    """Return the digits a part of the number is looked for in: as dialled from the branch, and with country code."""
    digits = e164.lstrip("+")
    home = _code(plan.country)
    if not e164.startswith("+") or not digits.startswith(home):  # no country code begins another
        return digits, digits
    return ("0" if plan.area_code.startswith("0") else "") + digits[len(home) :], digits


@cache
def _code(country: str) -> str:
    return str(phonenumbers.country_code_for_region(country))


def masked(e164: str, *, front: int, back: int) -> str:
    """Return the number as lists show it: `138****8000`, `021****5678`; service numbers are public (USR-5).

    `front` and `back` are the digits that stay; of a number too short to hide any, only the last two do.
    """
    if not e164.startswith("+"):
        return e164
    digits = dialled(e164)
    if len(digits) < LOCAL or len(digits) <= front + back:
        return f"****{digits[-2:]}"
    return f"{digits[:front]}****{digits[len(digits) - back :]}"


def printed(e164: str, extension: str = "", *, plan: PhonePlan, say: Say = _) -> str:
    """Return the number as people write it: `021-55501060 转 853`, `13800138000`, `400-820-8820`, `+1 650-253-0000`."""
    number = _grouped(e164, plan) if e164.startswith("+") else _service(e164)
    return say(N_("{phone} ext. {extension}")).format(phone=number, extension=extension) if extension else number


def readable(typed: str, plan: PhonePlan, say: Say = _) -> str:
    """Return phones as a person reads them, however they were typed; what is no phone stands as it was typed."""
    try:
        found = parse_many(typed, plan)
    except Refused:
        return typed
    return word_list((printed(phone.e164, phone.extension, plan=plan, say=say) for phone in found), say)


def _grouped(e164: str, plan: PhonePlan) -> str:
    number = phonenumbers.parse(e164)
    if number.country_code != phonenumbers.country_code_for_region(plan.country):
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    groups = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if number.country_code != CHINA:
        return groups
    area, *rest = groups.split()
    if area.startswith("0"):
        return f"{area}-{''.join(rest)}"
    return _service("".join((area, *rest)))


def _service(digits: str) -> str:
    return "-".join((digits[:3], digits[3:6], digits[6:])) if len(digits) == SERVICE else digits

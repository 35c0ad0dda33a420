"""What the world's numbering plans know: is this dialled text a number, and if not, what is wrong with it (CUS-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat, ValidationResult, shortnumberinfo

from ordersdesk.foundation.phones.spelling import Spelled
from ordersdesk.foundation.texts.language import _

LONGEST = 17  # digits of any number in the world (E.164 has 15), with a double zero in front
SERVICE = 10  # digits of a 400 or 800 number
SHORTEST = 5  # digits of a number that is no service number
MOBILE = 11  # digits of a Chinese mobile
CHINA = 86
LOCAL = 8  # a number of up to so many digits may lack its area code
_APART = re.compile(r"\(?\d{2,3}\)?[\s.-]+\d{7,8}")
_WRITTEN = re.compile(r"(1[3-9]\d{9})|0(10|2\d|[3-9]\d{2})-(\d{7,8})", re.ASCII)
_NORTH_AMERICAN = re.compile(r"1[\s.-]+\(?\d{3}\)?[\s.-]+\d{3}[\s.-]+\d{4}")


class PhonePlan(Protocol):
    """Where the branch stands in the world's numbering; the policy's section `phones` has both."""

    @property
    def country(self) -> str:
        """Two letters, such as CN."""
        ...

    @property
    def area_code(self) -> str:
        """As it is dialled, such as 021."""
        ...

    @property
    def service_prefixes(self) -> Sequence[str]:
        """What ten-digit service numbers begin with, such as 400."""
        ...

    @property
    def short_prefixes(self) -> Sequence[str]:
        """What short service numbers begin with, such as 95."""
        ...


def at_once(text: str, plan: PhonePlan) -> str:
    """Return what is stored of a whole number written as most are, 13800138000 or 021-62345678; else nothing.

    It says what `known` says, twenty times faster: a file brings tens of thousands of them.
    """
    found = _WRITTEN.fullmatch(text) if plan.country == "CN" else None
    if found is None:
        return ""
    own = found[1] or found[2] + found[3]
    mobile, landline = _chinese()
    if found[1]:
        return f"+{CHINA}{own}" if mobile.fullmatch(own) else ""
    return f"+{CHINA}{own}" if landline.fullmatch(own) and found[3][0] not in "01" else ""


@cache
def _chinese() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the shapes of Chinese mobiles and landlines."""
    plan = PhoneMetadata.metadata_for_region("CN")
    mobile, landline = (getattr(plan, name).national_number_pattern for name in ("mobile", "fixed_line"))
    return re.compile(mobile, re.ASCII), re.compile(landline, re.ASCII)


def known(number: Spelled, plan: PhonePlan) -> str:
    """Return the number as stored when a numbering plan knows it, else nothing."""
    digits = number.digits
    if not number.is_clean or not 3 <= len(digits) <= LONGEST:
        return ""
    if could_be_foreign(number, plan) or could_be_mobile(number, plan):
        return ""
    if number.is_international:
        return _abroad(digits, plan)
    if _is_service(digits, plan):
        return digits
    if len(digits) < SHORTEST:
        return ""
    if _NORTH_AMERICAN.fullmatch(number.body) and _valid("+" + digits, None):
        return "+" + digits  # its grouping tells it from a Chinese mobile of the same digits
    area_first = len(digits) <= LOCAL and digits[0] not in "01"
    tries = [plan.area_code + digits, digits] if area_first else [digits, plan.area_code + digits]
    found = next((e164 for each in tries if (e164 := _valid(each, plan.country)) and is_local(e164)), "")
    return found or (digits if _is_national(digits, plan) else "")


def could_be_foreign(number: Spelled, plan: PhonePlan) -> bool:
    """Tell whether a number without + begins with another country's code, set apart as such: `886-2-2345-6789`."""
    groups = re.findall(r"\d+", number.body)
    if number.is_international or len(groups) < 2 or len(number.digits) <= LOCAL or _is_national(number.digits, plan):
        return False
    code = int(groups[0])
    abroad = code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE and str(code) == groups[0] and code != _home(plan)
    if not abroad or _NORTH_AMERICAN.fullmatch(number.body):
        return False
    return bool(_valid("+" + number.digits, None))


def could_be_mobile(number: Spelled, plan: PhonePlan) -> bool:
    """Tell whether ten digits are a Chinese mobile that lost its first one: as a landline they would lack their 0."""
    digits = number.digits
    if plan.country != "CN" or number.is_international or len(digits) != MOBILE - 1 or digits[0] in "01":
        return False
    if _APART.fullmatch(number.body.strip()):
        return False  # 391-8998887: who writes it so means an area code
    return not _is_national(digits, plan) and _is_mobile(_valid("1" + digits, plan.country))


def _is_mobile(e164: str) -> bool:
    return bool(e164) and phonenumbers.number_type(phonenumbers.parse(e164)) == phonenumbers.PhoneNumberType.MOBILE


def is_local(e164: str) -> bool:
    """Tell whether a landline's own part can be dialled: behind a Chinese area code none begins with 0 or 1."""
    number = phonenumbers.parse(e164)
    if number.country_code != CHINA:
        return True
    area = phonenumbers.length_of_geographical_area_code(number)
    return not area or phonenumbers.national_significant_number(number)[area] not in "01"


def _is_national(digits: str, plan: PhonePlan) -> bool:
    return len(digits) == SERVICE and digits.startswith(tuple(plan.service_prefixes))


def _home(plan: PhonePlan) -> int:
    return phonenumbers.country_code_for_region(plan.country)


def _abroad(digits: str, plan: PhonePlan) -> str:
    bare = digits.removeprefix("00")
    home = str(_home(plan))
    short = bare.removeprefix(home)
    if bare.startswith(home) and _is_service(short, plan):
        return short
    return _valid("+" + bare, None)


def _is_service(digits: str, plan: PhonePlan) -> bool:
    if not 3 <= len(digits) <= 6 or digits[0] == "0":
        return False
    if len(digits) >= 5 and digits.startswith(tuple(plan.short_prefixes)):
        return True
    number = PhoneNumber(country_code=_home(plan), national_number=int(digits))
    return shortnumberinfo.is_valid_short_number_for_region(number, plan.country)


def _valid(digits: str, country: str | None) -> str:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def wrong(number: Spelled, plan: PhonePlan) -> str:
    """Say what is wrong with a number no numbering plan knows."""
    digits = number.digits
    if not number.is_clean or len(digits) < 3 or not digits.strip("0"):
        return _("This is not a phone number.")
    if not number.is_international and (guess := _guess(number, plan)):
        return guess
    if len(digits) > LONGEST:
        return _("The number is too long.")
    reason = _reason(digits, plan, abroad=number.is_international)
    if reason == ValidationResult.TOO_SHORT or any(_is_known(number.body + "0" * more, plan) for more in range(1, 6)):
        return _("The number is too short.")
    if reason == ValidationResult.TOO_LONG or any(_is_known(less, plan) for less in _shortened(number.body)):
        return _("The number is too long.")
    if number.is_international:
        return _("No number abroad begins like this.")
    if len(digits) < LOCAL:
        return _("The number is too short.")
    return _("The area code or the beginning of the number is unknown.")


def _guess(number: Spelled, plan: PhonePlan) -> str:
    """Say what a number may be that a person must decide about, empty when nothing is likely."""
    digits = number.digits
    if could_be_mobile(number, plan) and not could_be_foreign(number, plan):
        return _("It may be a mobile without its first digit, or lack the 0 of its area code.")
    if len(digits) > LOCAL and _valid("+" + digits, None):
        return _("It may be a number abroad.")
    if any((e164 := _valid(each, plan.country)) and not is_local(e164) for each in (digits, plan.area_code + digits)):
        return _("No local number begins with 0 or 1.")
    parts = number.body.split()
    if len(parts) > 1 and all(len(part) > LOCAL - 2 and _is_known(part, plan) for part in parts):
        return _("These may be several numbers: write / between them.")
    if len(digits) in (LOCAL - 1, LOCAL) and plan.area_code and digits[0] not in "01":
        return _("{count} digits need an area code; the desk's is {area_code}.").format(
            count=len(digits), area_code=plan.area_code
        )
    return ""


def _reason(digits: str, plan: PhonePlan, *, abroad: bool) -> int:
    dialled = "+" + digits.removeprefix("00") if abroad else digits
    try:
        return phonenumbers.is_possible_number_with_reason(phonenumbers.parse(dialled, plan.country))
    except phonenumbers.NumberParseException:
        return ValidationResult.INVALID_COUNTRY_CODE


def _is_known(body: str, plan: PhonePlan) -> bool:
    return bool(known(Spelled(body), plan))


def _shortened(body: str) -> Iterator[str]:
    digits = list(re.finditer(r"\d", body))
    yield from (body[: digit.start()] for digit in digits[:-5:-1])

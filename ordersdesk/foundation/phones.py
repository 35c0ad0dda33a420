"""One normaliser of phone numbers for saving, searching, importing and telephony (CUS-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

from ordersdesk.foundation.language import _
from ordersdesk.foundation.numbering import LOCAL, PhonePlan, known, wrong
from ordersdesk.foundation.phone_spelling import WITHHELD, Spelled, only_extension, pieces, plain, sip_user, spelled
from ordersdesk.foundation.refusals import Refused

LONGEST_TYPED = 200  # characters in which a phone may be written
SEARCHED = 3  # digits from which a part of a number is looked up (CUS-2)


@dataclass(frozen=True)
class Phone:
    """A number as it is stored: E.164 (a service number as it is dialled), its extension, and what was typed."""

    e164: str
    extension: str
    typed: str


@dataclass(frozen=True)
class _Local:
    country: str
    area_code: str
    service_prefixes: tuple[str, ...] = ()
    short_prefixes: tuple[str, ...] = ()


def parse(text: str, plan: PhonePlan) -> Phone:
    """Return the one number in the text, or refuse (CUS-3) saying what is wrong with it."""
    phones = parse_many(text, plan)
    if len({phone.e164 for phone in phones}) > 1:
        raise _refused(_("These are several numbers."), mend=_("Enter each number on its own."))
    return phones[0]


def parse_many(text: str, plan: PhonePlan) -> list[Phone]:
    """Return every number in the text: people write several into one field, apart by `/`, `,` or `、`."""
    typed = text.strip()
    if len(typed) > LONGEST_TYPED:
        raise _refused(_("This is not a phone number."))
    spelling = plain(text)
    if "phone-context=" in spelling or spelling.lower().startswith("tel:"):
        return [_from_uri(spelling, plan, typed)]
    parts = pieces(spelling)
    if len(parts) < 2:
        return [_single(spelling, plan, typed)]
    try:
        return list(_several(parts, plan, typed))
    except Refused:
        # `021/62345678`: the stroke stood inside one number.
        return [_as_dialled(spelling, plan) or _single(" ".join(parts), plan, typed)]


def whole(text: str, plan: PhonePlan) -> Phone | None:
    """Return the one number the text is, or nothing; for look-ups, which need no reason."""
    if len(text) > LONGEST_TYPED:
        return None
    spelling = plain(text)
    parts = pieces(spelling)
    if len(parts) > 1 or "phone-context=" in spelling or spelling.lower().startswith("tel:"):
        try:
            return parse(text, plan)
        except Refused:
            return None
    return _read(spelling, plan, text.strip())


def presented(text: str, plan: PhonePlan) -> Phone | None:
    """Return the number a telephone system shows for a caller; empty, withheld or unreadable ones are nobody's."""
    number = sip_user(plain(text[: LONGEST_TYPED + 1])).strip(" \"'<>-")
    return None if number.lower() in WITHHELD else whole(number, plan)


def digits_of(query: str, plan: PhonePlan) -> str:
    """Return the digits to look for when the query is a part of a phone in any spelling, else nothing (CUS-2)."""
    spelling = spelled(plain(query[:LONGEST_TYPED]), names=False)
    digits = spelling.digits
    if not spelling.is_clean or len(digits) < SEARCHED:
        return ""
    home = str(phonenumbers.country_code_for_region(plan.country))
    bare = digits.removeprefix("00") if spelling.is_international else digits
    if spelling.is_international and bare.startswith(home):
        bare = bare.removeprefix(home)
    return bare if len(bare) >= SEARCHED else digits


def looser(digits: str, plan: PhonePlan) -> str:
    """Return the digits without a trunk zero or the country code in front, or nothing when there is none."""
    home = str(phonenumbers.country_code_for_region(plan.country))
    bare = digits[1:] if digits.startswith("0") else digits.removeprefix(home)
    return bare if len(bare) >= SEARCHED and bare != digits else ""


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
    home = str(phonenumbers.country_code_for_region(plan.country))
    if not e164.startswith("+") or not digits.startswith(home):  # no country code begins another
        return digits, digits
    return ("0" if plan.area_code.startswith("0") else "") + digits[len(home) :], digits


def masked(e164: str) -> str:
    """Return the number as lists show it: `138****8000`, `021****5678`; service numbers are public (USR-5)."""
    if not e164.startswith("+"):
        return e164
    digits = dialled(e164)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= LOCAL else f"****{digits[-2:]}"


def printed(e164: str, extension: str = "", *, plan: PhonePlan | None = None) -> str:
    """Return the number grouped for reading: as dialled at home, with its country code when it is foreign."""
    if not e164.startswith("+"):
        return e164
    number = phonenumbers.parse(e164)
    home = plan is None or number.country_code == phonenumbers.country_code_for_region(plan.country)
    form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    grouped = phonenumbers.format_number(number, form)
    return _("{phone} ext. {extension}").format(phone=grouped, extension=extension) if extension else grouped


def _several(parts: list[str], plan: PhonePlan, typed: str) -> Iterator[Phone]:
    last, before = _single(parts[0], plan, typed), parts[0]
    for part in parts[1:]:
        extension = only_extension(part) or (part if last.extension and re.fullmatch(r"\d{1,6}", part) else "")
        if not extension:
            yield last
            # `62345678/79`: one or two digits are another ending of the number before.
            before = before[: -len(part)] + part if re.fullmatch(r"\d{1,2}", part) else part
            last = _single(before, _beside(last, plan), typed)
        else:
            if last.extension:
                yield last
            last = replace(last, extension=extension)
    yield last


def _beside(phone: Phone, plan: PhonePlan) -> PhonePlan:
    """A bare number written after a full one shares its area code, not the branch's."""
    if not phone.e164.startswith("+"):
        return plan
    number = phonenumbers.parse(phone.e164)
    length = phonenumbers.length_of_geographical_area_code(number)
    country = phonenumbers.region_code_for_number(number)
    if not length or not country:
        return plan
    trunk = phonenumbers.ndd_prefix_for_region(country, True) or ""
    return _Local(country, trunk + phonenumbers.national_significant_number(number)[:length])


def _single(text: str, plan: PhonePlan, typed: str) -> Phone:
    phone = _read(text, plan, typed)
    if phone is None:
        raise _refused(wrong(spelled(text), plan))
    return phone


def _read(text: str, plan: PhonePlan, typed: str) -> Phone | None:
    number = spelled(text)
    found, headed = known(number, plan), _headed(number, plan)
    # In `62345678-801` the group before the dash is long enough to be whole, so 801 is an extension
    # although a numbering plan might find room for more digits.
    if headed and (not found or re.search(r"\d{7,}\W*$", headed[2])):
        return Phone(headed[0], headed[1], typed)
    if found:
        return Phone(found, number.extension, typed)
    as_dialled = _as_dialled(text, plan)
    return replace(as_dialled, typed=typed) if as_dialled else None


def _headed(number: Spelled, plan: PhonePlan) -> tuple[str, str, str] | None:
    """Read `NUMBER-801` as number and extension; service numbers have no such extensions."""
    tail = number.tail()
    head = known(Spelled(tail[0]), plan) if tail else ""
    return (head, tail[1], tail[0]) if tail and head.startswith("+") else None


def _as_dialled(text: str, plan: PhonePlan) -> Phone | None:
    """Accept what only phones write, such as `+12679000000,,123#` with its pauses; never a word as digits."""
    if re.search(r"[^\W\d_]", text) or len(text) <= LOCAL:
        return None
    try:
        number = phonenumbers.parse(text, plan.country)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, number.extension or "", text) if phonenumbers.is_valid_number(number) else None


def _from_uri(text: str, plan: PhonePlan, typed: str) -> Phone:
    try:
        number = phonenumbers.parse(text, plan.country)
    except phonenumbers.NumberParseException as error:
        raise _refused(_("This is not a phone number.")) from error
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    found = known(Spelled(e164), plan) or known(Spelled(phonenumbers.national_significant_number(number)), plan)
    if not found:
        raise _refused(wrong(Spelled(e164), plan))
    return Phone(found, number.extension or "", typed)


def _refused(message: str, *, mend: str = "") -> Refused:
    return Refused(
        "CUS-3",
        message,
        mend=mend or _("Correct it (a foreign number begins with +), or keep it as a note."),
        field="phone",
    )

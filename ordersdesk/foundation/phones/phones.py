"""One normaliser of phone numbers for saving, searching, importing and telephony (CUS-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import PhoneNumberFormat

from ordersdesk.foundation.phones.numbering_plans import (
    LOCAL,
    PhonePlan,
    at_once,
    could_be_foreign,
    could_be_mobile,
    is_local,
    known,
    wrong,
)
from ordersdesk.foundation.phones.spelling import WITHHELD, Spelled, only_extension, pieces, plain, sip_user, spelled
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

LONGEST_TYPED = 200  # characters in which a phone may be written
LONGEST_SHOWN = 40  # characters of a phone that a refusal repeats
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
    several = list(_several(parts, plan, typed))
    good = [each for each in several if isinstance(each, Phone)]
    bad = [each for each in several if isinstance(each, Refused)]
    if not bad:
        return good
    # `021/62345678`: the stroke stood inside one number.
    one = _as_dialled(spelling, plan) or _read(" ".join(parts), plan, typed)
    if one is None:
        raise bad[0]
    return [one]


def parse_each(text: str, plan: PhonePlan) -> tuple[list[Phone], list[Refused]]:
    """Return the good numbers of a field and what is wrong with each of the others: one spoils none beside it."""
    try:
        return parse_many(text, plan), []
    except Refused as refused:
        parts = pieces(plain(text))
        if len(parts) < 2 or len(text.strip()) > LONGEST_TYPED:
            return [], [refused]
        several = list(_several(parts, plan, text.strip()))
        bad = [each for each in several if isinstance(each, Refused)]
        return [each for each in several if isinstance(each, Phone)], bad


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


def _several(parts: list[str], plan: PhonePlan, typed: str) -> Iterator[Phone | Refused]:
    """Read number after number; one that is wrong is given as what is wrong with it, and the next stand without it."""
    last, before = _one_of(parts[0], plan, typed), parts[0]
    for part in parts[1:]:
        extended = last.extension if isinstance(last, Phone) else ""
        extension = only_extension(part) or (part if extended and re.fullmatch(r"\d{1,6}", part) else "")
        if extension and isinstance(last, Phone):
            if last.extension:
                yield last
            last = replace(last, extension=extension)
            continue
        yield last
        # `62345678/79`: one or two digits are another ending of the number before.
        before = before[: -len(part)] + part if re.fullmatch(r"\d{1,2}", part) else part
        last = _at_once(before, plan, typed) or _one_of(before, _beside(last, plan), typed)
    yield last


def _one_of(part: str, plan: PhonePlan, typed: str) -> Phone | Refused:
    phone = _read(part, plan, typed)
    if phone is not None:
        return phone
    return _refused(_("“{phone}”: {reason}").format(phone=part[:LONGEST_SHOWN], reason=wrong(spelled(part), plan)))


def _at_once(text: str, plan: PhonePlan, typed: str) -> Phone | None:
    e164 = at_once(text, plan)
    return Phone(e164, "", typed) if e164 else None


def _beside(phone: Phone | Refused, plan: PhonePlan) -> PhonePlan:
    """A bare number written after a full one shares its area code, not the branch's."""
    if isinstance(phone, Refused) or not phone.e164.startswith("+"):
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
    if plainly := _at_once(text, plan, typed):
        return plainly
    number = spelled(text)
    if could_be_foreign(number, plan):
        return None
    found, headed = known(number, plan), _headed(number, plan)
    # In `62345678-801` the group before the dash is long enough to be whole, so 801 is an extension
    # although a numbering plan might find room for more digits.
    if headed and (not found or re.search(r"\d{7,}\W*$", headed[2])):
        return Phone(headed[0], headed[1], typed)
    if found:
        return Phone(found, number.extension, typed)
    as_dialled = None if could_be_mobile(number, plan) else _as_dialled(text, plan)
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
    is_one = phonenumbers.is_valid_number(number) and (text.startswith("+") or is_local(e164))
    return Phone(e164, number.extension or "", text) if is_one else None


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

"""One number, every spelling; what is no number is refused with what is wrong (CUS-3)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.phones.numbering_plans import at_once, known
from ordersdesk.foundation.phones.phones import Phone
from ordersdesk.foundation.phones.spelling import Spelled, plain
from ordersdesk.foundation.texts.language import translator
from ordersdesk.foundation.texts.refusals import Refused
from tests.datasets import folder, more


@dataclass(frozen=True)
class Plan:
    country: str = "CN"
    area_code: str = "021"
    service_prefixes: tuple[str, ...] = ("400", "800")
    short_prefixes: tuple[str, ...] = ("95", "96", "100", "11", "12", "106")


SHANGHAI = Plan()
TOO_SHORT = "The number is too short."
TOO_LONG = "The number is too long."
NO_AREA = "The area code or the beginning of the number is unknown."
NO_NUMBER = "This is not a phone number."


def numbers(text: str, plan: Plan = SHANGHAI) -> list[tuple[str, str]]:
    return [(phone.e164, phone.extension) for phone in phones.parse_many(text, plan)]


def wrong(text: str, plan: Plan = SHANGHAI) -> str:
    with pytest.raises(Refused) as refused:
        phones.parse_many(text, plan)
    assert (refused.value.rule, refused.value.field) == ("CUS-3", "phone")
    assert refused.value.mend
    return refused.value.message


@pytest.mark.parametrize(
    "spelling",
    [
        *[
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "１３８００１３８０００",
            "0138 0013 8000",
            "86 13800138000",
        ],
        *[
            "+86 138-0013-8000",
            "0086 13800138000",
            "(+86)138 0013 8000",
            "＋８６－138・0013・8000",
            "+86 0138 0013 8000",
        ],
        *[
            "13800138000(王先生)",
            "王先生 13800138000",
            "13800138000王先生",
            "手机：138 0013 8000",
            "Tel: 138.0013.8000",
        ],
        *["\u202d138 0013 8000\u202c", "138\u00a00013\u00a08000", "tel:+86-138-0013-8000", "138/0013/8000"],
    ],
)
def test_every_spelling_of_a_mobile_is_one_number(spelling: str) -> None:
    assert phones.parse(spelling, SHANGHAI) == Phone("+8613800138000", "", spelling.strip())


@pytest.mark.parametrize(
    "spelling",
    [
        *["62345678转801", "62345678 转 801", "62345678分机801", "62345678分机号：801", "62345678-801", "62345678 801"],
        *["021-62345678-801", "(021)62345678-801", "（０２１）６２３４５６７８－８０１", "021/62345678转801"],
        *[
            "62345678ext801",
            "62345678 ext. 801",
            "62345678x801",
            "62345678#801",
            "62345678 extension 801",
            "62345678(转801)",
        ],
        *[
            "+86 21 62345678,801#",
            "tel:+86-21-62345678;ext=801",
            "总机:021 6234-5678 内线801",
            "0086-21-6234 5678 X801",
        ],
    ],
)
def test_every_spelling_of_a_switchboard_gives_number_and_extension(spelling: str) -> None:
    assert numbers(spelling) == [("+862162345678", "801")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("13800138000/62345678", [("+8613800138000", ""), ("+862162345678", "")]),
        ("0755-82080387、82080388", [("+8675582080387", ""), ("+8675582080388", "")]),
        ("62345678/79", [("+862162345678", ""), ("+862162345679", "")]),
        ("62345678转801/802", [("+862162345678", "801"), ("+862162345678", "802")]),
        ("13800138000，转801", [("+8613800138000", "801")]),
        ("021/62345678", [("+862162345678", "")]),
        (
            "62345678转801/802、13800138000",
            [("+862162345678", "801"), ("+862162345678", "802"), ("+8613800138000", "")],
        ),
        ("0512-62345678/62345679", [("+8651262345678", ""), ("+8651262345679", "")]),
        ("95588/62345678", [("95588", ""), ("+862162345678", "")]),
        ("+1 650-253-0000/13800138000", [("+16502530000", ""), ("+8613800138000", "")]),
    ],
)
def test_several_numbers_in_one_field_are_told_apart(typed: str, found: list[tuple[str, str]]) -> None:
    assert numbers(typed) == found


@pytest.mark.parametrize("service", ["95588", "10086", "12345", "110", "120", "12315"])
def test_service_numbers_stay_as_they_are(service: str) -> None:
    assert numbers(f" {service} ") == [(service, "")]


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        *[("400-820-8820", "+864008208820"), ("800 820 8820", "+868008208820"), ("+86 95588", "95588")],
        *[
            ("+1 650-253-0000", "+16502530000"),
            ("001 650 253 0000", "+16502530000"),
            ("1-650-253-0000", "+16502530000"),
        ],
        *[("+852 2345 6789", "+85223456789"), ("00442070313000", "+442070313000")],
    ],
)
def test_national_services_and_foreign_numbers_are_known(typed: str, e164: str) -> None:
    assert numbers(typed) == [(e164, "")]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        *[("138001380001", TOO_LONG), ("021-623456789", TOO_LONG)],
        *[("1380013800", TOO_SHORT), ("021-6234567", TOO_SHORT), ("18888", TOO_SHORT)],
        *[
            ("0123-4567890", NO_AREA),
            ("08081123456", NO_AREA),
            ("+210 3456 56789", "No number abroad begins like this."),
            ("000", "This is not a phone number."),
            ("0000-0000", "This is not a phone number."),
        ],
        *[
            ("", NO_NUMBER),
            ("abc", NO_NUMBER),
            ("12", NO_NUMBER),
            ("12 MICROSOFT", NO_NUMBER),
            ("13800138abc", NO_NUMBER),
        ],
    ],
)
def test_what_cannot_be_a_phone_is_refused_with_what_is_wrong(typed: str, reason: str) -> None:
    assert wrong(typed) == reason


@pytest.mark.parametrize(
    "typed",
    ["886-2-2345-6789", "886 2 2345 6789", "(886)2-2345-6789", "886.2.23456789", "886-4-2345-6789",
     "886-2-2345-6789转8", "81-3-1234-5678", "44-20-7946-0958", "852-2345 6789", "65-6123-4567", "7-495-123-4567",
     "85223456789"],
)  # fmt: skip
def test_a_number_that_could_be_foreign_is_asked_about(typed: str) -> None:
    assert wrong(typed) == "It may be a number abroad."
    assert phones.presented(typed, SHANGHAI) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("+886-2-2345-6789", ("+886223456789", "")),
        ("00886-2-23456789", ("+886223456789", "")),
        ("0571-87654321-8001", ("+8657187654321", "8001")),
        ("62345678-801", ("+862162345678", "801")),
        ("571-87654321", ("+8657187654321", "")),
        ("2162345678", ("+862162345678", "")),
        ("391-8998887", ("+863918998887", "")),
        ("1-650-253-0000", ("+16502530000", "")),
        ("400-820-8820", ("+864008208820", "")),
    ],
)
def test_what_can_only_be_ours_is_not_asked_about(typed: str, found: tuple[str, str]) -> None:
    assert numbers(typed) == [found]


@pytest.mark.parametrize("typed", ["3918998887", "3910998887", "5718765432"])
def test_a_mobile_that_lost_its_first_digit_is_no_landline(typed: str) -> None:
    assert wrong(typed) == "It may be a mobile without its first digit, or lack the 0 of its area code."


@pytest.mark.parametrize("typed", ["09301784598", "12345678", "021-12345678", "0391-0998887"])
def test_no_local_number_begins_with_nought_or_one(typed: str) -> None:
    assert wrong(typed) == "No local number begins with 0 or 1."


@pytest.mark.parametrize("typed", ["19147005807", "19945009001", "16601047600", "17182220000", "19212345678"])
def test_new_ranges_of_mobiles_are_known(typed: str) -> None:
    assert numbers(typed) == [(f"+86{typed}", "")]


def test_a_refusal_says_what_is_likely() -> None:
    assert wrong("13800138000 13900139000") == "These may be several numbers: write / between them."
    assert wrong("6234567") == "7 digits need an area code; the desk's is 021."
    assert wrong("13800138000/1380013") == "“1380013”: The number is too short."


@pytest.mark.parametrize(
    ("typed", "good", "bad"),
    [
        ("13800138000/1380013", ["+8613800138000"], ["“1380013”: The number is too short."]),
        ("1380013、62345678/79", ["+862162345678", "+862162345679"], ["“1380013”: The number is too short."]),
        ("abc", [], ["This is not a phone number."]),
        ("13800138000", ["+8613800138000"], []),
    ],
)
def test_one_bad_number_spoils_none_beside_it(typed: str, good: list[str], bad: list[str]) -> None:
    found, refused = phones.parse_each(typed, SHANGHAI)
    assert ([phone.e164 for phone in found], [each.message for each in refused]) == (good, bad)
    assert {phone.typed for phone in found} <= {typed}


def test_one_field_for_one_number_refuses_two() -> None:
    with pytest.raises(Refused, match="several numbers") as refused:
        phones.parse("13800138000/62345678", SHANGHAI)
    assert refused.value.rule == "CUS-3"


def test_the_area_code_is_the_branchs_own() -> None:
    assert numbers("62345678", Plan(area_code="010")) == [("+861062345678", "")]
    assert wrong("62345678", Plan(area_code="")) == NO_AREA
    assert numbers("253-0000", Plan("US", "650")) == [("+16502530000", "")]


@pytest.mark.parametrize(
    "nobody", ["", "  ", "anonymous", "Anonymous", "UNKNOWN", "未知", "匿名", "private", "-", "8001"]
)
def test_an_empty_or_withheld_caller_is_nobody(nobody: str) -> None:
    assert phones.presented(nobody, SHANGHAI) is None
    assert phones.presented(f"sip:{nobody}@pbx.invalid", SHANGHAI) is None


@pytest.mark.parametrize(
    "shown",
    [
        "13800138000",
        '"Wang" <sip:13800138000@pbx>',
        "tel:+8613800138000",
        "+8613800138000",
        "<13800138000>",
        '"13800138000"',
        " '13800138000' ",
        "-13800138000-",
    ],
)
def test_a_callers_number_is_read_as_the_telephone_system_writes_it(shown: str) -> None:
    phone = phones.presented(shown, SHANGHAI)
    assert phone is not None
    assert phone.e164 == "+8613800138000"


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        *[("8000", "8000"), ("138 0013", "1380013"), ("０１３８", "0138"), ("+86138", "138"), ("0086 138", "138")],
        *[
            ("021-623", "021623"),
            ("(021)62", "02162"),
            ("+1650", "1650"),
            ("62345678转8", "62345678"),
            ("0086", "0086"),
        ],
        *[("13", ""), ("张三", ""), ("a4 80", ""), ("", ""), ("张三138", "")],
    ],
)
def test_a_part_of_a_phone_is_looked_up_by_its_digits(query: str, digits: str) -> None:
    assert phones.digits_of(query, SHANGHAI) == digits


def test_a_trunk_zero_and_the_country_code_can_be_let_go() -> None:
    assert [phones.looser(digits, SHANGHAI) for digits in ("0138", "86138", "138", "013")] == ["138", "138", "", ""]


def test_lists_mask_and_screens_group() -> None:
    stored = ["+8613800138000", "+862162345678", "+16502530000", "95588"]
    masked = [phone_writing.masked(e164, front=3, back=4) for e164 in stored]
    assert masked == ["138****8000", "021****5678", "650****0000", "95588"]
    grouped = ["13800138000", "021-62345678", "+1 650-253-0000", "95588"]
    assert [phone_writing.printed(e164, plan=SHANGHAI) for e164 in stored] == grouped
    assert phone_writing.printed("+862162345678", "801", plan=SHANGHAI) == "021-62345678 ext. 801"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("+862155501060", "021-55501060"),
        ("021 5550 1060 转 853", "021-55501060 ext. 853"),
        ("(0574)87651234-12", "0574-87651234 ext. 12"),
        ("138 0013 8000", "13800138000"),
        ("138 0013 8000 / 62345678", "13800138000, 021-62345678"),
        ("4008208820", "400-820-8820"),
        ("+1 (650) 253 0000", "+1 650-253-0000"),
        ("call 王 first", "call 王 first"),
        ("", ""),
    ],
)
def test_a_phone_is_read_in_one_way_however_it_was_typed(typed: str, read: str) -> None:
    assert phone_writing.readable(typed, SHANGHAI) == read


def test_what_is_read_can_be_typed_again() -> None:
    for typed in ("021 5550 1060 ext. 853", "13800138000", "400 820 8820", "+44 20 7946 0958"):
        once = phone_writing.readable(typed, SHANGHAI)
        assert phones.parse(once, SHANGHAI).e164 == phones.parse(typed, SHANGHAI).e164
        assert phone_writing.readable(once, SHANGHAI) == once


def test_an_extension_is_said_in_the_language_of_the_reader() -> None:
    chinese = translator("zh_CN")
    assert phone_writing.readable("021 5550 1060 ext. 853", SHANGHAI, chinese) == "021-55501060 转 853"


@pytest.mark.parametrize(
    ("front", "back", "shown"),
    [
        (3, 4, "138****8000"),
        (0, 4, "****8000"),
        (3, 0, "138****"),
        (0, 0, "****"),
        (8, 3, "****00"),
        (7, 3, "1380013****000"),
    ],
)
def test_the_site_says_how_many_digits_lists_show_and_never_are_all_shown(front: int, back: int, shown: str) -> None:
    assert phone_writing.masked("+8613800138000", front=front, back=back) == shown


@pytest.mark.parametrize(
    ("whole", "e164"),
    [
        ("+862187654321", "+862187654321"),
        ("15005179573", "+8615005179573"),
        ("+8615005179573", "+8615005179573"),
        ("+442079460958", "+442079460958"),
    ],
)
def test_a_number_being_dialled_is_one_only_when_it_is_whole(whole: str, e164: str) -> None:
    read = {whole[:length]: phones.presented(whole[:length], SHANGHAI) for length in range(7, len(whole) + 1)}
    assert {text: phone.e164 for text, phone in read.items() if phone} == {whole: e164}


PARTS = {
    "part": "0108765",
    "mobile": "1500517957",
    "abroad": "+44199712345",
    "whole": "15005179573",
    "long": "150051795731",
}


def test_of_chinese_numbers_being_dialled_the_whole_ones_are_known() -> None:
    real = {case["test"]: case["input"] for case in more("phones/ilib_cn_parse_cases.csv")}
    whole = {"+442012345678", "+441997123456", "+8614782808075", "+8618721083400", "+862187654321"} if real else set()
    cases = PARTS | {name: text for name, text in real.items() if "PlusIDDToGBP" not in name}
    found = [phones.presented(text, SHANGHAI) for text in cases.values()]
    known = {phone.e164 for phone in found if phone and phone.e164 not in ("110", "120115", "+861012345")}
    assert known == {"+8615005179573", *whole}


EXAMPLES = [
    phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
    if (number := phonenumbers.example_number_for_type(region, kind)) and phonenumbers.is_valid_number(number)
]


def test_every_valid_example_of_the_world_is_itself() -> None:
    valid = [case["e164"] for case in more("phones/example_numbers_all_regions.csv")]
    valid = [e164 for e164 in valid if phonenumbers.is_valid_number(phonenumbers.parse(e164))] + EXAMPLES
    assert len(valid) > 400
    assert [numbers(e164) for e164 in valid] == [[(e164, "")] for e164 in valid]


def test_every_example_written_for_people_and_for_machines_is_the_same_number() -> None:
    forms = (PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966)
    for e164 in EXAMPLES:
        number = phonenumbers.parse(e164)
        written = [phonenumbers.format_number(number, form) for form in forms]
        assert [numbers(text, Plan("ZZ", "")) for text in written] == [[(e164, "")]] * 2, written


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("020 7946 0958 x456", "GB", ("+442079460958", "456")),
        ("(650) 253-0000 ext. 12", "US", ("+16502530000", "12")),
        ("tel:020-7946-0958;phone-context=+44", "GB", ("+442079460958", "")),
        ("030/12345678", "DE", ("+493012345678", "")),
        ("030 1234567-12", "DE", ("+49301234567", "12")),  # 030123456712 were a number too
        ("+12679000000,,123#", "US", ("+12679000000", "123")),
        ("011 44 20 7946 0958", "US", ("+442079460958", "")),
        ("Tel: +64 3 331 6005", "ZZ", ("+6433316005", "")),
    ],
)
def test_numbers_are_read_as_they_are_written_elsewhere(text: str, region: str, found: tuple[str, str]) -> None:
    assert numbers(text, Plan(region, "")) == [found]


OWN = [("020 7946 0958 x456", "GB"), ("011 44 20 7946 0958", "US"), ("030 12345678", "DE"), ("+61 2 9876 5432", "")]


def test_the_librarys_own_spellings_give_its_own_numbers() -> None:
    rows = [
        (case["input"], case["default_region"]) for case in more("phones/libphonenumber_parse_cases_TESTMETADATA.csv")
    ]
    for text, region in OWN + rows:
        number = phonenumbers.parse(text, region or "ZZ")
        letters = any(char.isalpha() for char in text.lower().partition("ext")[0].replace("x", "").removeprefix("tel"))
        if phonenumbers.is_valid_number(number) and not letters:
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            assert numbers(text, Plan(region or "ZZ", "")) == [(e164, number.extension or "")], text


REJECTED = [
    ("12 LETTERS", "NZ"), ("020 7946 0958 7946 0959 1", "GB"), ("+---", "CN"), ("+***", "DE"), ("+*******91", "DE"),
    ("+49 0", "DE"), ("+ 00 210 3 331 6005", "NZ"), ("0119", "US"), ("", "ZZ"), (";phone-context=", "ZZ"),
    ("tel:555-0100;phone-context=desk.invalid", "ZZ"), ("tel:+862162345678;ext=012345678901234567890", "CN"),
    ("021 62345678 extension 123456789012345678901", "CN"),
]  # fmt: skip


def test_what_no_plan_knows_is_refused() -> None:
    rows = [
        (case["input"], case["default_region"])
        for case in more("phones/libphonenumber_parse_error_cases_TESTMETADATA.csv")
    ]
    for text, region in REJECTED + rows:
        assert wrong(text, Plan(region or "CN", ""))


NAUGHTY = [
    "", " ", "\x00", "\x1b[2J", "[red]138[/red]", "<script>alert(1)</script>", "' OR 1=1 --", "%s%d", "${HOME}", "NaN",
    "-1", "1e309", "0x1F", "\u202e13800138000\u202c", "\u200b\u200c", "😀" * 50, "１２３", "١٢٣", "½", "二三", "\ud800",
    "138" * 5_000, "/" * 300, "(" * 300, "#" * 200, "转801", ";ext=9", "tel:", "sip:@", "<sip:>",
]  # fmt: skip


def test_what_is_no_phone_is_nobodys_and_breaks_nothing() -> None:
    real = folder() / "naughty-input/blns.json"
    texts: list[str] = NAUGHTY + (json.loads(real.read_text(encoding="utf-8")) if real.exists() else [])
    read = [phones.presented(text, SHANGHAI) for text in texts]
    assert all(phones.digits_of(text, SHANGHAI).isdecimal() or not phones.digits_of(text, SHANGHAI) for text in texts)
    assert [found.e164 for found in read if found and not found.e164.removeprefix("+").isdecimal()] == []


def test_a_number_with_its_context_is_one_for_saving_and_for_looking_up() -> None:
    text = "62345678;phone-context=+8621"
    assert numbers(text) == [("+862162345678", "")]
    assert phones.whole(text, SHANGHAI) == Phone("+862162345678", "", text)
    assert phones.whole(f"tel:{text}", SHANGHAI) == Phone("+862162345678", "", f"tel:{text}")


def test_a_look_up_is_for_one_number_and_a_stroke_within_it_is_read() -> None:
    read = [phones.whole(text, SHANGHAI) for text in ("13800138000/62345678", "021/62345678")]
    assert read == [None, Phone("+862162345678", "", "021/62345678")]


def test_every_number_of_a_field_keeps_the_whole_of_what_was_typed() -> None:
    typed = "13800138000/62345678转801、62345679"
    assert {phone.typed for phone in phones.parse_many(f" {typed} ", SHANGHAI)} == {typed}
    assert [phones.parse(text, SHANGHAI).typed for text in ("62345678-801", "+12679000000,,123#")] == [
        "62345678-801", "+12679000000,,123#",
    ]  # fmt: skip


def test_a_phone_is_written_in_up_to_two_hundred_characters() -> None:
    longest, longer = "13800138000" + "(王" + "芳" * 186 + ")", "13800138000" + "(王" + "芳" * 187 + ")"
    assert (len(longest), numbers(longest)) == (200, [("+8613800138000", "")])
    assert (phones.whole(longest, SHANGHAI) is None, phones.whole(longer, SHANGHAI)) == (False, None)
    assert wrong(longer) == NO_NUMBER


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\u202d62\u200b34\u202c", "6234"), ("١٣٨٠", "1380"), ("６２—３４", "62-34"), ("62\u000734é", "6234é"),
        (" 6234 ", "6234"),
    ],
)  # fmt: skip
def test_digits_and_dashes_have_one_form_and_marks_nobody_sees_are_gone(text: str, clean: str) -> None:
    assert plain(text) == clean


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("138", "138"),
        ("86123", "86123"),
        ("+86123", "123"),
        ("١٣٨٠", "1380"),
        ("6234,", "6234"),
        ("62*34", ""),
        (" (+86)138", "138"),
        ("-+86138", "138"),
        (";138,", "138"),
    ],
)
def test_a_part_without_a_plus_has_no_country_code(query: str, digits: str) -> None:
    assert phones.digits_of(query, SHANGHAI) == digits


@pytest.mark.parametrize("kind", [PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE])
def test_a_number_is_dialled_in_its_country_as_its_country_writes_it(kind: int) -> None:
    found = (phonenumbers.example_number_for_type(region, kind) for region in sorted(phonenumbers.SUPPORTED_REGIONS))
    numbers = [number for number in found if number]
    e164s = [phonenumbers.format_number(number, PhoneNumberFormat.E164) for number in numbers]
    written = [phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) for number in numbers]
    assert [phone_writing.dialled(e164) for e164 in e164s] == [re.sub(r"\D", "", each) for each in written]


@given(st.from_regex(r"1[0-9]{10}|0(?:10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}", fullmatch=True))
def test_what_is_read_at_once_is_what_the_numbering_plan_says(text: str) -> None:
    assert at_once(text, SHANGHAI) in ("", known(Spelled(text), SHANGHAI))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("13800138000", "+8613800138000"),
        ("021-62345678", "+862162345678"),
        ("0512-62345678", "+8651262345678"),
        ("021-12345678", ""),
        ("12800138000", ""),
        ("021 62345678", ""),
        ("+8613800138000", ""),
    ],
)
def test_most_numbers_are_read_at_once(text: str, stored: str) -> None:
    assert at_once(text, SHANGHAI) == stored
    assert at_once(text, Plan("US", "212")) == ""

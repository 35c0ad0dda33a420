"""What two names have in common, and what a list may show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ordersdesk.customers.model import rules
from ordersdesk.customers.model.drafts import NewContact, NewCustomer
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        *[
            ("上海大华文具有限公司", "上海大华文具公司", True),
            ("上海大华文具有限公司", "上海大华文具集团股份有限公司", True),
        ],
        *[("Acme Trading Co., Ltd.", "ACME trading", True), ("Café Müller GmbH", "cafe muller", True)],
        *[
            ("上海大华文具有限公司", "上海大江食品有限公司", False),
            ("张三", "张四", False),
            ("Acme", "Apex", False),
            ("公司", "", False),
        ],
    ],
)
def test_names_are_compared_without_their_legal_form(one: str, other: str, is_near: bool) -> None:
    assert (rules.alike(one, other) >= 80) is is_near


def test_a_list_shows_where_about_somebody_is() -> None:
    shown = [rules.masked_address(text) for text in ("上海市浦东新区张江路123号", "南京路1号", "x", "")]
    assert shown == ["上海市浦东新****", "南京****", "****", ""]


def test_all_that_is_missing_is_named() -> None:
    assert rules.missing(NewCustomer(phone="1")) == ["name", "address", "territory"]


def test_a_person_needs_no_invoice_particulars() -> None:
    complete = dict.fromkeys(rules.WANTED, "x") | {"tax_id": "", "invoice_title": ""}
    assert rules.incomplete(complete | {"kind": "person"}) == ()
    assert rules.incomplete(complete | {"kind": "company", "distance_km": 0}) == ("invoice_title", "tax_id")


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("大华贸易", "大华贸易有限公司", 100),
        ("Da Hua (Shanghai) Co., Ltd.", "dahua shanghai", 100),
        ("abcd", "abce", 75),
        ("abc", "xyz", 0),
        ("x" + "ab" * 150, "y" + "ab" * 150, 100),  # a long name is compared like a short one
    ],
)
def test_two_names_are_alike_in_percent(one: str, other: str, percent: int) -> None:
    assert (rules.alike(one, other), rules.alike(other, one)) == (percent, percent)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Da Hua (Shanghai) Co., Ltd.", "dahuashanghai"),
        ("上海大华·文具 股份有限公司", rules.folded("上海大华文具")),
        ("有限公司", rules.folded("有限公司")),  # nothing else is left to tell it by
    ],
)
def test_what_tells_a_name_from_others_has_no_form_no_marks_and_no_spaces(name: str, core: str) -> None:
    assert rules.core(name) == core


def test_a_draft_is_kept_trimmed_and_one_that_was_clean_stays_itself() -> None:
    typed = NewCustomer(name=" 大华 ", phone="1", address="徐汇路 1 号\n", territory="浦东", note=" a\nb ")
    kept = rules.cleaned(typed)
    assert (kept.name, kept.address, kept.note, kept.territory) == ("大华", "徐汇路 1 号", "a\nb", "浦东")
    assert rules.cleaned(kept) is kept


@pytest.mark.parametrize(
    ("name", "good", "bad", "rule"),
    [
        ("size_class", ["small", "key", ""], "big", "CUS-1"),
        ("kind", ["company", "person"], "firm", "CUS-1"),
        ("grade", ["A", "B", "C"], "D", "CUS-1"),
        ("terms", ["cash", "prepaid", "account"], "credit", "CUS-1"),
        ("address", ["x" * 500], "x" * 501, "FIL-3"),
        ("phone", ["1" * 200], "1" * 201, "FIL-3"),
        ("note", ["two\nlines"], "a\x1bb", "FIL-3"),
        ("name", ["大华"], "two\nlines", "FIL-3"),
    ],
)
def test_a_value_is_one_that_may_be_stored_or_refused_at_its_field(
    name: str, good: list[str], bad: str, rule: str
) -> None:
    assert [rules.checked(name, each) for each in good] == good
    with pytest.raises(Refused) as no:
        rules.checked(name, bad)
    assert (no.value.rule, no.value.field) == (rule, name)


def test_a_draft_is_trimmed_also_when_its_choices_are_right_and_refused_when_only_they_are_wrong() -> None:
    clean = NewCustomer(name="大华", kind="person")
    assert rules.cleaned(clean) is clean
    assert rules.cleaned(NewCustomer(name=" 大华 ", kind="person")) == clean
    for wrong in (NewCustomer(name="大华", kind="shop"), NewCustomer(name=" 大华 ", kind="shop")):
        with pytest.raises(Refused) as no:
            rules.cleaned(wrong)
        assert (no.value.rule, no.value.field, no.value.message) == ("CUS-1", "kind", "“shop” is not known here.")


@pytest.mark.parametrize(
    ("typed", "e164s"),
    [("", []), ("  ", []), ("13800138000/62345678、13800138000", ["+8613800138000", "+862162345678"])],
)
def test_each_phone_of_a_contact_is_kept_once(policy: Policy, typed: str, e164s: list[str]) -> None:
    assert [phone.e164 for phone in rules.phones_of(NewContact(phone=typed), policy.phones)] == e164s


def test_what_is_no_text_is_kept_as_it_is() -> None:
    assert [rules.checked("distance_km", each) for each in (None, 0, 8.5)] == [None, 0, 8.5]


@pytest.mark.parametrize(
    ("terms", "review_on", "lapsed"),
    [
        ("account", date(2026, 10, 24), False),  # the last of thirty days of grace
        ("account", date(2026, 10, 23), True),
        ("cash", date(2026, 10, 23), False),
        ("account", None, False),
    ],
)
def test_an_account_lapses_after_the_days_of_grace(terms: str, review_on: date | None, lapsed: bool) -> None:
    assert rules.has_lapsed(terms, review_on, date(2026, 11, 23), grace_days=30) is lapsed


@pytest.mark.parametrize(("due_on", "overdue"), [(None, "5"), (date(2026, 11, 23), "5"), (date(2026, 11, 22), "80")])
def test_a_balance_brought_in_is_overdue_the_day_after_it_was_due(due_on: date | None, overdue: str) -> None:
    assert rules.overdue_in_force(Decimal(5), Decimal(80), due_on, date(2026, 11, 23)) == Decimal(overdue)
    assert rules.overdue_in_force(Decimal(90), Decimal(80), due_on, date(2026, 11, 23)) == Decimal(90)


@pytest.mark.parametrize(
    ("changes", "terms", "field"),
    [
        (["credit_limit"], ("cash", "cash"), "credit_limit"),
        (["name", "credit_days"], ("cash", "cash"), "credit_days"),
        (["credit_review_on"], ("cash", "cash"), "credit_review_on"),
        (["terms"], ("cash", "account"), "terms"),
        (["terms"], ("account", "prepaid"), "terms"),
        (["terms"], ("cash", "prepaid"), ""),
        (["name"], ("account", "account"), ""),
    ],
)
def test_credit_is_given_by_nobody_who_types(changes: list[str], terms: tuple[str, ...], field: str) -> None:
    if not field:
        rules.refuse_credit(changes, terms=terms)
        return
    with pytest.raises(Refused) as no:
        rules.refuse_credit(changes, terms=terms)
    assert (no.value.rule, no.value.field) == ("CUS-7", field)


def test_the_required_fields_that_are_empty_are_named_the_first_one_first() -> None:
    with pytest.raises(Refused) as no:
        rules.require(NewCustomer(name=" ", phone="1", address="", territory="浦东"))
    assert (no.value.rule, no.value.field, no.value.message) == ("CUS-4", "name", "Missing: name, address.")
    rules.require(NewCustomer(name="大华", phone="1", address="x", territory="浦东"))


@pytest.mark.parametrize(
    ("source", "number"), [("oldshop:K17", "K17"), ("oldshop:a|b", ""), ("oldshop", ""), ("", ""), (None, "")]
)
def test_the_number_in_the_old_system_is_known_where_its_file_gave_one(source: str | None, number: str) -> None:
    assert rules.old_number(source) == number

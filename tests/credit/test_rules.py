"""The boundary values of CUS-7."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.credit import rules
from ordersdesk.credit.rules import Record
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused

TODAY = date(2026, 11, 23)
GOOD = Record(date(2026, 1, 5), (Decimal(5000),) * 3)


def met(known: Record, policy: Policy) -> list[str]:
    return [one.name for one in rules.requirements(known, policy.customers, TODAY) if one.is_met]


@pytest.mark.parametrize(
    ("first_on", "months"),
    [
        (None, 0), (date(2026, 11, 24), 0), (date(2026, 11, 23), 0), (date(2026, 10, 24), 0), (date(2026, 10, 23), 1),
        (date(2026, 8, 24), 2), (date(2026, 8, 23), 3), (date(2025, 11, 23), 12),
    ],
)  # fmt: skip
def test_months_of_trade_are_whole_months(first_on: date | None, months: int) -> None:
    assert rules.months_of_trade(first_on, TODAY) == months


def test_the_last_day_of_a_short_month_completes_it() -> None:
    assert rules.months_of_trade(date(2026, 8, 31), date(2026, 11, 30)) == 3
    assert rules.months_of_trade(date(2026, 8, 31), date(2026, 11, 29)) == 2


def test_the_last_full_months_end_before_this_one() -> None:
    assert rules.full_months(date(2026, 2, 28), 3) == (
        (date(2025, 11, 1), date(2025, 12, 1)),
        (date(2025, 12, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
    )


@pytest.mark.parametrize(
    ("months", "is_met"),
    [
        (("5000", "5000", "5000"), True),
        (("5000", "5000", "4999.99"), False),
        (("4999.99", "4999.99", "4999.99"), False),
        (("0", "0", "15000"), True),
        (("0", "0", "0"), False),
    ],
)
def test_the_average_is_not_rounded_up_to_the_limit(policy: Policy, months: tuple[str, ...], is_met: bool) -> None:
    known = Record(GOOD.first_on, tuple(Decimal(amount) for amount in months))
    assert ("average" in met(known, policy)) is is_met


@pytest.mark.parametrize(("first_on", "is_met"), [(date(2026, 8, 23), True), (date(2026, 8, 24), False)])
def test_three_months_of_trade_are_needed(policy: Policy, first_on: date, is_met: bool) -> None:
    assert ("trade" in met(Record(first_on, GOOD.months), policy)) is is_met


@pytest.mark.parametrize(
    ("overdue", "blocked", "is_met"), [("0.00", "", True), ("0.01", "", False), ("0.00", "unpaid", False)]
)
def test_good_standing_is_needed(policy: Policy, overdue: str, blocked: str, is_met: bool) -> None:
    assert ("standing" in met(Record(GOOD.first_on, GOOD.months, Decimal(overdue), blocked), policy)) is is_met


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (GOOD, "in good standing: nothing overdue, not blocked"),
        (Record(GOOD.first_on, GOOD.months, Decimal("0.01")), "overdue: 0.01 (nothing may be)"),
        (Record(GOOD.first_on, GOOD.months, blocked="unpaid"), "blocked: unpaid"),
        (Record(GOOD.first_on, GOOD.months, Decimal(9), "unpaid"), "blocked: unpaid"),
    ],
)
def test_every_requirement_says_its_figure_and_its_rule(policy: Policy, known: Record, sentence: str) -> None:
    found = {one.name: (one.rule, one.sentence()) for one in rules.requirements(known, policy.customers, TODAY)}
    assert found == {
        "trade": ("CUS-7", "months of trade: 10 (3 needed)"),
        "average": ("CUS-7", "bought a month on average: 5,000.00 (5,000.00 needed)"),
        "standing": ("CUS-7", sentence),
    }


def test_who_has_everything_is_not_refused_and_others_hear_what_to_do(policy: Policy) -> None:
    rules.refuse_missing(list(rules.requirements(GOOD, policy.customers, TODAY)))
    with pytest.raises(Refused) as no:
        rules.refuse_missing(list(rules.requirements(Record(None, ()), policy.customers, TODAY)), mend="Call Finance.")
    assert no.value.mend == "Call Finance."


@pytest.mark.parametrize(
    ("amounts", "of", "found"),
    [
        (("10", "20"), 0, "15.00"),
        (("10", "20"), 3, "10.00"),
        (("10", "10"), 3, "6.66"),
        ((), 0, "0.00"),
        ((), 3, "0.00"),
    ],
)
def test_an_average_is_taken_over_so_many_months(amounts: tuple[str, ...], of: int, found: str) -> None:
    assert str(rules.average([Decimal(each) for each in amounts], of=of)) == found


@pytest.mark.parametrize(("typed", "limit"), [("0.01", "0.01"), (1_000_000, "1000000.00"), ("999,999.99", "999999.99")])
def test_the_smallest_and_the_largest_limit_can_be_given(policy: Policy, typed: object, limit: str) -> None:
    assert str(rules.limit_typed(typed, policy.customers)) == limit


@pytest.mark.parametrize(
    ("read", "typed", "says"),
    [
        (rules.limit_typed, "1000000.01", "A credit limit of 1,000,000.01 cannot be given."),
        (rules.limit_typed, "plenty", "“plenty” is no amount of money."),
        (rules.days_typed, " 91 ", "“91” are no days of credit."),
        (rules.days_typed, "x" * 41, f"“{'x' * 40}” are no days of credit."),
    ],
)
def test_what_cannot_be_given_is_said_as_it_was_typed(policy: Policy, read: Any, typed: str, says: str) -> None:
    with pytest.raises(Refused) as no:
        read(typed, policy.customers)
    assert no.value.message == says


def test_everything_that_is_missing_is_named(policy: Policy) -> None:
    found = list(rules.requirements(Record(None, (), Decimal("8.50")), policy.customers, TODAY))
    with pytest.raises(Refused) as no:
        rules.refuse_missing(found)
    assert (no.value.rule, no.value.field) == ("CUS-7", "customer")
    assert no.value.message == (
        "Not yet a customer for credit: months of trade: 0 (3 needed); "
        "bought a month on average: 0.00 (5,000.00 needed); overdue: 8.50 (nothing may be)."
    )


@pytest.mark.parametrize("typed", ["20000", "20,000.00", "¥20000", 20000, Decimal(20000)])
def test_a_limit_is_read_as_people_write_it(policy: Policy, typed: object) -> None:
    assert rules.limit_typed(typed, policy.customers) == Decimal(20000)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "plenty",
        "-1",
        "0",
        "1000000.01",
        "1e30",
        "NaN",
        "Infinity",
        -5,
        True,
        None,
        [],
        float("nan"),
        "２万",
        "\x00",
    ],
)
def test_a_limit_that_is_none_is_refused_at_its_field(policy: Policy, typed: object) -> None:
    with pytest.raises(Refused) as no:
        rules.limit_typed(typed, policy.customers)
    assert (no.value.rule, no.value.field, bool(no.value.mend)) == ("CUS-7", "limit", True)


@pytest.mark.parametrize(("typed", "days"), [("30", 30), (" 90 ", 90), (1, 1)])
def test_days_are_whole_days(policy: Policy, typed: object, days: int) -> None:
    assert rules.days_typed(typed, policy.customers) == days


@pytest.mark.parametrize("typed", ["", "thirty", "30 days", "0", "-1", "91", "1.5", "٣٠", True, None, 10**30])
def test_days_that_are_none_are_refused_at_their_field(policy: Policy, typed: object) -> None:
    with pytest.raises(Refused) as no:
        rules.days_typed(typed, policy.customers)
    assert (no.value.rule, no.value.field, bool(no.value.mend)) == ("CUS-7", "days", True)


@pytest.mark.parametrize(
    ("today", "review"),
    [(date(2026, 11, 23), date(2027, 5, 23)), (date(2026, 8, 31), date(2027, 2, 28)), (TODAY, date(2027, 5, 23))],
)
def test_the_next_review_is_six_months_on(today: date, review: date) -> None:
    assert rules.next_review(today, 6) == review

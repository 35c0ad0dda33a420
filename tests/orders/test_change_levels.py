"""How much a change weighs (CHG-2, CHG-5), each limit on both sides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.orders.changes.plan.rules import OF_LEVEL, Base, Effect, Level, cancelled, graded

LARGE = Decimal("1000000.00")


def level(policy: Policy, old: Decimal | str, new: Decimal | str, **rest: object) -> str:
    touched = frozenset({"lines"})
    effect = Effect(Decimal(old), Decimal(new), **({"touched": touched} | rest))  # type: ignore[arg-type]
    return graded(effect, policy.changes).level


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1000.00", "1099.90", Level.MINOR),  # 9.99 %
        ("1000.00", "1100.00", Level.MAJOR),  # 10 %
        ("1000.00", "900.10", Level.MINOR),
        ("1000.00", "900.00", Level.MAJOR),
        ("1000.00", "1499.90", Level.MAJOR),  # 49.99 %
        ("1000.00", "1500.00", Level.TOP),  # 50 %
        ("1000.00", "500.00", Level.TOP),
        (LARGE, LARGE + Decimal("499.99"), Level.MINOR),
        (LARGE, LARGE + 500, Level.MAJOR),
        (LARGE, LARGE + Decimal("9999.99"), Level.MAJOR),
        (LARGE, LARGE + 10000, Level.TOP),
        ("0.00", "0.01", Level.MINOR),
        ("499.99", "0.00", Level.MINOR),  # shares count only from 500 on
        ("500.00", "549.99", Level.MINOR),
        ("500.00", "550.00", Level.MAJOR),
        ("500.00", "750.00", Level.TOP),
        ("62.00", "12.00", Level.MINOR),
        ("0.00", "0.00", Level.MINOR),
    ],
)
def test_the_level_follows_share_and_amount(
    policy: Policy, old: Decimal | str, new: Decimal | str, expected: str
) -> None:
    assert level(policy, old, new) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, Level.MINOR), (1, Level.MINOR), (2, Level.MAJOR)])
def test_the_level_follows_the_days_the_promise_moves(policy: Policy, days: int, expected: str) -> None:
    assert level(policy, "100.00", "100.00", days=days, touched=frozenset({"deliver_on"})) == expected


@pytest.mark.parametrize(
    ("touched", "expected"),
    [
        ({"contact"}, Level.LIGHT),
        ({"contact", "phone", "address", "note", "lines.note"}, Level.LIGHT),
        ({"invoice"}, Level.MINOR),
        ({"note", "lines"}, Level.MINOR),
        ({"payment"}, Level.MAJOR),
    ],
)
def test_the_level_follows_what_is_touched(policy: Policy, touched: set[str], expected: str) -> None:
    assert level(policy, "100.00", "100.00", touched=frozenset(touched)) == expected


def test_before_it_is_confirmed_every_change_is_free(policy: Policy) -> None:
    free = Effect(Decimal("100.00"), Decimal("90000.00"), frozenset({"lines", "payment"}), is_free=True)
    assert (graded(free, policy.changes).level, graded(free, policy.changes).rule) == (Level.LIGHT, "ORD-7")


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("62.00", Level.MINOR), ("499.99", Level.MINOR), ("500.00", Level.MAJOR), ("9999.99", Level.MAJOR),
        ("10000.00", Level.TOP),
    ],
)  # fmt: skip
def test_who_cancels_follows_what_the_order_comes_to(policy: Policy, total: str, expected: str) -> None:
    whole = Effect(Decimal(total), Decimal("0.00"), frozenset({"lines"}))
    assert cancelled(whole, policy.changes).level == expected


@pytest.mark.parametrize(
    ("level", "base", "expected"),
    [
        (Level.MAJOR, Base(Decimal("500.00"), Decimal("-1.00")), Level.MAJOR),  # 499.00 now, one off before
        (Level.MAJOR, Base(Decimal("498.00"), Decimal("1.00")), Level.MINOR),
        (Level.TOP, Base(Decimal("10000.00"), Decimal("-9501.00")), Level.TOP),
    ],
)
def test_an_order_made_smaller_first_is_cancelled_as_the_order_it_was(
    policy: Policy, level: Level, base: Base, expected: Level
) -> None:
    whole = Effect(Decimal("499.00"), Decimal("0.00"), frozenset({"lines"}), since={level: base})
    found = cancelled(whole, policy.changes)
    assert found.level == expected
    if expected == level:
        assert found.facts["amount"] == f"{base.total:,.2f}"


def test_small_steps_are_measured_together(policy: Policy) -> None:
    before = {Level.MAJOR: Base(Decimal("900.00"), Decimal("89.00")), Level.TOP: Base(Decimal("900.00"), Decimal(89))}
    assert level(policy, "989.00", "989.99", since=before) == Level.MINOR
    assert level(policy, "989.00", "990.00", since=before) == Level.MAJOR
    assert level(policy, "989.00", "1349.99", since=before) == Level.MAJOR
    assert level(policy, "989.00", "1350.00", since=before) == Level.TOP


def test_what_moves_no_money_is_not_weighed_by_what_was_moved_before(policy: Policy) -> None:
    before = {Level.TOP: Base(Decimal("900.00"), Decimal("600.00"))}
    assert level(policy, "1500.00", "1500.00", since=before, touched=frozenset({"invoice"})) == Level.MINOR


@pytest.mark.parametrize(
    ("old", "new", "rest", "occasion", "rule", "sentence"),
    [
        (
            "100.00",
            "100.00",
            {"touched": frozenset({"contact"})},
            "",
            "CHG-5",
            "Only contact, address or notes change.",
        ),
        (LARGE, LARGE + 10000, {}, "top", "CHG-2", "The total changes by 10,000.00 (from 10,000.00 on)."),
        ("0.00", "0.01", {}, "minor", "CHG-2", "The total changes by only 0.01."),
        ("1000.00", "3500.00", {}, "top", "CHG-2", "The total changes by 250 % (from 50 % on)."),
        ("500.00", "1000.00", {}, "top", "CHG-2", "The total changes by 100 % (from 50 % on)."),
        (LARGE, LARGE + 500, {}, "major", "CHG-2", "The total changes by 500.00 (from 500.00 on)."),
        ("1000.00", "1333.33", {}, "major", "CHG-2", "The total changes by 33.33 % (from 10 % on)."),
        ("1000.00", "1100.00", {}, "major", "CHG-2", "The total changes by 10 % (from 10 % on)."),
        ("800.00", "900.00", {}, "major", "CHG-2", "The total changes by 12.5 % (from 10 % on)."),
        (
            "989.00",
            "990.00",
            {"since": {Level.MAJOR: Base(Decimal("900.00"), Decimal("89.00"))}},
            "major",
            "CHG-2",
            "With the changes before it the total changes by 10 % (from 10 % on).",
        ),
        (
            LARGE,
            LARGE + 1,
            {"since": {Level.TOP: Base(LARGE, Decimal("9999.00"))}},
            "top",
            "CHG-2",
            "With the changes before it the total changes by 10,000.00 (from 10,000.00 on).",
        ),
        ("9.00", "9.00", {"days": 2}, "major", "CHG-2", "The promise moves by 2 working days (more than 1)."),
        ("9.00", "9.00", {"touched": frozenset({"payment", "note"})}, "major", "CHG-2", "The way of payment changes."),
        ("1000.00", "1001.00", {}, "minor", "CHG-2", "The total changes by only 1.00."),
        ("9.00", "9.00", {"touched": frozenset({"region"})}, "minor", "CHG-5", "It goes to another region."),
        ("9.00", "9.00", {}, "minor", "CHG-2", "The total stays as it is."),
    ],
)
def test_every_level_gives_its_rule_and_its_reason(
    policy: Policy,
    old: Decimal | str,
    new: Decimal | str,
    rest: dict[str, Any],
    occasion: str,
    rule: str,
    sentence: str,
) -> None:
    facts: dict[str, Any] = {"touched": frozenset({"lines"})}
    effect = Effect(Decimal(old), Decimal(new), **(facts | rest))
    grade = graded(effect, policy.changes)
    asks = OF_LEVEL[grade.level].name if grade.level in OF_LEVEL else ""
    assert (asks, grade.rule, grade.sentence()) == (f"change_{occasion}" if occasion else "", rule, sentence)


def test_the_heaviest_reason_is_the_one_that_is_said(policy: Policy) -> None:
    effect = Effect(Decimal("1000.00"), Decimal("1100.00"), frozenset({"lines", "payment", "region"}), days=9)
    assert graded(effect, policy.changes).sentence() == "The total changes by 10 % (from 10 % on)."


@pytest.mark.parametrize(
    ("total", "level", "sentence"),
    [
        ("499.99", Level.MINOR, "An order of 499.99 is cancelled."),
        ("500.00", Level.MAJOR, "An order of 500.00 is cancelled (from 500.00 on)."),
        ("10000.00", Level.TOP, "An order of 10,000.00 is cancelled (from 10,000.00 on)."),
    ],
)
def test_a_cancelled_order_says_what_it_came_to(policy: Policy, total: str, level: Level, sentence: str) -> None:
    grade = cancelled(Effect(Decimal(total), Decimal("0.00"), frozenset({"lines"})), policy.changes)
    assert (grade.level, grade.rule, grade.sentence()) == (level, "CHG-4", sentence)

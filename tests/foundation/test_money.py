"""Amounts as people and files write them, up to the largest there is (CAT-5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ordersdesk.foundation.texts.money import formatted, parsed, rounded
from ordersdesk.foundation.texts.refusals import Refused


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", "12.00"), (" 1,234.5 ", "1234.50"), ("¥12", "12.00"), ("￥ 12", "12.00"), ("-3", "-3.00"),
        ("0.005", "0.01"), ("0.0049", "0.00"), ("999999999999.99", "999999999999.99"),
        ("-999999999999.99", "-999999999999.99"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert str(parsed(text)) == amount


@pytest.mark.parametrize("text", ["", "twelve", "12 yuan", "X12", "1000000000000.00", "-1000000000000", "NaN", "1e13"])
def test_what_is_no_amount_is_refused_at_the_field_of_whoever_reads_it(text: str) -> None:
    with pytest.raises(Refused) as no:
        parsed(text, field="price")
    assert (no.value.rule, no.value.field, no.value.message) == ("CAT-5", "price", f"“{text}” is no amount of money.")


@pytest.mark.parametrize(
    ("exact", "minor"), [("1.005", "1.01"), ("1.0049", "1.00"), ("-1.005", "-1.01"), ("2", "2.00")]
)
def test_amounts_are_rounded_half_up(exact: str, minor: str) -> None:
    assert str(rounded(Decimal(exact))) == minor


def test_amounts_are_written_in_groups_of_three() -> None:
    assert [formatted(Decimal(each)) for each in ("1234567.5", "-0.5", "999")] == ["1,234,567.50", "-0.50", "999.00"]

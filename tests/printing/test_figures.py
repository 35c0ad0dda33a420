"""Amounts in upper-case Chinese figures (SLP-2)."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ordersdesk.printing.forms.figures import DIGITS, in_words

SAID = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "0.004": "零元整",
    "0.005": "壹分",
    "10": "壹拾元整",
    "11.10": "壹拾壹元壹角整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "10000.10": "壹万元壹角整",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "100100": "壹拾万零壹佰元整",
    "100000000": "壹亿元整",
    "100010000": "壹亿零壹万元整",
    "100000001.01": "壹亿零壹元零壹分",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "1000200000000": "壹万零贰亿元整",
    "-12.30": "负壹拾贰元叁角整",
    "-0.001": "零元整",
}


@pytest.mark.parametrize(("amount", "words"), SAID.items())
def test_an_amount_is_written_as_a_bank_writes_it(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


@given(some.decimals(min_value=0, max_value="999999999999.99", places=2))
def test_the_words_say_the_amount_and_no_other(amount: Decimal) -> None:
    assert _read(in_words(amount)) == amount


def _read(words: str) -> Decimal:
    """Read the words back, in another way than they were made."""
    yuan, found, rest = words.rpartition("元")
    small = rest if found else words
    cents = sum(
        DIGITS.index(digit) * worth for digit, unit in re.findall(r"(.)([角分])", small)
        for worth in [10 if unit == "角" else 1]
    )  # fmt: skip
    return Decimal(_whole(yuan)) + Decimal(cents) / 100


def _whole(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        before, found, after = words.rpartition(unit)
        if found:
            return _whole(before) * size + _whole(after)
    return DIGITS.index(words.lstrip(DIGITS[0])) if words.lstrip(DIGITS[0]) else 0

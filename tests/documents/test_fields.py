"""What a verb asks: typed text becomes what its action takes, or is refused by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ordersdesk.documents.fields import Field, Takes
from ordersdesk.foundation.texts.refusals import Refused

TODAY = date(2026, 11, 23)
WAYS = {"call": "by phone", "fax": "by fax"}


@pytest.mark.parametrize(
    ("takes", "typed", "value"),
    [
        (Takes.TEXT, " box soaked ", " box soaked "),
        (Takes.AMOUNT, "¥1,234.5", Decimal("1234.50")),
        (Takes.COUNT, " 12 ", 12),
        (Takes.DAY, "+2", date(2026, 11, 25)),
        (Takes.CHOICE, "FAX", "fax"),
        (Takes.NOTE, "", ""),
        (Takes.AMOUNT, "", None),
        (Takes.COUNT, "", None),
        (Takes.DAY, "  ", None),
    ],
)
def test_what_is_typed_becomes_what_the_action_takes(takes: Takes, typed: str, value: Any) -> None:
    assert Field("it", "It", takes, choices=WAYS).value(typed, TODAY) == value


def test_what_is_left_empty_takes_the_default() -> None:
    assert Field("how", "How?", Takes.CHOICE, default="call", choices=WAYS).value("", TODAY) == "call"


@pytest.mark.parametrize(
    ("takes", "typed", "said"),
    [
        (Takes.COUNT, "-1", "“-1” is no number."),
        (Takes.COUNT, "²", "“²” is no number."),
        (Takes.COUNT, "1234567890", "“1234567890” is no number."),
        (Takes.AMOUNT, "NaN", "“NaN” is no amount of money."),
        (Takes.DAY, "31-31", "“31-31” is no day."),
        (Takes.CHOICE, "[/]" * 30, f"“{('[/]' * 30)[:40]}” is none of: call, fax"),
        (Takes.TEXT, "", "It is missing."),
    ],
)
def test_what_it_cannot_be_is_refused_with_the_field(takes: Takes, typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        Field("it", "It", takes, required=True, choices=WAYS).value(typed, TODAY)
    assert (refused.value.message, refused.value.field) == (said, "it")


@pytest.mark.parametrize(("claimed", "begins"), [(Decimal("1234.50"), "1,234.50"), (Decimal(0), "5"), (None, "5")])
def test_a_form_begins_with_what_the_document_says_already(claimed: Decimal | None, begins: str) -> None:
    asked = Field("amount", "Amount", Takes.AMOUNT, default="5", begins_with="claimed")
    assert asked.beginning(SimpleNamespace(claimed=claimed)) == begins
    assert asked.beginning(None) == "5"

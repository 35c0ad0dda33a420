"""Days as they are typed (ORD-1)."""

from __future__ import annotations

from datetime import date

import pytest

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_days import day_typed

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("24", date(2026, 11, 24)),
        ("23", date(2026, 11, 23)),
        ("22", date(2026, 12, 22)),
        ("31", date(2026, 12, 31)),
        ("11-24", date(2026, 11, 24)),
        ("11/22", date(2027, 11, 22)),
        ("1124", date(2026, 11, 24)),
        ("１１月２４日", date(2026, 11, 24)),
        ("+2", date(2026, 11, 25)),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026.12.1", date(2026, 12, 1)),
    ],
)
def test_a_day_typed_is_the_next_one_that_fits(text: str, meant: date | None) -> None:
    assert day_typed(text, MONDAY) == meant


@pytest.mark.parametrize("text", ["tomorrow", "32", "13-01", "0", "2-30", "[/]", "99999", "-1"])
def test_what_is_no_day_is_refused_at_the_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        day_typed(text, MONDAY)
    assert (refused.value.rule, refused.value.field) == ("ORD-1", "deliver_on")

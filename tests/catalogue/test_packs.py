"""Quantities as they are typed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.catalogue.packs import pack
from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.texts.refusals import Refused

PENCIL = Ware(
    1, "P1", "", "", "铅笔", "pencil", "HB", "支", Decimal(1), "catalogue", 0, False, False, "", {"盒": 12, "箱": 240}
)
LARGEST = 1_000_000


def packed(text: str | int, ware: Ware = PENCIL) -> int:
    return pack(text, ware, largest=LARGEST)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("5", 5),
        (5, 5),
        ("1", 1),
        (" 5 ", 5),
        ("005", 5),
        ("５箱", 1200),
        ("5箱", 1200),
        ("2 盒", 24),
        ("3支", 3),
        ("3x", 720),
        ("3X", 720),
        ("2h", 24),
        ("2 boxes", 24),
        ("1carton", 240),
        ("1 c", 240),
        ("7 pcs", 7),
        ("2盒3支", 27),
        ("1箱 + 2盒", 264),
        ("1x2h", 264),
        ("1,000", 1000),
        ("5.0", 5),
        ("0.5盒", 6),
        ("1000000", LARGEST),
    ],
)
def test_a_quantity_is_read_in_smallest_units(text, pieces):
    assert packed(text) == pieces


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("", "ORD-1", "is missing"),
        ("0", "ORD-1", "more than nought"),
        ("0箱", "ORD-1", "more than nought"),
        ("-5", "ORD-1", "more than nought"),
        (-5, "ORD-1", "more than nought"),
        ("2.5", "ORD-1", "2.5 is not a whole number of 支"),
        ("0.51盒", "ORD-1", "is not a whole number of 支"),
        ("five", "ORD-1", "“five” is no quantity"),
        ("箱", "ORD-1", "is no quantity"),
        ("5 5", "ORD-1", "is no quantity"),
        ("2箱3", "ORD-1", "is no quantity"),
        ("1,5", "ORD-1", "is no quantity"),
        ("1e5", "ORD-1", "is no quantity"),
        ("5包", "CAT-1", "has no unit “包”"),
        ("1000001", "ORD-1", "1000001 is more than a line can hold (1000000)"),
        ("4167箱", "ORD-1", "more than a line can hold"),
        ("9" * 41, "ORD-1", "is no quantity"),
        ("9" * 40, "ORD-1", "more than a line can hold"),
        ("=1+1", "ORD-1", "is no quantity"),
    ],
)
def test_what_is_no_quantity_is_refused_with_what_is_wrong(text, rule, says):
    with pytest.raises(Refused) as refused:
        packed(text)
    assert (refused.value.rule, refused.value.field, bool(refused.value.mend)) == (rule, "quantity", True)
    assert says in refused.value.message


def test_an_unknown_unit_is_refused_with_the_units_there_are():
    with pytest.raises(Refused) as refused:
        packed("3包")
    assert refused.value.mend == "Units: 支, 盒 = 12, 箱 = 240."


@pytest.mark.parametrize(
    ("unit", "units", "mend"),
    [
        ("张", {"包": 500, "打": 12}, "Units: 张, 打 = 12, 包 = 500."),  # from small to large, however they were stored
        ("", {"包": 500}, "Units: pieces, 包 = 500."),
        ("张", {}, "Units: 张."),
    ],
)
def test_the_units_there_are_come_from_small_to_large(unit, units, mend):
    with pytest.raises(Refused) as refused:
        packed("3桶", replace(PENCIL, unit=unit, units=units))
    assert (refused.value.rule, refused.value.message, refused.value.mend) == (
        "CAT-1",
        "铅笔 HB has no unit “桶”.",
        mend,
    )


@pytest.mark.parametrize(("units", "example"), [({"盒": 12, "箱": 240}, "5, 2盒"), ({}, "5, 2支")])
def test_what_is_no_quantity_is_shown_one_of_this_item(units, example):
    with pytest.raises(Refused) as refused:
        packed("five", replace(PENCIL, units=units))
    assert (refused.value.rule, refused.value.mend) == (
        "ORD-1",
        f"Type a whole number, with a unit if you like: {example}.",
    )


def test_a_letter_that_means_two_units_is_refused():
    paper = replace(PENCIL, unit="张", units={"包": 500, "本": 50})
    assert packed("1bao", paper) == 500
    with pytest.raises(Refused, match="no unit “b”"):
        packed("1b", paper)


def test_units_may_have_any_name():
    cable = replace(PENCIL, unit="metre", units={"Drum": 100})
    assert [packed(text, cable) for text in ("2 drum", "2d", "2m", "2 DRUM 5 metre")] == [200, 200, 2, 205]


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[0-9+,. 箱盒x-]{0,50}")))
def test_any_text_is_a_quantity_or_refused(text):
    rules: set[str] = set()
    try:
        pieces = packed(text)
    except Refused as refused:
        pieces, rules = 1, {refused.rule}
    assert 0 < pieces <= LARGEST
    assert rules <= {"ORD-1", "CAT-1"}

"""One form for a code, however it was typed, scanned or padded (CAT-2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.foundation.texts.codes import barcode, code, spellings


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("ＺＨ９０１", "ZH901"),
        ("\u200bZH902", "ZH902"),
        ("ZH903\xa0", "ZH903"),
        ("zh904", "ZH904"),
        ("\t00456\t", "00456"),
        ("A–4", "A-4"),
        ("*U1*", "U1"),
        ("A  1", "A 1"),
        ("\ufeffA1", "A1"),
        ("A\x001", ""),
        ("", ""),
    ],
)
def test_a_code_has_one_form(typed: str, one: str) -> None:
    assert code(typed) == one


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("725272730706", "0725272730706"),
        ("0725272730706", "0725272730706"),
        ("00725272730706", "0725272730706"),
        ("]E00725272730706", "0725272730706"),
        ("]C10106901234567892", "6901234567892"),
        ("(01)06901234567892(10)7", "6901234567892"),
        ("690-1234-567892", "6901234567892"),
        ("16901234567899", "16901234567899"),
        ("96385074", "96385074"),
        ("AB-12", "AB-12"),
    ],
)
def test_an_articles_number_has_thirteen_digits(typed: str, one: str) -> None:
    assert barcode(typed) == one


def test_what_is_scanned_is_looked_for_in_every_form_it_may_be_stored_in() -> None:
    assert spellings("725272730706") == ("725272730706", "0725272730706")
    assert spellings("0725272730706") == ("0725272730706", "725272730706")


@given(st.text(max_size=20))
def test_the_one_form_is_its_own(typed: str) -> None:
    assert code(code(typed)) == code(typed)
    assert barcode(barcode(typed)) == barcode(typed)

"""What may be kept as it was typed is told at once for all the texts of a row (FIL-3)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NAME, are_clean, clean

LINE = st.text(alphabet=st.one_of(st.sampled_from(" |é\u0301\u3000王\n\u200b"), st.characters()), max_size=6)


def stays(text: str) -> bool:
    try:
        return clean(text, field="name") == text
    except Refused:
        return False


@given(st.lists(LINE, max_size=4))
@example(["a ", "b"])
@example(["a", " b"])
@example(["a|", "| b"])
@example(["e", "\u0301"])
@example(["\u1100", "\u1161"])
def test_texts_that_are_told_to_be_clean_stay_as_they_are(texts: list[str]) -> None:
    assert not are_clean(texts) or all(map(stays, texts))


@pytest.mark.parametrize(
    ("texts", "is_clean"),
    [
        *[([], True), (["张三", "13800138000/62345678", "上海市 张江路"], True), (["x" * NAME], True)],
        *[(["x" * (NAME + 1)], False), (["a", " b"], False), (["a\tb"], False), (["e\u0301"], False)],
    ],
)
def test_usual_texts_are_clean(texts: list[str], is_clean: bool) -> None:
    assert are_clean(texts) is is_clean

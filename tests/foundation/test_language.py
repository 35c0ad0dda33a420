"""A word of several meanings is translated by its context; English needs none."""

from __future__ import annotations

import pytest

from ordersdesk.foundation.language import NP_, _, pgettext, translator, use


@pytest.fixture
def in_chinese():
    use("zh_CN")
    yield
    use("en")


def test_in_english_a_word_is_itself() -> None:
    assert (pgettext("pad", "Take back"), _(NP_("goods", "Back")), NP_("goods", "Back")) == (
        "Take back",
        "Back",
        "Back",
    )


@pytest.mark.usefixtures("in_chinese")
def test_a_word_is_said_by_what_it_is_said_of() -> None:
    assert [pgettext(of, "closed") for of in ("a shop", "order", "trouble")] == ["已关门", "已结单", "已结案"]


@pytest.mark.usefixtures("in_chinese")
def test_a_word_of_a_table_keeps_its_meaning_until_it_is_shown() -> None:
    assert [_(NP_(of, "Back")) for of in ("key", "goods", "van")] == ["返回", "退回", "返回时间"]


def test_every_translator_knows_the_meaning() -> None:
    assert [translator("zh_CN")(NP_(of, "Take back")) for of in ("typing", "pad")] == ["还原", "收回"]

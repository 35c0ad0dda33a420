"""A word of several meanings is translated by its context; English needs none."""

from __future__ import annotations

import pytest

from ordersdesk.foundation.texts.language import (  # fmt: skip
    NP_,
    _,
    bracketed,
    clause_list,
    labelled,
    pgettext,
    spoken,
    translator,
    use,
    word_list,
)


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


@pytest.mark.usefixtures("in_chinese")
def test_the_language_puts_its_own_marks_between_texts() -> None:
    said = (
        word_list(["纸", "笔"]),
        clause_list(["缺货", "", "晚到"]),
        labelled("主仓", "1,632"),
        bracketed("急件", "ORD-4"),
    )
    assert said == ("纸、笔", "缺货；晚到", "主仓：1,632", "急件（ORD-4）")


def test_in_english_they_are_commas_and_brackets() -> None:
    said = (word_list(["paper", "pens"]), clause_list(["short", "late"]), labelled("Main", 5), bracketed("urgent", ""))
    assert said == ("paper, pens", "short; late", "Main: 5", "urgent")


@pytest.mark.usefixtures("in_chinese")
def test_facts_that_are_lists_are_named_in_the_language() -> None:
    assert spoken("{number} is cancelled: its deposit is kept, {items} were special goods.", {
        "number": "SO1", "items": ["纸", "笔"],
    }) == "SO1 已取消；纸、笔 是特殊商品，定金不退。"  # fmt: skip

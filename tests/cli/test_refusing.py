"""A refusal on the command line: the rule, the field, the sentence, each with the marks of the language."""

from __future__ import annotations

import pytest

from ordersdesk.cli.frame.refusing import place_said, sentences
from ordersdesk.foundation.texts.language import use
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import NotReady
from ordersdesk.orders.terms.finding import Finding, Weight

UNUSUAL = Finding(
    "JOY-5", Weight.ASK, "{item}: usually {usual}, you typed {typed}.", {"item": "复印纸", "usual": 1, "typed": 10},
    field="lines.0.quantity", subject="A4-80",
)  # fmt: skip


@pytest.fixture
def in_chinese():
    use("zh_CN")
    yield
    use("en")


@pytest.mark.usefixtures("in_chinese")
def test_a_finding_names_its_line_in_chinese() -> None:
    assert sentences(NotReady([UNUSUAL]))[0] == "JOY-5（第 1 行数量）：复印纸通常 1，这次输入 10。"


@pytest.mark.usefixtures("in_chinese")
def test_a_refusal_has_the_colon_of_its_language() -> None:
    assert sentences(Refused("ORD-9", "没有订单 SO1。"))[0] == "ORD-9：没有订单 SO1。"


def test_in_english_a_field_is_named_as_its_label() -> None:
    assert [place_said(field) for field in ("lines.1.item", "customer", "said_total")] == [
        "Item, line 2", "Customer", "said_total",
    ]  # fmt: skip

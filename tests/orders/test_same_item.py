"""Goods that stand on another line already are asked about when they are typed again (ORD-4)."""

from __future__ import annotations

from typing import Any

import pytest

from ordersdesk.changing import request
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import NotReady
from ordersdesk.orders.assessment.case_queries import case
from ordersdesk.orders.assessment.checks import same_item
from ordersdesk.orders.book.answer_queries import owed, usual_items
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.change_draft import parsed
from tests.builders import a_customer, a_draft, agreed, an_item


@pytest.fixture
def ready(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, stock=100)
    an_item(desk, "PEN", stock=100)
    return desk


def asked(desk: Desk, *lines: tuple[str, Any], accepted: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Submit lines and return what the customer is asked, and of which line."""
    try:
        submit(desk, a_draft(*lines, accepted=accepted))
    except NotReady as refused:
        return [(finding.key, finding.field) for finding in refused.findings]
    return []


def test_an_item_on_two_lines_is_asked_about_and_others_are_not(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    an_item(desk, "PEN", stock=100)
    found = case(desk, a_draft(("A4-80", 3), ("PEN", 1), ("a4-80", 4)))
    asked = same_item(found, 2)
    assert asked is not None
    assert asked.sentence() == "A4-80 is on line 1 already, 3 of it: once more?"
    assert same_item(found, 1) is None


@pytest.mark.parametrize(
    ("lines", "accepted", "questions"),
    [
        ("A P", (), []),
        ("A P A", (), [("ORD-4:A4-80", "lines.2.quantity")]),
        ("A P A", ("ORD-4:A4-80",), []),
        ("A A A", (), [("ORD-4:A4-80×3", "lines.2.quantity")]),
        ("A A A", ("ORD-4:A4-80",), [("ORD-4:A4-80×3", "lines.2.quantity")]),
        ("A P P A", ("ORD-4:PEN",), [("ORD-4:A4-80", "lines.3.quantity")]),
    ],
)
def test_an_order_with_goods_on_two_lines_is_made_when_the_customer_said_yes(
    ready: Desk, lines: str, accepted: tuple[str, ...], questions: list[tuple[str, str]]
) -> None:
    codes = {"A": "A4-80", "P": "PEN"}
    assert asked(ready, *((codes[each], 1) for each in lines.split()), accepted=accepted) == questions


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ({"lines": [{"position": 1, "quantity": 4}]}, []),
        ({"add": [{"item": "PEN", "quantity": 1}]}, []),
        ({"add": [{"item": "a4-80", "quantity": 1}]}, ["ORD-4:A4-80×3"]),
        ({"add": [{"item": "PEN", "quantity": 1}, {"item": "PEN", "quantity": 2}]}, ["ORD-4:PEN"]),
    ],
)
def test_a_change_asks_about_goods_it_puts_on_one_line_more(
    ready: Desk, wanted: dict[str, Any], keys: list[str]
) -> None:
    change = {"order": agreed(ready, a_draft(("A4-80", 3), ("A4-80", 2))).number, "reason": "called"} | wanted
    assert [finding.key for finding in compare(ready, parsed(change)).findings] == keys
    assert request(ready, parsed(change | {"accepted": keys})).state in ("asked", "applied")


def test_goods_that_differ_by_their_spec_only_are_named_with_it(desk: Desk) -> None:
    who = a_customer(desk)
    for code, spec in (("A", "70克"), ("B", "80克")):
        an_item(desk, code, name="复印纸", spec=spec, stock=9)
    submit(desk, a_draft(("A", 1), ("B", 2)))
    assert [one.full_name for one in owed(desk, who)] == ["复印纸 70克", "复印纸 80克"]
    assert sorted(one.full_name for one in usual_items(desk, who)) == ["复印纸 70克", "复印纸 80克"]
    with pytest.raises(NotReady, match="Only 7 of 复印纸 80克 left, 8 wanted"):
        submit(desk, a_draft(("B", 8)))


def test_goods_nobody_knows_are_never_the_same(desk: Desk) -> None:
    a_customer(desk)
    assert same_item(case(desk, a_draft(("what", 1), ("what", 2))), 1) is None

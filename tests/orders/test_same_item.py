"""Goods that stand on another line already are asked about when they are typed again (ORD-4)."""

from __future__ import annotations

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.queries import case
from ordersdesk.orders.rules import same_item
from tests.builders import a_customer, a_draft, an_item


def test_an_item_on_two_lines_is_asked_about_and_others_are_not(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    an_item(desk, "PEN", stock=100)
    found = case(desk, a_draft(("A4-80", 3), ("PEN", 1), ("a4-80", 4)))
    asked = same_item(found, 2)
    assert asked is not None
    assert asked.sentence() == "A4-80 is on line 1 already, 3 of it: once more?"
    assert same_item(found, 1) is None


def test_goods_nobody_knows_are_never_the_same(desk: Desk) -> None:
    a_customer(desk)
    assert same_item(case(desk, a_draft(("what", 1), ("what", 2))), 1) is None

"""Holds become an order's reservations, or the first item that is short is named (STK-3)."""

from __future__ import annotations

from functools import partial

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.stock import actions
from ordersdesk.stock.queries import discrepancies, shelves
from tests.builders import an_item, hold

NAMES = {1: "paper", 2: "pens"}


@pytest.fixture
def held(desk: Desk) -> Desk:
    """Ten pieces of two items; a call holds four of the second, another call five."""
    an_item(desk, "A4-80", stock=10)
    an_item(desk, "PEN", stock=10)
    hold(desk, holder="mine", item_id=2, quantity=4)
    hold(desk, holder="theirs", item_id=2, quantity=5)
    return desk


def reserved(desk: Desk) -> list[int]:
    with desk.reading() as session:
        assert discrepancies(session) == []
        return [shelves(session, [item])[item][0].reserved for item in (1, 2)]


def firm(desk: Desk, wanted: dict[tuple[int, int], int]) -> None:
    desk.database.write(
        partial(actions.make_firm, desk, holder="mine", order_id=1, wanted=wanted, names=NAMES)  # type: ignore[arg-type]
    )


def test_an_order_takes_over_what_its_call_held_and_what_more_it_needs(held: Desk) -> None:
    firm(held, {(1, 1): 10, (2, 1): 5})
    assert reserved(held) == [10, 10]


def test_what_the_order_does_not_want_is_given_back(held: Desk) -> None:
    firm(held, {(1, 1): 1})
    assert reserved(held) == [1, 5]


def test_the_item_that_is_short_is_named_with_what_is_left_for_this_call(held: Desk) -> None:
    with pytest.raises(Refused) as refused:
        firm(held, {(1, 1): 3, (2, 1): 6})
    assert (refused.value.rule, refused.value.message) == ("STK-3", "Only 5 of pens left, 6 wanted.")
    assert reserved(held) == [0, 9]

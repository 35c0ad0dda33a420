"""Holding goods for a call, lapsing, and the sentence about stock (STK-1…5, JOY-3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.stock import actions
from ordersdesk.stock.queries import discrepancies, shelves
from ordersdesk.stock.rules import Shelf, answer, sources
from tests.builders import an_item, hold, on_shelf, release_hold, release_lapsed


def reserved(desk: Desk, item: int) -> list[int]:
    with desk.reading() as session:
        return [shelf.reserved for shelf in shelves(session, [item])[item]]


def test_a_second_call_is_told_at_once_what_is_left(desk: Desk) -> None:
    item = an_item(desk, stock=10)
    assert hold(desk, holder="one", item_id=item, quantity=7) == 7
    assert hold(desk, holder="two", item_id=item, quantity=7) == 3
    assert reserved(desk, item) == [10]


@pytest.mark.parametrize(("wanted", "held"), [(3, 3), (0, 0), (99, 10)])
def test_a_hold_follows_the_line_up_and_down(desk: Desk, wanted: int, held: int) -> None:
    item = an_item(desk, stock=10)
    hold(desk, holder="one", item_id=item, quantity=7)
    assert hold(desk, holder="one", item_id=item, quantity=wanted) == held
    assert reserved(desk, item) == [held]


@pytest.mark.parametrize(("minutes", "granted"), [(30, 3), (31, 7)])
def test_a_desk_not_heard_of_for_half_an_hour_loses_its_hold_to_who_needs_it(
    desk: Desk, minutes: int, granted: int
) -> None:
    item = an_item(desk, stock=10)
    hold(desk, holder="gone", item_id=item, quantity=7)
    desk.clock.advance(timedelta(minutes=minutes))  # type: ignore[attr-defined]
    assert hold(desk, holder="here", item_id=item, quantity=7) == granted


def test_a_desk_that_is_heard_of_keeps_its_hold(desk: Desk) -> None:
    item = an_item(desk, stock=10)
    hold(desk, holder="busy", item_id=item, quantity=7)
    desk.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    actions.still_there(desk, holder="busy")
    desk.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    assert (release_lapsed(desk), reserved(desk, item)) == (0, [7])


def test_an_abandoned_call_gives_everything_back(desk: Desk) -> None:
    item = an_item(desk, stock=10)
    hold(desk, holder="one", item_id=item, quantity=7)
    assert (release_hold(desk, holder="one"), reserved(desk, item)) == (7, [0])


def test_a_counter_that_drifted_is_found_and_repaired(desk: Desk) -> None:
    item = an_item(desk, stock=10)
    desk.database.write(lambda s: s.connection().exec_driver_sql("update stock set reserved = 4, on_hand = 9"))
    with desk.reading() as session:
        found = [(one.item_id, one.counter, one.stored, one.proved) for one in discrepancies(session)]
    assert found == [(item, "on_hand", 9, 10), (item, "reserved", 4, 0)]
    assert (actions.repair(desk), actions.repair(desk), reserved(desk, item)) == (2, 0, [0])


def test_every_warehouse_answers_main_first(desk: Desk) -> None:
    item = an_item(desk, stock=5)
    on_shelf(desk, item, 2, code="SHOP", kind="shop")
    on_shelf(desk, item, 9, code="SIB", kind="sibling")
    with desk.reading() as session:
        assert [(s.kind, s.available) for s in shelves(session, [item])[item]] == [
            ("main", 5),
            ("sibling", 9),
            ("shop", 2),
        ]


MAIN = Shelf(1, "Main", "main", 10, 2)
SIBLING = Shelf(2, "Pudong", "sibling", 12, 0)
SHOP = Shelf(3, "Shop", "shop", 30, 28, expected=40, due=date(2026, 11, 27))


ORDER = ("sibling", "shop")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (5, "5 now"),
        (20, "8 now, 12 more from Pudong"),
        (22, "8 now, 12 more from Pudong, 2 more from Shop"),
        (30, "8 now, 12 more from Pudong, 2 more from Shop, 8 expected Fri 27 Nov"),
        (70, "8 now, 12 more from Pudong, 2 more from Shop, 40 expected Fri 27 Nov, 8 must be ordered"),
    ],
)
def test_one_sentence_says_now_from_where_and_when(wanted: int, sentence: str) -> None:
    assert answer([MAIN, SIBLING, SHOP], wanted, ORDER) == sentence


def test_what_is_missing_comes_from_siblings_before_shops() -> None:
    assert [(shelf.warehouse, share) for shelf, share in sources([SHOP, MAIN, SIBLING], 13, ORDER)] == [
        ("Pudong", 12),
        ("Shop", 1),
    ]


@pytest.mark.parametrize(
    ("order", "asked"),
    [(("shop", "sibling"), [("Shop", 2), ("Pudong", 11)]), (("shop",), [("Shop", 2)]), ((), [])],
)
def test_the_site_says_where_goods_are_looked_for_and_in_which_order(
    order: tuple[str, ...], asked: list[tuple[str, int]]
) -> None:
    found = sources([SHOP, MAIN, SIBLING], 13, order)
    assert [(shelf.warehouse, share) for shelf, share in found] == asked

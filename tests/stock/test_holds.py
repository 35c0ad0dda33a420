"""Holding goods for a call, lapsing, and the sentence about stock (STK-1…5, JOY-3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.stock import actions
from ordersdesk.stock.queries import discrepancies, shelves
from ordersdesk.stock.rules import Shelf, answer, refused_short, sources
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


def other(name: str, pieces: int, kind: str = "sibling") -> Shelf:
    return Shelf(len(name) + pieces, name, kind, pieces, 0)


@pytest.mark.parametrize(
    ("shelves", "missing", "taken"),
    [
        ([other("Shop", 30, "shop"), other("Pudong", 12)], 13, [("Pudong", 12), ("Shop", 1)]),  # not by who has most
        ([other("A", 3), other("B", 9)], 5, [("B", 5)]),  # of two siblings the one that has more
        ([other("A", 3), other("B", 0), other("C", 2)], 5, [("A", 3), ("C", 2)]),
        ([other("A", 3)], 0, []),
        ([MAIN, other("A", 3, "depot")], 5, []),
    ],
)
def test_who_is_asked_first_gives_all_it_has(shelves: list[Shelf], missing: int, taken: list[tuple[str, int]]) -> None:
    assert [(shelf.warehouse, share) for shelf, share in sources(shelves, missing, ORDER)] == taken


FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


def main(pieces: int, reserved: int = 0, *, expected: int = 0, due: date | None = None) -> Shelf:
    return Shelf(1, "Main", "main", pieces, reserved, expected=expected, due=due)


@pytest.mark.parametrize(
    ("shelves", "wanted", "sentence"),
    [
        ([main(3, 3)], 1, "0 now, 1 must be ordered"),
        ([main(3, 5)], 1, "0 now, 1 must be ordered"),
        ([main(3)], 3, "3 now"),
        ([main(3, expected=1, due=FRIDAY)], 4, "3 now, 1 expected Fri 27 Nov"),
        ([main(3, expected=1, due=FRIDAY)], 5, "3 now, 1 expected Fri 27 Nov, 1 must be ordered"),
        ([main(3, expected=0, due=FRIDAY)], 4, "3 now, 1 must be ordered"),
        ([main(3, expected=9)], 4, "3 now, 1 must be ordered"),  # nobody knows when
        ([main(3, expected=2, due=MONDAY), SHOP], 9, "3 now, 2 more from Shop, 4 expected Fri 27 Nov"),
        ([], 1, "0 now, 1 must be ordered"),
    ],
)
def test_the_sentence_promises_no_piece_that_nobody_has(shelves: list[Shelf], wanted: int, sentence: str) -> None:
    assert answer(shelves, wanted, ORDER) == sentence


@pytest.mark.parametrize(
    ("left", "said"), [(3, "Only 3 of pens left, 9 wanted."), (-2, "Only 0 of pens left, 9 wanted.")]
)
def test_who_is_short_is_told_what_is_left_at_the_field_of_the_caller(left: int, said: str) -> None:
    no = refused_short("pens", wanted=9, left=left, field="lines.0.quantity")
    assert (no.rule, no.message, no.field) == ("STK-3", said, "lines.0.quantity")

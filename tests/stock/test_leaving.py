"""Goods leave the house, come back, are set aside or were never on the shelf (STK-1, STK-2, SLP-4…6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.stock import actions, leaving_actions
from ordersdesk.stock.queries import MOVEMENT, RESERVATION, STOCK, discrepancies
from tests.builders import an_item
from tests.concurrency.together import at_once

BOOK = (STOCK.c.on_hand, STOCK.c.reserved, STOCK.c.quarantined)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Ten pieces of two items in the main warehouse; order 7 has six and two of them, order 8 one of the first."""
    for code in ("A4-80", "PEN"):
        an_item(desk, code, stock=10)
    for order, wanted in ((7, {(1, 1): 6, (2, 1): 2}), (8, {(1, 1): 1})):
        firm = partial(actions.make_firm, desk, holder="", order_id=order, wanted=wanted, names={})
        desk.database.write(firm)
    return desk


def do(desk: Desk, work: Callable[..., None], *moves: tuple[int, ...], document: str = "SL1") -> None:
    desk.database.write(lambda session: work(desk, session, moves, document))


def book(desk: Desk) -> list[tuple[Any, ...]]:
    """On hand, reserved and quarantined of each item; every counter proved."""
    with desk.reading() as session:
        assert discrepancies(session) == []
        return [tuple(row) for row in session.connection().execute(select(*BOOK).order_by(STOCK.c.item_id))]


def reserved(desk: Desk) -> list[tuple[Any, ...]]:
    columns = (RESERVATION.c.order_id, RESERVATION.c.item_id, RESERVATION.c.quantity)
    with desk.reading() as session:
        return sorted(tuple(row) for row in session.connection().execute(select(*columns)))


def test_goods_leave_with_their_reservation(kept: Desk) -> None:
    do(kept, leaving_actions.take_out, (7, 1, 1, 4), (7, 2, 1, 2), (8, 1, 1, 1), (8, 2, 1, 0))
    assert book(kept) == [(5, 2, 0), (8, 0, 0)]
    assert reserved(kept) == [(7, 1, 2)]


def test_two_lines_of_one_item_leave_together(kept: Desk) -> None:
    do(kept, leaving_actions.take_out, (7, 1, 1, 4), (7, 1, 1, 2))
    assert (book(kept)[0], reserved(kept)) == ((4, 1, 0), [(7, 2, 2), (8, 1, 1)])


def test_what_is_not_reserved_does_not_leave_and_nothing_else_does(kept: Desk) -> None:
    with pytest.raises(Refused) as refused:
        do(kept, leaving_actions.take_out, (7, 2, 1, 2), (8, 1, 1, 2))
    said = (refused.value.rule, refused.value.message, refused.value.field)
    assert said == ("STK-3", "Only 1 of A4-80 are reserved for the order, 2 wanted.", "lines")
    assert book(kept) == [(10, 7, 0), (10, 2, 0)]


def test_a_failed_delivery_lies_on_the_shelf_for_its_order_again(kept: Desk) -> None:
    do(kept, leaving_actions.take_out, (7, 1, 1, 4), (7, 2, 1, 2))
    do(kept, leaving_actions.bring_back, (7, 1, 1, 4), (7, 2, 1, 2))
    assert (book(kept), reserved(kept)) == ([(10, 7, 0), (10, 2, 0)], [(7, 1, 6), (7, 2, 2), (8, 1, 1)])


def test_refused_goods_are_set_aside_and_not_on_hand(kept: Desk) -> None:
    do(kept, leaving_actions.take_out, (7, 1, 1, 6))
    do(kept, leaving_actions.quarantine, (1, 1, 2), (1, 1, 1))
    assert book(kept)[0] == (4, 1, 3)


def test_what_the_shelf_did_not_have_leaves_the_book(kept: Desk) -> None:
    do(kept, leaving_actions.miss, (7, 1, 1, 2))
    assert (book(kept)[0], reserved(kept)[0]) == ((8, 5, 0), (7, 1, 4))


def test_the_ledger_says_what_happened_with_which_document(kept: Desk) -> None:
    do(kept, leaving_actions.take_out, (7, 1, 1, 4), document="RS1")
    do(kept, leaving_actions.miss, (7, 2, 1, 1))
    do(kept, leaving_actions.bring_back, (7, 1, 1, 3))
    do(kept, leaving_actions.quarantine, (1, 1, 1))
    columns = (MOVEMENT.c.quantity, MOVEMENT.c.quarantine, MOVEMENT.c.reason, MOVEMENT.c.document, MOVEMENT.c.by)
    with kept.reading() as session:
        told = session.connection().execute(select(*columns).order_by(MOVEMENT.c.id)).all()
    assert [tuple(row) for row in told[2:]] == [
        (-4, False, "shipped", "RS1", "lin"),
        (-1, False, "not found", "SL1", "lin"),
        (3, False, "failed delivery", "SL1", "lin"),
        (1, True, "refused at the door", "SL1", "lin"),
    ]


def test_a_drifted_quarantine_counter_is_found_and_repaired(kept: Desk) -> None:
    do(kept, leaving_actions.quarantine, (1, 1, 2))
    kept.database.write(lambda session: session.connection().exec_driver_sql("update stock set quarantined = 5"))
    assert (actions.repair(kept), book(kept)) == (2, [(10, 7, 2), (10, 2, 0)])


def test_goods_taken_out_twice_at_the_same_moment_leave_once(kept: Desk) -> None:
    out = partial(do, kept, leaving_actions.take_out, (7, 1, 1, 6), (7, 2, 1, 2))
    made = at_once([out, out])
    assert [refused.rule for refused in made if refused] == ["STK-3"]
    assert (book(kept), reserved(kept)) == ([(4, 1, 0), (8, 0, 0)], [(8, 1, 1)])


def test_leaving_and_coming_back_at_the_same_moment_lose_nothing(kept: Desk) -> None:
    out = partial(do, kept, leaving_actions.take_out, (7, 2, 1, 1), (7, 1, 1, 2))
    back = partial(do, kept, leaving_actions.bring_back, (7, 1, 1, 2), (7, 2, 1, 1))
    assert at_once([out, back, out, back]) == [None] * 4
    assert (book(kept), reserved(kept)) == ([(10, 7, 0), (10, 2, 0)], [(7, 1, 6), (7, 2, 2), (8, 1, 1)])

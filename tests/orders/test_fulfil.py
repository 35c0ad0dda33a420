"""What slips do to an order: its lines' counters, its track of delivery, its story."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.orders.fulfilment.refused_actions import close_refused
from ordersdesk.orders.model.queries import LINE
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, agreed, an_item

COUNTERS = ("quantity", "short", "allocated", "released", "shipped", "delivered", "closed_short")


def an_order(desk: Desk) -> str:
    a_customer(desk)
    an_item(desk, stock=50)
    return agreed(desk, a_draft(("A4-80", 10))).number


def counters(desk: Desk) -> tuple[int, ...]:
    with desk.reading() as session:
        return tuple(session.connection().execute(select(*(LINE.c[name] for name in COUNTERS))).one())


def test_an_order_follows_its_slip(desk: Desk) -> None:
    number = an_order(desk)
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: Moved(allocated=10)}, note="slip made"))
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: Moved(released=10, shipped=4)}, note="gone"))
    head, story = by_number(desk, number).head, by_number(desk, number).story
    assert (head.delivery, head.version) == ("released", 3)
    assert [(row.verb, row.note) for row in story[-2:]] == [("fulfil", "slip made"), ("fulfil", "gone")]
    assert counters(desk) == (10, 0, 10, 10, 4, 0, 0)


@pytest.mark.parametrize(
    "more",
    [Moved(allocated=11), Moved(released=1), Moved(allocated=1, short=10), Moved(delivered=-1), Moved(allocated=-1)],
)
def test_no_counter_leaves_those_before_it(desk: Desk, more: Moved) -> None:
    an_order(desk)
    with pytest.raises(Refused, match="not so many pieces"):
        desk.database.write(lambda session: fulfil(desk, session, 1, {1: more}, note="?"))
    assert counters(desk) == (10, 0, 0, 0, 0, 0, 0)


def test_pieces_left_out_of_the_order_are_not_waited_for(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=7)
    agreed(desk, a_draft(lines=(DraftLine(item="A4-80", quantity=10, shortage=Shortage.LEAVE),)))
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: Moved(allocated=7)}, note="slip made"))
    assert counters(desk)[:3] == (7, 3, 7)


def test_what_the_shelf_does_not_have_is_waited_for_whatever_was_chosen(desk: Desk) -> None:
    test_pieces_left_out_of_the_order_are_not_waited_for(desk)
    miss = Moved(allocated=-2, short=2)
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: miss}, note="two not found"))
    with desk.reading() as session:
        assert session.connection().execute(select(LINE.c.shortage, LINE.c.short)).one() == ("partial", 2)


def test_what_nobody_wants_at_the_door_is_closed_and_the_fee_stays(desk: Desk) -> None:
    number = an_order(desk)
    there = Moved(allocated=10, released=10, shipped=10)
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: there}, note="gone"))
    back = Moved(allocated=-4, released=-4, shipped=-4, delivered=6)
    desk.database.write(lambda session: fulfil(desk, session, 1, {1: back}, note="four refused"))
    desk.database.write(lambda session: close_refused(desk, session, 1, {1: 4}, "too dear"))
    head = by_number(desk, number).head
    assert (head.goods, head.fee, head.total) == (Decimal("150.00"), Decimal("0.00"), Decimal("150.00"))
    assert (head.delivery, counters(desk)) == ("delivered", (6, 0, 6, 6, 6, 6, 4))

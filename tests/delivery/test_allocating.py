"""Allocating: confirmed orders become slips, key customers first; what stays is told with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session

from ordersdesk.delivery.allocating_actions import Order, allocate, would_allocate
from ordersdesk.delivery.queries import by_number, slips, waves
from ordersdesk.foundation.clock import FixedClock
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.draft import DraftLine
from ordersdesk.orders.fulfil_actions import Moved, fulfil
from ordersdesk.orders.queries import by_number as order_by_number
from ordersdesk.stock.leaving_actions import bring_back
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, an_item, as_role, on_shelf
from tests.delivery.building import a_slip, allocated, an_order, office
from tests.delivery.counting import counters

TUESDAY = date(2026, 11, 24)


def _short(code: str, pieces: int, shortage: str) -> tuple[DraftLine, ...]:
    return (DraftLine(item=code, quantity=pieces, shortage=Shortage(shortage)),)


def _arrived(desk: Desk, item: int, pieces: int) -> None:
    """Pieces that line 1 of order 1 waits for come in."""

    def work(session: Session) -> None:
        bring_back(desk, session, [(1, item, 1, pieces)], "PO1")
        fulfil(desk, session, 1, {1: Moved(short=-pieces)}, note="came in")

    desk.database.write(work)


def test_a_confirmed_order_becomes_a_slip_of_its_goods_with_fee_and_sums(desk: Desk) -> None:
    number = an_order(desk, ("A4-80", 2), ("B5", 1))
    slip = by_number(desk, allocated(desk, number).made[0].slip)
    head = slip.head
    assert (head.number, head.state, head.order_number) == ("SL20261123-0001", "made", number)
    assert (head.pieces, head.goods, head.fee, head.due) == (3, Decimal("75.00"), Decimal("10.00"), Decimal("85.00"))
    assert [(line.position, line.code, line.pieces, line.asked, line.amount) for line in slip.lines] == [
        (1, "A4-80", 2, 2, Decimal("50.00")),
        (2, "B5", 1, 1, Decimal("25.00")),
    ]
    order = order_by_number(desk, number)
    assert (order.head.delivery, order.story[-1].note) == ("allocated", "slip SL20261123-0001 made")
    assert counters(desk) == [("A4-80", 2, 0, 2, 0, 0, 0), ("B5", 1, 0, 1, 0, 0, 0)]


def test_a_wave_takes_what_leaves_with_it_at_the_latest_urgent_and_key_first(desk: Desk) -> None:
    a_customer(desk)
    a_customer(desk, "C100009", name="大华", folded_name="大华", size_class="key")
    small, later = an_order(desk), an_order(desk, ("A4-80", 7), deliver_on=date(2026, 11, 26))
    key = an_order(desk, ("A4-80", 3), customer="C100009")
    urgent = an_order(desk, ("A4-80", 4), urgent=True, note="王芳, 14:00")
    done = allocated(desk, wave="12:00", day=TUESDAY)
    assert [made.order for made in done.made] == [urgent, key, small]
    assert [made.slip[-4:] for made in done.made] == ["0001", "0002", "0003"]
    assert order_by_number(desk, later).head.delivery == "none"
    assert allocated(desk, wave="12:00", day=TUESDAY).made == ()


def test_what_comes_from_elsewhere_lets_the_whole_order_wait_unless_it_is_named_in_parts(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, "A4-80", stock=4)
    on_shelf(desk, item, 50, code="PD", kind="sibling")
    waits = an_order(desk, ("A4-80", 10), lines=_short("A4-80", 10, "transfer"))
    done = allocated(desk, wave="15:30", day=date(2026, 11, 30))
    assert (done.made, [(left.order, left.rule) for left in done.left]) == ((), [(waits, "STK-5")])
    assert "come from another warehouse" in done.left[0].why
    part = allocated(desk, waits, partial=True).made[0]
    assert (part.pieces, part.whole) == (4, False)
    assert order_by_number(desk, waits).head.delivery == "partly allocated"


def test_what_is_here_goes_when_the_customer_agreed_to_parts_and_the_fee_goes_once(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, "A4-80", price="5.00", stock=4)
    number = an_order(desk, lines=_short("A4-80", 6, "partial"))
    first = allocated(desk, number).made[0]
    assert (first.pieces, first.fee) == (4, Decimal("10.00"))
    assert allocated(desk, number).left[0].why.startswith("Nothing of it is on the shelf: 2 of")
    _arrived(desk, item, 2)
    second = allocated(desk, number).made[0]
    assert (second.pieces, second.fee, second.whole) == (2, Decimal("0.00"), True)
    assert order_by_number(desk, number).head.delivery == "allocated"


def test_orders_named_by_hand_that_cannot_go_say_why(desk: Desk) -> None:
    a_customer(desk)
    blocked = an_order(desk)
    desk.database.write(lambda session: session.connection().exec_driver_sql("UPDATE customer SET blocked = '诉讼'"))
    left = allocated(desk, blocked).left[0]
    assert (left.rule, left.why) == ("CUS-11", "The customer is blocked: 诉讼")
    with pytest.raises(Refused, match="no order SO1"):
        allocated(desk, "SO1")
    with pytest.raises(Refused, match="no wave 9:77"):
        allocated(desk, wave="9:77")
    with pytest.raises(Refused, match="2026-11-20 is over"):
        allocated(desk, day=date(2026, 11, 20))
    with pytest.raises(Refused, match="Only orders that are named"):
        allocated(desk, partial=True)
    with pytest.raises(Refused, match="make slips"):
        allocate(as_role(desk, "agent"), Order())


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    number = an_order(desk)
    would = would_allocate(office(desk), Order(numbers=(number,)))
    assert [(made.slip, made.order, made.pieces) for made in would.made] == [("", number, 10)]
    assert (slips(desk), order_by_number(desk, number).head.delivery) == ([], "none")


def test_the_waves_say_what_is_to_come_and_how_far_the_slips_are(desk: Desk) -> None:
    a_slip(desk, deliver_on=TUESDAY)
    an_order(desk, ("A4-80", 1), deliver_on=TUESDAY)
    a_slip(desk, ("A4-80", 2), deliver_on=TUESDAY, state="printed")
    noon, last = waves(desk, TUESDAY)
    assert (noon.wave, noon.minutes_left, noon.orders, noon.slips) == ("12:00", 1560, 1, {"made": 1, "printed": 1})
    assert (last.wave, last.orders, last.slips) == ("15:30", 0, {})


def test_the_next_wave_counts_what_is_late(desk: Desk, clock: FixedClock) -> None:
    an_order(desk, deliver_on=TUESDAY)
    clock.advance(timedelta(days=2))
    noon, last = waves(desk, desk.today())
    assert (noon.orders, last.orders) == (1, 0)
    clock.advance(timedelta(hours=3))
    noon, last = waves(desk, desk.today())
    assert (noon.orders, last.orders) == (0, 1)

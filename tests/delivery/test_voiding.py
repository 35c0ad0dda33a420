"""A void slip gives its pieces and its fee back; papers and pieces further on are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from ordersdesk.delivery.model.queries import SLIP, by_number
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from tests.builders import as_role
from tests.delivery.building import a_slip, allocated, office
from tests.delivery.counting import counters, shelf


@pytest.mark.parametrize("state", ["made", "printed", "picked"])
def test_a_slip_that_is_void_gives_its_pieces_back_to_the_order(desk: Desk, state: str) -> None:
    slip = a_slip(desk, ("A4-80", 3), state=state)
    done = void(office(desk), slip.head.number, reason="two papers")
    assert (done.head.state, done.head.why) == ("void", "two papers")
    order = order_by_number(desk, slip.head.order_number)
    assert (order.head.delivery, order.story[-1].note) == ("none", "slip SL20261123-0001 void: two papers")
    assert counters(desk) == [("A4-80", 3, 0, 0, 0, 0, 0)]
    assert shelf(desk) == [(1, 1000, 3, 0)]
    again = allocated(desk, slip.head.order_number).made[0]
    assert (again.slip, again.fee) == ("SL20261123-0002", Decimal("10.00"))


def test_a_loaded_slip_is_not_void_and_a_reason_is_needed(desk: Desk) -> None:
    slip = a_slip(desk, state="loaded").head.number
    with pytest.raises(Refused, match="is loaded"):
        void(office(desk), slip, reason="x")
    with pytest.raises(Refused, match="Why is it void"):
        void(office(desk), slip, reason=" ")
    with pytest.raises(Refused, match="may not do this"):
        void(as_role(desk, "driver"), a_slip(desk).head.number, reason="x")


def test_a_slip_that_is_being_printed_is_left_alone_until_the_printing_is_over(desk: Desk) -> None:
    slip = a_slip(desk).head.number
    taken = update(SLIP).values(job="J1", job_at=desk.now())
    desk.database.write(lambda session: session.connection().execute(taken))
    with pytest.raises(Refused, match="being printed right now"):
        void(office(desk), slip, reason="x")
    assert by_number(desk, slip).head.state == "made"

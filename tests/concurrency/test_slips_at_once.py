"""Several clerks at the same moment, on both databases: each slip once, and no slip beside its order."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from ordersdesk.changing import request
from ordersdesk.delivery.model.queries import by_number as slip_by_number
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.slips.allocating_actions import Allocated, Order, allocate
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.change_draft import parsed
from tests.builders import as_role
from tests.concurrency.together import at_once
from tests.delivery.building import a_slip, an_order
from tests.delivery.counting import counters, faults

WAVE = Order(Wave(date(2026, 11, 24), "15:30"))


def clerks(desk: Desk, count: int) -> list[Desk]:
    return [as_role(desk, "order_group", login=f"clerk{place}") for place in range(count)]


def test_clerks_who_allocate_one_wave_at_once_make_each_slip_once(desk: Desk) -> None:
    orders = [an_order(desk, ("A4-80", count)) for count in range(1, 7)]
    made = at_once([partial(allocate, clerk, WAVE) for clerk in clerks(desk, 4)])
    assert sorted(one.order for done in made if isinstance(done, Allocated) for one in done.made) == orders
    assert sorted(row.number[-4:] for row in slips(desk)) == [f"{count:04d}" for count in range(1, 7)]
    assert [row[1] == row[3] for row in counters(desk)] == [True] * 6
    assert faults(desk) == []


@pytest.mark.parametrize("turn", range(3))
def test_a_change_and_a_wave_at_once_leave_the_slip_as_the_order_is(desk: Desk, turn: int) -> None:
    order = an_order(desk)
    change = partial(request, desk, parsed({"order": order, "reason": "moved", "address": f"上海市浦东路{turn}号"}))
    made = at_once([*[partial(allocate, clerk, WAVE) for clerk in clerks(desk, 2)], change])
    allocated = [each for each in made if isinstance(each, Allocated)]
    assert len(allocated) == 2
    slip = slips(desk)[0]
    assert (len(slips(desk)), slip.pieces) == (1, 10)
    assert faults(desk) == []
    if not isinstance(made[2], Refused):
        assert by_number(desk, order).head.address == f"上海市浦东路{turn}号"
        assert _address(desk, slip.number) == f"上海市浦东路{turn}号"


def test_a_slip_is_void_once(desk: Desk) -> None:
    slip = a_slip(desk).head.number
    made = at_once([partial(void, clerk, slip, reason="twice") for clerk in clerks(desk, 3)])
    assert sorted(isinstance(each, Refused) for each in made) == [False, True, True]
    assert (counters(desk), faults(desk)) == ([("A4-80", 10, 0, 0, 0, 0, 0)], [])


def _address(desk: Desk, number: str) -> str:
    return slip_by_number(desk, number).head.address

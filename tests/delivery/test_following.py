"""Slips not yet printed move with their order, all together or not at all; printed ones stand in the way (CHG-3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from ordersdesk import deciding
from ordersdesk.changing import request
from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.model.queries import SLIP, by_number, slips
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, an_item, as_role, request_cancel
from tests.delivery.building import a_slip, moved_on
from tests.delivery.counting import counters, faults
from tests.delivery.roads import a_sheet, dispatcher, driver

ORDER = "SO20261123-0001"


def changed(desk: Desk, **values: object) -> Requested:
    """Ask for a change and let everybody who has to grant it."""
    made = request(desk, parsed({"order": ORDER, "reason": "asked", **values}))
    for role in {wait.role for wait in made.waits}:
        deciding.grant(as_role(desk, role, login=f"a-{role}"), "change", made.number, seen_version=1)
    assert faults(desk) == []
    return made


def slip_of(desk: Desk, number: str = "SL20261123-0001") -> SlipView:
    return by_number(desk, number)


def test_fewer_pieces_leave_the_slip_and_the_fee_comes(desk: Desk) -> None:
    a_slip(desk, ("A4-80", 10), ("B5", 2))
    changed(desk, lines=[{"position": 1, "quantity": 1}, {"position": 2, "close_short": True}])
    slip = slip_of(desk)
    assert [(line.code, line.pieces, line.asked) for line in slip.lines] == [("A4-80", 1, 1)]
    assert (slip.head.goods, slip.head.fee, slip.head.due) == (Decimal("25.00"), Decimal("10.00"), Decimal("35.00"))
    assert order_by_number(desk, ORDER).head.delivery == "allocated"


def test_more_pieces_and_new_lines_go_along(desk: Desk) -> None:
    a_slip(desk, ("A4-80", 3))
    an_item(desk, "B5", stock=50)
    changed(desk, lines=[{"position": 1, "quantity": 8}], add=[{"item": "B5", "quantity": 2}], address="上海市X路1号")
    slip = slip_of(desk)
    assert [(line.code, line.pieces) for line in slip.lines] == [("A4-80", 8), ("B5", 2)]
    assert (slip.head.address, slip.head.fee) == ("上海市X路1号", Decimal("0.00"))
    assert [row[3] for row in counters(desk)] == [8, 2]


def test_another_day_takes_the_slip_to_another_wave(desk: Desk) -> None:
    before = a_slip(desk).head
    changed(desk, deliver_on="2026-11-26")
    after = slip_of(desk).head
    assert (before.leaves_on, before.wave) == (date(2026, 11, 24), "13:00")
    assert (after.leaves_on, after.wave, after.promised_on) == (date(2026, 11, 26), "13:00", date(2026, 11, 26))


def test_a_cancelled_order_takes_its_slip_away(desk: Desk) -> None:
    a_slip(desk)
    made = request_cancel(desk, number=ORDER, reason="closed down")
    assert slip_of(desk).head.state == "made"
    deciding.grant(as_role(desk, "leader", login="zhou"), "change", made.number, seen_version=1)
    assert (slip_of(desk).head.state, order_by_number(desk, ORDER).head.state) == ("void", "cancelled")
    assert counters(desk) == [("A4-80", 10, 0, 0, 0, 0, 0)]
    assert faults(desk) == []


def test_an_order_that_waits_again_has_no_slip(desk: Desk) -> None:
    a_customer(desk, size_class="key")
    a_slip(desk)
    an_item(desk, "GOLD", stock=5, price="100.00", listing="special")
    changed(desk, add=[{"item": "GOLD", "quantity": 1}], accepted=["CAT-4:GOLD"])
    assert (order_by_number(desk, ORDER).head.state, slip_of(desk).head.state) == ("review", "void")
    assert [row[3] for row in counters(desk)] == [0, 0]


def test_an_order_whose_rest_is_closed_is_done(desk: Desk) -> None:
    item = an_item(desk, "A4-80", stock=4)
    lines = (DraftLine(item="A4-80", quantity=6, shortage=Shortage.PARTIAL),)
    slip = a_slip(desk, lines=lines, state="picked").head.number
    depart(dispatcher(desk), a_sheet(desk, slip))
    delivered(driver(desk), slip)
    assert (item, order_by_number(desk, ORDER).head.delivery) == (1, "partly delivered")
    changed(desk, lines=[{"position": 1, "close_short": True}])
    order = order_by_number(desk, ORDER).head
    assert (order.delivery, order.state) == ("delivered", "closed")


@pytest.mark.parametrize("state", ["printed", "picked"])
def test_what_is_on_paper_says_which_slip_to_void(desk: Desk, state: str) -> None:
    a_slip(desk, state=state)
    with pytest.raises(Refused) as refused:
        request(desk, parsed({"order": ORDER, "reason": "asked", "lines": [{"position": 1, "quantity": 4}]}))
    assert (refused.value.rule, refused.value.mend) == ("CHG-3", "Void SL20261123-0001 first.")
    with pytest.raises(Refused, match=r"Void SL20261123-0001 first\."):
        request_cancel(desk, number=ORDER, reason="closed down")


def test_while_a_slip_is_being_printed_its_order_does_not_change(desk: Desk) -> None:
    a_slip(desk)
    taken = update(SLIP).values(job="J1", job_at=desk.now())
    desk.database.write(lambda session: session.connection().execute(taken))
    with pytest.raises(Refused, match="being printed right now"):
        request(desk, parsed({"order": ORDER, "reason": "asked", "address": "上海市浦东路1号"}))
    assert order_by_number(desk, ORDER).head.address == "张江路88号"


def test_what_is_added_beside_a_printed_slip_is_free_for_another(desk: Desk) -> None:
    moved_on(desk, a_slip(desk, ("A4-80", 3)).head.number, "printed")
    changed(desk, lines=[{"position": 1, "quantity": 5}])
    assert counters(desk) == [("A4-80", 5, 0, 3, 3, 0, 0)]
    assert (order_by_number(desk, ORDER).head.delivery, len(slips(desk))) == ("partly released", 1)

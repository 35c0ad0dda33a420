"""How orders end after the road: nothing kept owes nothing, and whatever came last ends them (ORD-3, DLV-1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import update

from ordersdesk import deciding
from ordersdesk.changing import request, sheet_returned
from ordersdesk.check import check
from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.changes.queries import CHANGES
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.terms.change_draft import parsed
from tests.builders import as_role
from tests.delivery.building import allocated, moved_on
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road
from tests.orders.looking import fee_and_total


def an_order_of(desk: Desk, slip: str) -> str:
    """The number of a slip's order."""
    return by_number(desk, slip).head.order_number


def faults(desk: Desk) -> list[str]:
    """What the check finds about orders and changes."""
    return [fault.what for found in check(desk) for fault in found.faults if not fault.rule.startswith(("CUS", "CAT"))]


def waits_again(desk: Desk, order: str) -> None:
    """Let a confirmed order wait for its sheet and a deposit, as a change may."""
    values: dict[str, Any] = {"state": "review", "sheet": "sent", "sheet_sent_at": desk.now()}
    values |= {"sheet_due_on": desk.today(), "deposit": Decimal("30.00")}
    statement = update(ORDER).where(ORDER.c.number == order).values(**values)
    desk.database.write(lambda session: session.connection().execute(statement))


def test_who_keeps_nothing_owes_no_fee_and_the_order_ends(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 2))
    back = partly_refused(driver(desk), slip, {1: 2}, "not_wanted")
    assert (back.due, back.order.state, back.order.paid) == (Decimal("0.00"), "closed", "paid")
    assert (fee_and_total(desk), faults(desk)) == (("0.00", "0.00"), [])


def test_who_keeps_something_still_owes_the_fee_that_was_agreed(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 2))
    back = partly_refused(driver(desk), slip, {1: 1}, "not_wanted")
    assert (back.due, back.order.state, fee_and_total(desk)) == (Decimal("35.00"), "closed", ("10.00", "35.00"))


def test_a_change_nobody_decided_falls_away_with_an_order_that_is_done(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    order = an_order_of(desk, slip)
    asked = request(desk, parsed({"order": order, "reason": "called", "deliver_on": "2026-11-26"}))
    assert (asked.state, delivered(driver(desk), slip).order.state) == ("asked", "closed")
    assert (CHANGES.read(desk, asked.number).state, faults(desk)) == ("withdrawn", [])
    assert [one.sentence for one in notices(desk)] == [f"{asked.number} about {order} falls away: Delivered and paid"]


def test_what_is_asked_about_an_order_that_waits_again_is_no_fault(desk: Desk) -> None:
    order = an_order_of(desk, on_the_road(desk, ("A4-80", 10)))
    asked = request(desk, parsed({"order": order, "reason": "called", "deliver_on": "2026-11-26"}))
    waits_again(desk, order)
    assert [fault for fault in faults(desk) if asked.number in fault] == []


def test_goods_that_came_while_their_order_waited_end_it_when_nothing_is_waited_for(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    order = an_order_of(desk, slip)
    waits_again(desk, order)
    assert delivered(driver(desk), slip).order.state == "review"
    assert sheet_returned(desk, number=order).state == "closed"  # more than the deposit came at the door
    assert order_by_number(desk, order).head.state == "closed"


def test_a_fee_that_was_asked_for_and_is_not_owed_any_more_is_given_back_with_the_next_slip(desk: Desk) -> None:
    first = on_the_road(desk, ("A4-80", 2))
    order = an_order_of(desk, first)
    more = {"order": order, "reason": "called", "add": [{"item": "A4-80", "quantity": 4}]}
    more |= {"accepted": ["ORD-4:A4-80"]}
    deciding.grant(as_role(desk, "leader"), "change", request(desk, parsed(more)).number, seen_version=1)
    assert delivered(driver(desk), first).collected == Decimal("60.00")
    second = allocated(desk, order).made[0]
    assert (second.goods, second.fee, second.due) == (Decimal("100.00"), Decimal("-10.00"), Decimal("90.00"))
    depart(dispatcher(desk), a_sheet(desk, moved_on(desk, second.slip, "picked").head.number))
    back = partly_refused(driver(desk), second.slip, {1: 1}, "not_wanted")
    assert (back.due, back.order.state, faults(desk)) == (Decimal("65.00"), "closed", [])

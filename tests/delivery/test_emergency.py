"""Goods that leave before their slip is on paper: out of stock at once, told, and chased (SLP-5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ordersdesk.check import check
from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.handover.cash_actions import hand_in
from ordersdesk.delivery.routes.emergency_actions import Emergency, chased, release_first
from ordersdesk.delivery.routes.queries import sheets
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.notices.queries import notices
from tests.builders import as_role, at
from tests.delivery.building import HOSPITAL, a_slip, an_order, office
from tests.delivery.counting import counters, shelf
from tests.delivery.roads import dispatcher, driver


def test_an_emergency_makes_the_slip_and_lets_the_goods_go(desk: Desk) -> None:
    order = an_order(desk)
    slip = release_first(as_role(desk, "manager"), order, HOSPITAL)[0]
    assert (slip.head.state, slip.head.released_first, slip.head.released_why) == ("loaded", True, "hospital (郝师傅)")
    assert slip.head.left_at == desk.now()
    assert counters(desk) == [("A4-80", 10, 0, 10, 10, 10, 0)]
    assert shelf(desk) == [(1, 990, 0, 0)]
    assert order_by_number(desk, order).head.delivery == "released"
    told = [one.sentence for one in notices(office(desk))]
    assert told == [f"{slip.head.number} of 明远办公 left before its slip was on paper: hospital. Print it today."]
    assert [row.number for row in chased(desk)] == [slip.head.number]


def test_a_slip_that_is_there_goes_as_it_is_and_only_a_manager_lets_it(desk: Desk) -> None:
    slip = a_slip(desk)
    with pytest.raises(Refused, match="release goods before"):
        release_first(office(desk), slip.head.order_number, HOSPITAL)
    with pytest.raises(Refused, match="What is the emergency"):
        release_first(as_role(desk, "manager"), slip.head.order_number, Emergency(" "))
    gone = release_first(as_role(desk, "manager"), slip.head.order_number, HOSPITAL)
    assert [one.head.number for one in gone] == [slip.head.number]
    with pytest.raises(Refused, match="Everything of it is on slips already"):
        release_first(as_role(desk, "manager"), slip.head.order_number, HOSPITAL)


def test_what_left_first_has_a_sheet_of_its_own_and_its_cash_is_handed_in(desk: Desk) -> None:
    slip = release_first(as_role(desk, "manager"), an_order(desk), HOSPITAL)[0].head
    [sheet] = sheets(desk)
    assert (sheet.state, sheet.route, sheet.driver, sheet.expected, sheet.slips, sheet.open) == (
        "departed", "R1", "郝师傅", Decimal("250.00"), 1, 1,
    )  # fmt: skip
    with pytest.raises(Refused, match="is not back"):
        hand_in(dispatcher(desk), sheet.number, Decimal(250))
    delivered(driver(desk), slip.number)
    done = hand_in(dispatcher(desk), sheet.number, Decimal("250.00"))
    assert (done.expected, done.difference) == (Decimal("250.00"), Decimal("0.00"))
    assert [fault for found in check(desk) for fault in found.faults if fault.rule in ("SLP-4", "PAY-6", "ORD-8")] == []


@pytest.mark.parametrize(
    ("said", "rule", "field"),
    [
        (replace(HOSPITAL, driver=""), "SLP-5", "driver"),
        (replace(HOSPITAL, vehicle=" "), "SLP-5", "vehicle"),
        (replace(HOSPITAL, confirmed=""), "CUS-14", "confirmed"),
    ],
)
def test_an_emergency_spares_the_paper_and_nothing_else(desk: Desk, said: Emergency, rule: str, field: str) -> None:
    order = an_order(desk)
    with pytest.raises(Refused) as refused:
        release_first(as_role(desk, "manager"), order, said)
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert shelf(desk) == [(1, 1000, 10, 0)]


def test_a_second_delivery_asks_nobody_again(desk: Desk) -> None:
    first = release_first(as_role(desk, "manager"), an_order(desk, customer="C100001"), HOSPITAL)[0].head.number
    delivered(driver(desk), first)
    at(desk, "2026-11-24T10:00")
    again = an_order(desk, customer="C100001")
    assert release_first(as_role(desk, "manager"), again, replace(HOSPITAL, confirmed=""))[0].head.state == "loaded"

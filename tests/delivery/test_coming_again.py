"""Goods a carrier brought back: they come again when the carrier can bring them, and leave on a day ahead (SLP-6)."""

from __future__ import annotations

from datetime import date

from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from tests.delivery.building import everybody
from tests.delivery.roads import on_the_road


def test_what_a_carrier_brought_back_leaves_tomorrow_and_comes_after_its_days(desk: Desk) -> None:
    slip = on_the_road(desk, address="浙江省杭州市文三路7号", payment="transfer")
    failed(everybody(desk), slip, "nobody")
    head = by_number(desk, "SO20261123-0001").head
    assert (head.promised_on, head.leaves_on) == (date(2026, 11, 26), date(2026, 11, 24))

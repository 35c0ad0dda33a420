"""What is said aloud when an order is read back (JOY-1)."""

from __future__ import annotations

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders import queries
from ordersdesk.orders.actions import submit
from ordersdesk.orders.draft import DraftLine
from ordersdesk.orders.readback import sentences
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, an_item


def test_what_comes_later_is_said_with_the_line_in_the_callers_language(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=3)
    line = DraftLine(item="A4-80", quantity=5, shortage=Shortage.PARTIAL)
    number = submit(desk, a_draft(lines=(line,))).number
    order = queries.by_number(desk, number)
    assert (sentences(order, "en")[0], sentences(order, "zh_CN")[0]) == (
        "5 包 复印纸 A4-80, 25.00 each. 2 of them come later.",
        "复印纸 A4-80，5 包，每包 25.00 元。其中 2 件到货后再给您补送。",
    )

"""An intake is kept while it is typed: its call, its goods, what it comes to (CAL-5, STK-3)."""

from __future__ import annotations

from ordersdesk.calls.queries import unfinished
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.actions import submit
from ordersdesk.orders.intake_actions import keep
from ordersdesk.stock.queries import shelves
from tests.builders import a_customer, a_draft, an_item


def reserved(desk: Desk) -> list[int]:
    with desk.reading() as session:
        return [shelf.reserved for shelf in shelves(session, [1])[1]]


def test_what_is_typed_is_kept_with_the_call_and_its_goods_are_held(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    case = keep(desk, a_draft(("A4-80", 3)), typed={"line": "3"}, presented="13800138000")
    assert [(ring.presented, ring.draft) for ring in unfinished(desk)] == [("13800138000", {"line": "3"})]
    assert (str(case.total), reserved(desk)) == ("85.00", [3])


def test_what_is_kept_after_the_call_became_an_order_holds_nothing_more(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    draft = a_draft(("A4-80", 3))
    keep(desk, draft, typed={})
    submit(desk, draft)
    keep(desk, draft, typed={})
    assert (unfinished(desk), reserved(desk)) == ([], [3])

"""Short stock is dealt anew by priority; what is on paper stays, and whoever gains or loses is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from ordersdesk.delivery.dealing_actions import deal, would_deal
from ordersdesk.delivery.queries import SLIP, by_number
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.refusals import Refused, Stale
from ordersdesk.orders.draft import DraftLine
from ordersdesk.orders.notice_queries import notices
from ordersdesk.orders.queries import by_number as order_by_number
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, an_item, as_role, on_shelf
from tests.delivery.building import allocated, an_order, moved_on, office
from tests.delivery.counting import counters, faults, shelf


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Ten pieces on the shelf, all promised to a small customer; a key customer waits for six."""
    an_item(desk, "A4-80", stock=10)
    a_customer(desk, "C100009", name="大华", folded_name="大华", size_class="key")
    an_order(desk, ("A4-80", 10))
    an_order(desk, lines=(DraftLine(item="A4-80", quantity=6, shortage=Shortage.PARTIAL),), customer="C100009")
    assert counters(desk) == [("A4-80", 10, 0, 0, 0, 0, 0), ("A4-80", 6, 6, 0, 0, 0, 0)]
    return desk


def test_a_dry_run_shows_old_and_new_and_writes_nothing(shop: Desk) -> None:
    item = would_deal(office(shop))[0]
    assert (item.code, item.free_before, item.free_after) == ("A4-80", 0, 0)
    assert [(share.customer, share.before, share.after) for share in item.shares] == [
        ("大华", 0, 6),
        ("明远办公", 10, 4),
    ]
    assert [row[2] for row in counters(shop)] == [0, 6]


def test_what_was_shown_is_what_is_dealt(shop: Desk) -> None:
    seen = would_deal(office(shop))
    on_shelf(shop, 1, 6)
    with pytest.raises(Stale) as no:
        deal(office(shop), seen=seen)
    assert (no.value.rule, [row[2] for row in counters(shop)]) == ("SLP-1", [0, 6])
    assert [one.moved for one in deal(office(shop), seen=would_deal(office(shop)))] == [
        (replace(seen[0].shares[0], after=6),)
    ]


def test_the_key_customer_goes_first_and_the_other_one_s_slip_shrinks(shop: Desk) -> None:
    slip = allocated(shop, "SO20261123-0001").made[0].slip
    deal(office(shop), "A4-80")
    assert counters(shop) == [("A4-80", 10, 6, 4, 0, 0, 0), ("A4-80", 6, 0, 0, 0, 0, 0)]
    assert [line.pieces for line in by_number(shop, slip).lines] == [4]
    assert order_by_number(shop, "SO20261123-0001").lines[0].shortage == "partial"
    told = [one.sentence for one in notices(as_role(shop, "agent", login="lin"))]
    assert sorted(told) == [
        "6 of 复印纸 A4-80 that SO20261123-0002 waited for are here now.",
        "6 of 复印纸 A4-80 went from SO20261123-0001 to orders that go first: it waits for them.",
    ]
    assert (shelf(shop), faults(shop)) == ([(1, 10, 10, 0)], [])
    assert [each.moved for each in deal(office(shop), "A4-80")] == [()]


def test_what_is_on_paper_is_left_alone(shop: Desk) -> None:
    slip = allocated(shop, "SO20261123-0001").made[0].slip
    moved_on(shop, slip, "printed")
    assert [each.moved for each in deal(office(shop))] == [()]
    assert counters(shop)[0] == ("A4-80", 10, 0, 10, 10, 0, 0)


def test_what_is_being_printed_is_left_alone_too(shop: Desk) -> None:
    allocated(shop, "SO20261123-0001")
    taken = update(SLIP).values(job="J1", job_at=shop.now())
    shop.database.write(lambda session: session.connection().execute(taken))
    assert [each.moved for each in deal(office(shop))] == [()]


def test_a_slip_that_loses_everything_falls_away(desk: Desk) -> None:
    an_item(desk, "A4-80", stock=10)
    later = an_order(desk, ("A4-80", 10), deliver_on=date(2026, 12, 2))
    first = an_order(desk, lines=(DraftLine(item="A4-80", quantity=30, shortage=Shortage.PARTIAL),))
    slip = allocated(desk, later).made[0].slip
    deal(office(desk))
    assert (by_number(desk, slip).head.state, order_by_number(desk, later).head.delivery) == ("void", "none")
    assert [row[2] for row in counters(desk)] == [10, 20]
    assert [made.pieces for made in allocated(desk, first).made] == [10]
    assert faults(desk) == []


def test_only_the_office_deals_and_an_item_must_be_there(shop: Desk) -> None:
    with pytest.raises(Refused, match="deal short stock"):
        deal(as_role(shop, "agent"))
    with pytest.raises(Refused, match="no item X"):
        deal(office(shop), "X")

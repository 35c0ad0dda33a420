"""Short stock is dealt anew by priority; what is on paper stays, and whoever gains or loses is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk.delivery.dealing.actions import deal, would_deal
from ordersdesk.delivery.dealing.rules import Dealt, Share, dealt, priority
from ordersdesk.delivery.model.queries import SLIP, by_number
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, an_item, as_role, on_shelf
from tests.delivery.building import allocated, an_order, moved_on, office
from tests.delivery.counting import counters, faults, shelf

LINE = Share(
    order_id=1, order="SO1", agent="lin", customer="明远", size_class="small", urgent=False, promised_on=None,
    line_id=1, quantity=10, short=0, shortage="", allocated=0, released=0, shipped=0,
)  # fmt: skip


def test_urgent_lines_are_served_first_then_key_customers_the_earlier_promise_the_older_order() -> None:
    early, late = date(2026, 11, 24), date(2026, 11, 25)
    lines = [
        replace(LINE, line_id=2),
        replace(LINE, line_id=1),
        replace(LINE, line_id=3, promised_on=late),
        replace(LINE, line_id=4, promised_on=early, order_id=2),
        replace(LINE, line_id=5, promised_on=early),
        replace(LINE, line_id=6, size_class="key"),
        replace(LINE, line_id=7, urgent=True),
    ]
    assert [share.line_id for share in sorted(lines, key=priority)] == [7, 6, 5, 4, 3, 1, 2]


@pytest.mark.parametrize(
    ("line", "locked", "wanted", "before"),
    [
        ({}, 0, 10, 10),
        ({"short": 3, "shortage": "transfer"}, 0, 10, 7),
        ({"short": 3, "shortage": "leave"}, 0, 10, 10),
        ({"released": 4, "shipped": 1}, 3, 6, 6),
        ({"released": 4, "shipped": 4, "printing": 2}, 2, 4, 4),
        ({"short": 5, "released": 4, "printing": 1}, 5, 5, 0),
    ],
)
def test_what_is_on_paper_or_being_printed_is_not_dealt(
    line: dict[str, Any], locked: int, wanted: int, before: int
) -> None:
    share = replace(LINE, **line)
    assert (share.locked, share.wanted, share.before) == (locked, wanted, before)


def test_one_line_after_the_other_gets_what_is_free_and_what_the_others_had() -> None:
    key = replace(LINE, line_id=2, size_class="key", quantity=6, short=6)
    served, left = dealt([LINE, key], 1)
    assert [(share.line_id, share.after, share.moves) for share in served] == [(2, 6, 6), (1, 5, -5)]
    assert (left, dealt([LINE], 3)[1]) == (0, 3)
    item = Dealt("A4", "paper", 1, 0, (*served, replace(LINE, line_id=3, after=10)))
    assert [share.line_id for share in item.moved] == [2, 1]


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

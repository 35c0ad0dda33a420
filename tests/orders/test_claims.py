"""Orders for later days claim goods without taking today's shelf, and get them first when their day comes (STK-3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ordersdesk import deciding
from ordersdesk.changing import call_off, request
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book import check_queries
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.commitments.claiming_actions import reserve_due
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.model.queries import LINE
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock import check_queries as stock_checks
from ordersdesk.stock.file_actions import Coming, set_coming
from ordersdesk.stock.queries import STOCK
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, at
from tests.concurrency.together import at_once
from tests.conftest import emptied
from tests.profiles import THOROUGH

# On Monday 23 November goods of Wednesday 2 December are seven working days away: the day after is claimed.
NEAR, FAR = date(2026, 12, 2), date(2026, 12, 3)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A hundred pieces on the shelf, five customers."""
    for place in range(1, 6):
        a_customer(desk, f"C10000{place}")
    an_item(desk, stock=100)
    return desk


def ordered(desk: Desk, pieces: int, day: date | None = FAR, *, who: int = 1, shortage: str | None = None) -> str:
    line = DraftLine.model_validate({"item": "A4-80", "quantity": pieces, "shortage": shortage})
    return agreed(desk, a_draft(lines=(line,), customer=f"C10000{who}", deliver_on=day)).number


def shelf(desk: Desk) -> tuple[int, int]:
    """On hand and reserved; every proof holds."""
    with desk.reading() as session:
        row = session.connection().execute(select(STOCK.c.on_hand, STOCK.c.reserved)).one()
        proofs = (check_queries.claims, check_queries.reservations, check_queries.promises, stock_checks.faults)
        assert [fault for proof in proofs for fault in proof(desk, session)] == []
    return row.on_hand, row.reserved


def short(desk: Desk) -> list[tuple[int, str]]:
    with desk.reading() as session:
        rows = session.connection().execute(select(LINE.c.short, LINE.c.shortage).order_by(LINE.c.id))
        return [(row.short, row.shortage) for row in rows]


@pytest.mark.parametrize(("day", "reserved", "from_"), [(NEAR, 80, None), (FAR, 0, date(2026, 11, 24))])
def test_goods_of_a_day_within_the_days_of_the_policy_are_reserved_those_behind_it_claimed(
    shop: Desk, day: date, reserved: int, from_: date | None
) -> None:
    head = by_number(shop, ordered(shop, 80, day)).head
    assert (shelf(shop), head.reserve_on, head.promised_on) == ((100, reserved), from_, day)


@pytest.mark.parametrize(
    ("elsewhere", "from_"),
    [
        ({"address": "上海市人民路1号"}, date(2026, 11, 24)),
        ({"address": "江苏省苏州市人民路1号"}, None),  # leaves two working days earlier
        ({"address": "人民路1号", "region": "江苏"}, None),
    ],
)
def test_goods_for_another_address_leave_as_early_as_its_region_needs(
    shop: Desk, elsewhere: dict[str, str], from_: date | None
) -> None:
    made = agreed(shop, a_draft(("A4-80", 5), deliver_on=FAR, payment="transfer", **elsewhere))
    assert by_number(shop, made.number).head.reserve_on == from_


def test_a_claim_leaves_todays_shelf_to_todays_orders(shop: Desk) -> None:
    ordered(shop, 80)
    assert by_number(shop, ordered(shop, 100, None, who=2)).lines[0].short == 0
    assert shelf(shop) == (100, 100)


def test_what_cannot_be_covered_beyond_other_claims_is_said_when_it_is_ordered(shop: Desk) -> None:
    ordered(shop, 80)
    with pytest.raises(Refused, match="Only 20 of 复印纸 A4-80 left, 21 wanted") as no:
        ordered(shop, 21, who=2)
    assert no.value.rule == "STK-5"
    assert by_number(shop, ordered(shop, 20, who=2)).head.reserve_on
    assert by_number(shop, ordered(shop, 5, who=3, shortage="purchase")).lines[0].short == 5


@pytest.mark.parametrize(("due", "left"), [(date(2026, 12, 2), 150), (FAR, 100)])
def test_what_is_on_order_counts_when_it_comes_before_they_leave(shop: Desk, due: date, left: int) -> None:
    shop.database.write(lambda session: set_coming(session, {(1, 1): Coming(50, due)}))
    with pytest.raises(Refused, match=f"Only {left} of"):
        ordered(shop, left + 1)
    ordered(shop, left)


def test_what_nearer_orders_wait_for_is_not_claimed(shop: Desk) -> None:
    ordered(shop, 110, None, shortage="partial")
    shop.database.write(lambda session: set_coming(session, {(1, 1): Coming(50, date(2026, 11, 25))}))
    with pytest.raises(Refused, match="Only 40 of"):
        ordered(shop, 41, who=2)


def test_when_their_day_comes_the_first_ordered_are_served_first_and_the_others_told(shop: Desk) -> None:
    first, second = ordered(shop, 60), ordered(shop, 40, who=2)
    ordered(shop, 30, None, who=3)
    at(shop, "2026-11-24T00:00")
    done = reserve_due(shop)
    assert [(one.order, one.pieces, one.missing) for one in done] == [(first, 60, 0), (second, 10, 30)]
    assert (shelf(shop), short(shop)) == ((100, 100), [(0, ""), (30, "partial"), (0, "")])
    text = f"30 of 复印纸 A4-80 for {second}, promised for Thu 3 Dec, are not there: they must be ordered."
    assert [one.sentence for one in notices(as_role(shop, "agent", login="lin"))] == [text]
    assert [one.sentence for one in notices(as_role(shop, "purchasing"))] == [text]
    assert reserve_due(shop) == []


def test_nobody_overtakes_a_claim_on_its_day(shop: Desk) -> None:
    ordered(shop, 80)
    at(shop, "2026-11-24T09:00")
    with pytest.raises(Refused, match="Only 20 of"):
        ordered(shop, 21, None, who=2)
    ordered(shop, 20, None, who=3)
    assert shelf(shop) == (100, 100)


def test_goods_that_come_fill_no_claim_before_its_day(shop: Desk) -> None:
    ordered(shop, 120, shortage="purchase")
    assert receive(as_role(shop, "warehouse"), "A4-80", 50).filled == ()
    at(shop, "2026-11-24T09:00")
    assert [(one.pieces, one.missing) for one in reserve_due(shop)] == [(120, 0)]
    assert (shelf(shop), short(shop)) == ((150, 120), [(0, "purchase")])


def granted(desk: Desk, number: str) -> None:
    deciding.grant(as_role(desk, "leader", "manager", "branch_gm"), "change", number, seen_version=1)


def test_a_change_of_the_day_claims_or_reserves(shop: Desk) -> None:
    number = ordered(shop, 80)
    granted(shop, request(shop, Change(order=number, reason="sooner", deliver_on=NEAR)).number)
    assert (shelf(shop), by_number(shop, number).head.reserve_on) == ((100, 80), None)
    granted(shop, request(shop, Change(order=number, reason="later", deliver_on=date(2026, 12, 10))).number)
    assert (shelf(shop), by_number(shop, number).head.reserve_on) == ((100, 0), date(2026, 12, 1))


def test_a_claim_that_is_called_off_is_free_for_others(shop: Desk) -> None:
    asked = call_off(shop, number=ordered(shop, 100), reason="closed").request
    assert asked
    granted(shop, asked.number)
    ordered(shop, 100, who=2)
    at(shop, "2026-11-24T09:00")
    assert len(reserve_due(shop)) == 1
    assert shelf(shop) == (100, 100)


def test_two_who_claim_the_same_goods_at_once_get_them_once(shop: Desk) -> None:
    done = at_once([lambda who=who: ordered(shop, 60, who=who) for who in (1, 2)])
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert shelf(shop) == (100, 0)


def test_two_desks_that_reserve_what_is_due_at_once_do_it_once(shop: Desk) -> None:
    ordered(shop, 60)
    at(shop, "2026-11-24T09:00")
    at_once([lambda: reserve_due(shop), lambda: ordered(shop, 40, None, who=2), lambda: reserve_due(shop)])
    assert shelf(shop) == (100, 100)


STEPS = st.tuples(st.sampled_from(["near", "far", "day", "came"]), st.integers(1, 90))


@settings(
    max_examples=30 if THOROUGH else 8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(STEPS, max_size=8))
def test_days_of_orders_near_and_far_never_reserve_more_than_there_is(desk: Desk, steps: list[tuple[str, int]]) -> None:
    emptied(desk.database)
    at(desk, "2026-11-23T10:00")
    a_customer(desk)
    an_item(desk, stock=100)
    for step, pieces in steps:
        _step(desk, step, pieces)
        on_hand, reserved = shelf(desk)
        assert reserved <= on_hand


def _step(desk: Desk, step: str, pieces: int) -> Any:
    if step == "day":
        day = desk.calendar.next_working_day(desk.today())
        at(desk, f"{day}T10:00")
        return reserve_due(desk)
    if step == "came":
        return receive(as_role(desk, "warehouse"), "A4-80", pieces)
    day = desk.calendar.add_working_days(desk.today(), 9) if step == "far" else None
    return ordered(desk, pieces, day, shortage="partial" if pieces % 2 else "purchase")

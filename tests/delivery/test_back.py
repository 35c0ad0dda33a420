"""Back from the road: delivered, partly refused, failed, lost; the money, the promise and the order with it (SLP-6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from ordersdesk.check import check
from ordersdesk.delivery.handover.actions import Handed, deliver_all, delivered
from ordersdesk.delivery.handover.cash_actions import hand_in
from ordersdesk.delivery.handover.failed_actions import failed, note_trouble
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.queries import sheet
from ordersdesk.delivery.troubles.queries import TROUBLE, TROUBLES, is_open
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.notices.queries import notices
from ordersdesk.stock.queries import discrepancies
from tests.builders import a_customer, an_item, as_role
from tests.delivery.building import a_slip, allocated, moved_on
from tests.delivery.counting import counters, shelf
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road


def tracks(desk: Desk, slip: str) -> tuple[str, str, str]:
    """State, delivery and money of a slip's order."""
    order = order_by_number(desk, by_number(desk, slip).head.order_number).head
    return order.state, order.delivery, order.paid


def outcomes(desk: Desk) -> list[tuple[Any, ...]]:
    """The promise ledger: because, day, outcome."""
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT because, promised_on, outcome FROM promise ORDER BY id")
        return [(row[0], str(row[1]), row[2]) for row in rows]


def test_delivered_and_paid_at_the_door_the_order_is_closed_and_its_promise_kept(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 2))
    back = delivered(driver(desk), slip, Handed(signed_by="王芳"))
    assert (back.due, back.collected, back.trouble) == (Decimal("60.00"), Decimal("60.00"), "")
    assert (back.order.state, back.order.delivery, back.order.paid, back.order.promise) == (
        "closed", "delivered", "paid", "kept",
    )  # fmt: skip
    assert (counters(desk), outcomes(desk)) == ([("A4-80", 2, 0, 2, 2, 2, 2)], [("order", "2026-11-24", "kept")])


def test_less_at_the_door_needs_a_word_why_and_leaves_the_order_open(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    with pytest.raises(Refused) as no:
        delivered(driver(desk), slip, Handed(collected=Decimal("249.00")))
    assert (no.value.rule, no.value.field) == ("PAY-6", "why")
    delivered(driver(desk), slip, Handed(collected=Decimal("249.00"), why="no change"))
    assert (tracks(desk, slip), by_number(desk, slip).head.why) == (
        ("confirmed", "delivered", "partly paid"),
        "no change",
    )


def test_who_paid_before_has_nothing_to_pay_and_is_done(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10), payment="transfer")
    back = delivered(driver(desk), slip)
    assert (back.due, back.collected) == (Decimal("0.00"), Decimal("0.00"))
    assert tracks(desk, slip) == ("closed", "delivered", "paid")


def test_who_pays_by_the_month_is_delivered_and_unpaid(desk: Desk) -> None:
    a_customer(desk, terms="account", credit_limit=Decimal(10_000))
    slip = on_the_road(desk, ("A4-80", 10), payment="account")
    assert delivered(driver(desk), slip).collected == Decimal("0.00")
    assert tracks(desk, slip) == ("confirmed", "delivered", "unpaid")


def test_what_came_after_its_promise_is_trouble_by_itself(desk: Desk, clock: FixedClock) -> None:
    slip = on_the_road(desk)
    clock.advance(timedelta(days=2))
    back = delivered(driver(desk), slip)
    [trouble] = TROUBLES.listed(desk, is_open(TROUBLE))
    assert (back.trouble, back.order.promise) == (trouble.number, "broken")
    assert (trouble.kind, trouble.cause) == ("late", "Promised 2026-11-24, came 2026-11-25 10:00.")


def test_refused_goods_nobody_wants_are_closed_and_the_rest_is_paid(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10), ("PEN-1", 4))
    back = partly_refused(driver(desk), slip, {1: 3}, "not_wanted")
    assert (back.state, back.due, back.collected) == ("refused", Decimal("275.00"), Decimal("275.00"))
    assert counters(desk) == [("A4-80", 7, 0, 7, 7, 7, 7), ("PEN-1", 4, 0, 4, 4, 4, 4)]
    assert (tracks(desk, slip), shelf(desk)) == (
        ("closed", "delivered", "paid"), [(1, 990, 0, 3), (2, 996, 0, 0)],
    )  # fmt: skip
    assert [one.sentence for one in notices(as_role(desk, "agent", login="lin"))] == [
        f"3 of A4-80 came back from 明远办公, slip {slip}: not wanted any more."
    ]


def test_damaged_goods_come_again_and_are_trouble(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    back = partly_refused(driver(desk), slip, {1: 4}, {1: "damaged"})
    line = by_number(desk, slip).lines[0]
    assert (line.refused, line.refused_why, back.due) == (4, "damaged", Decimal("150.00"))
    assert (counters(desk), shelf(desk)) == ([("A4-80", 10, 0, 6, 6, 6, 6)], [(1, 990, 4, 4)])
    assert ([one.kind for one in TROUBLES.listed(desk, is_open(TROUBLE))], tracks(desk, slip)) == (
        ["damaged"], ("confirmed", "partly delivered", "partly paid"),
    )  # fmt: skip


def test_everything_refused_is_paid_with_nothing_not_even_the_fee(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 2))
    back = partly_refused(driver(desk), slip, {1: 2}, "wrong")
    assert (back.due, by_number(desk, slip).head.fee) == (Decimal("0.00"), Decimal("0.00"))
    assert (counters(desk), tracks(desk, slip)) == ([("A4-80", 2, 0, 0, 0, 0, 0)], ("confirmed", "none", "unpaid"))


@pytest.mark.parametrize(("pieces", "state"), [(9, "refused"), (10, "failed")])
def test_a_slip_has_failed_when_not_one_piece_stayed(desk: Desk, pieces: int, state: str) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    back = partly_refused(driver(desk), slip, {1: pieces}, "not_wanted")
    assert (back.state, by_number(desk, slip).head.state) == (state, state)


def test_an_order_nobody_wants_any_more_ends_and_its_promise_falls(desk: Desk) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    partly_refused(driver(desk), slip, {1: 10}, "not_ordered")
    order = order_by_number(desk, by_number(desk, slip).head.order_number).head
    assert (order.state, order.total, outcomes(desk)) == (
        "closed", Decimal("0.00"), [("order", "2026-11-24", "fallen")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "why", "field"),
    [({}, "wrong", "refused"), ({9: 1}, "wrong", "refused"), ({1: 11}, "wrong", "refused"),
     ({1: -1}, "wrong", "refused"), ({1: 1}, "", "why"), ({1: 1}, "nobody", "why"), ({1: 1}, {2: "wrong"}, "why")],
)  # fmt: skip
def test_what_cannot_have_been_refused_is_refused(desk: Desk, refused: Any, why: Any, field: str) -> None:
    slip = on_the_road(desk)
    with pytest.raises(Refused) as no:
        partly_refused(driver(desk), slip, refused, why)
    assert (no.value.rule, no.value.field, by_number(desk, slip).head.state) == ("SLP-6", field, "loaded")


def test_what_failed_lies_on_the_shelf_again_and_comes_with_a_later_wave(desk: Desk, clock: FixedClock) -> None:
    slip = on_the_road(desk, ("A4-80", 10))
    failed(driver(desk), slip, "nobody", date(2026, 11, 26))
    assert (counters(desk), shelf(desk)) == ([("A4-80", 10, 0, 0, 0, 0, 0)], [(1, 1000, 10, 0)])
    assert (tracks(desk, slip), by_number(desk, slip).head.again_on) == (
        ("confirmed", "none", "unpaid"), date(2026, 11, 26),
    )  # fmt: skip
    assert outcomes(desk) == [("order", "2026-11-24", "moved"), ("failed", "2026-11-26", "open")]
    clock.advance(timedelta(days=3))
    assert [made.pieces for made in allocated(desk).made] == [10]


@pytest.mark.parametrize(("why", "day"), [("tired", None), ("", None), ("closed", date(2026, 11, 23)),
                                          ("closed", date(2026, 11, 28))])  # fmt: skip
def test_a_failure_has_a_known_reason_and_comes_again_on_a_working_day(desk: Desk, why: str, day: date | None) -> None:
    slip = on_the_road(desk)
    with pytest.raises(Refused) as no:
        failed(driver(desk), slip, why, day)
    assert (no.value.rule, bool(no.value.mend)) == ("SLP-6", True)


@pytest.mark.parametrize(("stock", "short", "kept"), [(10, 10, 0), (14, 6, 4), (30, 0, 10)])
def test_lost_goods_do_not_come_back_and_the_order_gets_what_is_there(
    desk: Desk, stock: int, short: int, kept: int
) -> None:
    an_item(desk, stock=stock)
    slip = on_the_road(desk, ("A4-80", 10))
    note_trouble(as_role(desk, "agent"), slip, kind="lost", cause="the parcel is gone")
    assert (by_number(desk, slip).head.state, counters(desk), shelf(desk)) == (
        "failed", [("A4-80", 10, short, 0, 0, 0, 0)], [(1, stock - 10, kept, 0)],
    )  # fmt: skip


def test_the_cash_of_a_sheet_is_handed_in_when_every_slip_is_back(desk: Desk) -> None:
    one, two = (a_slip(desk, ("A4-80", 10), state="picked").head.number for _each in range(2))
    number = a_sheet(desk, one, two)
    depart(dispatcher(desk), number)
    delivered(driver(desk), one)
    with pytest.raises(Refused, match=f"1 slip of {number} is not back: {two}"):
        hand_in(dispatcher(desk), number, Decimal("500"))
    assert [back.collected for back in deliver_all(driver(desk), number)] == [Decimal("250.00")]
    with pytest.raises(Refused, match=r"-10\.00 is not explained"):
        hand_in(dispatcher(desk), number, Decimal("490"))
    hand_in(dispatcher(desk), number, Decimal("490"), "a false note")
    head = sheet(desk, number).head
    assert (head.state, head.expected, head.handed_in, head.difference_why) == (
        "back", Decimal("500.00"), Decimal("490.00"), "a false note",
    )  # fmt: skip
    assert [one.sentence for one in notices(as_role(desk, "finance"))] == [
        f"{number}: 490.00 handed in, 500.00 collected: a false note."
    ]


def test_what_has_not_left_cannot_be_back_and_what_is_back_not_again(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head.number
    number = a_sheet(desk, slip)
    with pytest.raises(Refused, match="has not left the house"):
        delivered(driver(desk), slip)
    depart(dispatcher(desk), number)
    delivered(driver(desk), slip)
    with pytest.raises(Refused, match="is delivered"):
        failed(driver(desk), slip, "nobody")
    with desk.reading() as session:
        assert discrepancies(session) == []


@pytest.mark.parametrize("hours", [-1, 1])
def test_goods_are_not_handed_over_before_they_left_or_later_than_now(desk: Desk, hours: int) -> None:
    slip = on_the_road(desk)
    with pytest.raises(Refused, match="between their departure and now"):
        delivered(driver(desk), slip, Handed(at=desk.now() + timedelta(hours=hours)))


def test_what_was_damaged_comes_again_with_new_goods_and_the_order_ends_well(desk: Desk, clock: FixedClock) -> None:
    slip = on_the_road(desk, ("A4-80", 3))
    partly_refused(driver(desk), slip, {1: 1}, "damaged")
    receive(as_role(desk, "warehouse"), "A4-80", 1)
    clock.advance(timedelta(days=1))
    [made] = allocated(desk, by_number(desk, slip).head.order_number).made
    assert (made.pieces, made.fee, made.due) == (1, Decimal("0.00"), Decimal("25.00"))
    moved_on(desk, made.slip, "picked")
    depart(dispatcher(desk), a_sheet(desk, made.slip))
    delivered(driver(desk), made.slip)
    assert (tracks(desk, slip), counters(desk)) == (("closed", "delivered", "paid"), [("A4-80", 3, 0, 3, 3, 3, 3)])
    assert [proof.name for proof in check(desk) if proof.faults and "terms" not in proof.name] == []


def test_the_deposit_goes_against_what_is_kept(desk: Desk) -> None:
    slip = a_slip(desk, ("A4-80", 10), state="picked").head
    desk.database.write(lambda session: _with_deposit(session, slip.order_id, slip.id))
    depart(dispatcher(desk), a_sheet(desk, slip.number))
    back = partly_refused(driver(desk), slip.number, {1: 6}, "not_wanted")
    assert (back.due, back.order.paid, back.order.state) == (Decimal("20.00"), "paid", "closed")


def _with_deposit(session: Session, order_id: int, slip_id: int) -> None:
    run = session.connection().exec_driver_sql
    run(f"UPDATE sales_order SET deposit = 8000, money_in = 8000, paid = 'deposit paid' WHERE id = {order_id}")
    run(f"UPDATE slip SET deposit = 8000, due = 17000 WHERE id = {slip_id}")

"""The whole road: three hundred orders from a file, through the 13:00 departure, to signed slips and counted cash."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select

from ordersdesk.changing import paid
from ordersdesk.check import check
from ordersdesk.delivery.handover.actions import Handed, deliver_all, delivered
from ordersdesk.delivery.handover.cash_actions import hand_in
from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.queries import SLIP, by_number, slips
from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.picking.actions import pick, pick_all
from ordersdesk.delivery.routes.actions import suggest
from ordersdesk.delivery.routes.confirming_actions import confirm_all
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.queries import sheet
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number as order_of
from ordersdesk.orders.book.waiting_queries import in_review
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.stock.queries import STOCK
from tests.delivery.building import everybody
from tests.delivery.whole_road import COUNT, GOODS, ROUTES, SHELF, a_desk_full_of_orders

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
ONE = Wave(date(2026, 11, 24), "13:00")


def tracks(desk: Desk) -> Counter[tuple[str, str, str]]:
    """How many orders stand where: state, delivery, money."""
    with desk.reading() as session:
        rows = session.connection().execute(select(ORDER.c.state, ORDER.c.delivery, ORDER.c.paid))
        return Counter((row[0], row[1], row[2]) for row in rows)


def track(desk: Desk, slip: str) -> tuple[str, str, str]:
    """Where the order of a slip stands."""
    head = order_of(desk, by_number(desk, slip).head.order_number).head
    return head.state, head.delivery, head.paid


def sums(desk: Desk) -> tuple[int, ...]:
    """Pieces ordered, short, and delivered; then on hand, reserved and quarantined."""
    lines, shelf = (
        (LINE.c.quantity, LINE.c.short, LINE.c.delivered),
        (STOCK.c.on_hand, STOCK.c.reserved, STOCK.c.quarantined),
    )
    with desk.reading() as session:
        run = session.connection().execute
        return (*run(select(*map(func.sum, lines))).one(), *run(select(*map(func.sum, shelf))).one())


def test_the_whole_road(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    assert a_desk_full_of_orders(desk.signed_in(SYSTEM), tmp_path) == COUNT
    people = everybody(desk)
    ordered = sums(desk)[0]
    ahead = _paid_ahead(people)
    assert tracks(desk) == {("confirmed", "none", "unpaid"): COUNT - ahead, ("confirmed", "none", "paid"): ahead}

    clock.advance(NOON - clock.now())
    made = allocate(people, Order(ONE))
    assert (len(made.made), made.left) == (COUNT, ())
    printed = print_slips(people, Wanted(wave=ONE.at, day=ONE.day), On(to=tmp_path / "slips.txt", form="text"))
    assert (len(printed.numbers), printed.skipped) == (COUNT, ())

    cash = sorted(row.number for row in slips(desk, state="printed") if row.payment == "cash")
    short, shorter, refuses, nobody, pays_less = cash[:5]
    pick(people, short, found={1: 2}, parcels=1)
    pick(people, shorter, found={2: 0}, parcels=2)
    pick_all(people, [slip.slip for slip in made.made if slip.slip not in (short, shorter)])
    missed = ordered - _on_slips(desk)

    sheets = suggest(people, leaves=ONE).sheets
    assert sorted((each.route, len(each.slips)) for each in sheets) == sorted((route, 100) for route in ROUTES)
    assert not any(each.warnings for each in sheets)
    for each in sheets:
        confirm_all(people, each.slips)
        depart(people, each.number, driver="郝师傅", vehicle="沪A12345", other_day="goes ahead")
    assert sums(desk) == (ordered, missed, 0, SHELF * len(GOODS) - ordered, 0, 0)

    clock.advance(LATER - clock.now())
    failed(people, nobody, "nobody", date(2026, 11, 25))
    partly_refused(people, refuses, {1: 1}, "not_wanted")
    due = by_number(desk, pays_less).head.due
    delivered(people, pays_less, Handed(collected=due - 1, why="no change"))
    handed = [_handed_in(people, each.number, less=place) for place, each in enumerate(sheets)]
    assert handed == [Decimal(0), Decimal(-1), Decimal(-2)]

    _the_tracks_are_right(desk, cash, (short, shorter, refuses, nobody, pays_less))
    back = by_number(desk, nobody).head.pieces
    there = SHELF * len(GOODS) - ordered + back
    assert sums(desk) == (ordered - 1, missed, ordered - missed - back - 1, there, back, 1)
    assert {proof.name: proof.faults for proof in check(people) if proof.faults} == {}


def _paid_ahead(people: Desk) -> int:
    """Mark in what is paid by transfer or card: until then such an order waits."""
    waiting = in_review(people, limit=COUNT)
    for one in waiting:
        paid(people, one.entry.number, Received(one.entry.total, reference="bank"))
    return len(waiting)


def _handed_in(people: Desk, number: str, *, less: int) -> Decimal:
    """All the rest of a sheet is well; its driver hands in so much less than was collected."""
    deliver_all(people, number)
    collected = sheet(people, number).collected
    return hand_in(people, number, collected - less, "a note is missing" if less else "").difference


def _on_slips(desk: Desk) -> int:
    with desk.reading() as session:
        return session.connection().execute(select(func.sum(SLIP.c.pieces))).scalar_one()


def _the_tracks_are_right(desk: Desk, cash: list[str], special: tuple[str, ...]) -> None:
    """Goods, money and promises of every order, and what each sheet brought."""
    short, shorter, refuses, nobody, pays_less = special
    assert [track(desk, slip) for slip in special] == [
        ("confirmed", "partly delivered", "partly paid"),
        ("confirmed", "partly delivered", "partly paid"),
        ("closed", "delivered", "paid"),
        ("confirmed", "none", "unpaid"),
        ("confirmed", "delivered", "partly paid"),
    ]
    assert tracks(desk) == {
        ("closed", "delivered", "paid"): COUNT - 4,
        ("confirmed", "partly delivered", "partly paid"): 2,
        ("confirmed", "delivered", "partly paid"): 1,
        ("confirmed", "none", "unpaid"): 1,
    }
    with desk.reading() as session:
        run = session.connection().execute
        collected = run(select(func.sum(SLIP.c.collected))).scalar_one()
        owed = run(select(func.sum(SLIP.c.due)).where(SLIP.c.payment == "cash", SLIP.c.number != nobody)).scalar_one()
        kept = session.connection().exec_driver_sql("SELECT outcome, count(*) FROM promise GROUP BY outcome")
        outcomes = {row[0]: row[1] for row in kept}
    assert collected == owed - Decimal("1.00")
    assert outcomes == {"kept": COUNT - 3, "open": 3, "moved": 1}
    assert (by_number(desk, short).head.state, by_number(desk, shorter).head.parcels) == ("delivered", 2)
    assert (by_number(desk, refuses).head.state, by_number(desk, pays_less).head.why) == ("refused", "no change")

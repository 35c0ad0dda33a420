"""Allocating: confirmed orders become slips, key customers first; what stays is told with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.delivery.model.queries import by_number, slips, waves, waves_on_board
from ordersdesk.delivery.model.wave_rules import waves_ahead
from ordersdesk.delivery.slips.allocating_actions import Order, allocate, would_allocate
from ordersdesk.delivery.slips.allocating_rules import Goods, Wanted, none_made, picked, sequence, why_not
from ordersdesk.delivery.slips.carriage_rules import chosen
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from ordersdesk.orders.fulfilment.actions import Moved, fulfil
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.leaving_actions import bring_back
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, an_item, as_role, at, on_shelf
from tests.delivery.building import a_slip, allocated, an_order, office
from tests.delivery.counting import counters

TUESDAY = date(2026, 11, 24)


def _short(code: str, pieces: int, shortage: str) -> tuple[DraftLine, ...]:
    return (DraftLine(item=code, quantity=pieces, shortage=Shortage(shortage)),)


def _arrived(desk: Desk, item: int, pieces: int) -> None:
    """Pieces that line 1 of order 1 waits for come in."""

    def work(session: Session) -> None:
        bring_back(desk, session, [(1, item, 1, pieces)], "PO1")
        fulfil(desk, session, 1, {1: Moved(short=-pieces)}, note="came in")

    desk.database.write(work)


WANTED = Wanted(
    id=1, number="SO1", agent="lin", state="confirmed", customer_id=1, customer_name="明远", size_class="small",
    contact="王芳", phone="", address="", route="R1", region="上海", payment="cash", note="",
    urgent=False, latest="", department="",
    promised_on=None, promised_part="", leaves_on=TUESDAY, wave="08:30", fee=Decimal(0), money_in=Decimal(0),
    reserve_on=None,
)  # fmt: skip
LINE = Goods(
    order_id=1, id=1, position=1, item_id=1, code="A4", name="paper", spec="", unit="包", quantity=5, short=0,
    shortage="", allocated=0, price=Decimal("2.50"), note="", weight_g=1_000, volume_cm3=60_000, valuable=False,
)  # fmt: skip


def test_urgent_orders_come_first_then_key_customers_then_what_leaves_first() -> None:
    orders = [
        replace(WANTED, id=7),
        replace(WANTED, id=1),
        replace(WANTED, id=2, leaves_on=date(2026, 11, 23), wave="13:00"),
        replace(WANTED, id=3, size_class="key"),
        replace(WANTED, id=4, urgent=True),
        replace(WANTED, id=5, leaves_on=None),
        replace(WANTED, id=6, wave="13:00"),
    ]
    assert [order.id for order in sorted(orders, key=sequence)] == [4, 3, 2, 1, 7, 6, 5]


@pytest.mark.parametrize(
    ("order", "lines", "partial", "said"),
    [
        ({"state": "review"}, [{}], False, ("ORD-3", "It is not confirmed.")),
        ({"reserve_on": TUESDAY}, [{}], True, ("STK-3", "Its goods are set aside from 2026-11-24 on.")),
        ({}, [{}], False, None),
        # Some of it is here, the rest comes by itself: whole, unless it is named in parts.
        ({}, [{"short": 2, "shortage": "transfer"}], False,
         ("STK-5", "2 of paper come from another warehouse: the order goes whole.")),
        ({}, [{"short": 2, "shortage": "purchase"}], False,
         ("STK-5", "2 of paper come from the supplier: the order goes whole.")),
        ({}, [{"short": 2, "shortage": "transfer"}], True, None),
        ({}, [{"short": 2, "shortage": "partial"}], False, None),
        ({}, [{"short": 2, "shortage": "leave", "quantity": 3}], False, None),
        # Nothing of it is here: named in parts it has nothing to go either.
        ({}, [{"short": 5, "shortage": "transfer"}], True, ("STK-5", "5 of paper come from another warehouse.")),
        ({}, [{"short": 5, "shortage": "purchase", "spec": "80 g"}], False,
         ("STK-5", "5 of paper 80 g come from the supplier.")),
        ({}, [{"short": 5, "shortage": "partial", "spec": "80 g"}], True,
         ("STK-5", "Nothing of it is on the shelf: 5 of paper 80 g are missing.")),
        ({}, [{"short": 4, "shortage": "partial", "quantity": 4}, {"short": 1, "shortage": "transfer", "quantity": 1,
         "name": "pen"}], False, ("STK-5", "1 of pen come from another warehouse.")),
        ({}, [{"allocated": 5}], False, ("SLP-1", "Everything of it is on slips already.")),
    ],
)  # fmt: skip
def test_an_order_that_stays_says_rule_and_reason(
    order: dict[str, Any], lines: list[dict[str, Any]], partial: bool, said: tuple[str, str] | None
) -> None:
    goods = [replace(LINE, **each) for each in lines]
    why = why_not(replace(WANTED, **order), goods, partial=partial)
    assert (why and (why.rule, why.sentence())) == said
    assert bool(why and why.is_done) is bool(said and said[0] == "SLP-1")


def test_an_order_that_is_held_names_the_first_rule_and_says_all_that_stands_against_it() -> None:
    held = [WaitingFor("CUS-9", "manager", "80.00 is overdue."), WaitingFor("PAY-3", "finance", "Nothing is paid.")]
    why = why_not(WANTED, [LINE], held)
    assert why
    assert (why.rule, why.sentence()) == ("CUS-9", "80.00 is overdue. Nothing is paid.")


def test_what_goes_onto_a_slip_has_its_price_weight_and_volume() -> None:
    two, none = replace(LINE, quantity=3, short=1, shortage="partial", valuable=True), replace(LINE, allocated=5)
    (goes,) = picked([two, none])
    assert (goes.pieces, goes.amount, goes.weight_g, goes.volume_cm3, goes.valuable) == (
        2, Decimal("5.00"), 1_000, 60_000, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stay", "later", "said"),
    [
        (1, None, "No slip for 08:30, Tue 24 Nov: 1 order stays."),
        (2, Wave(TUESDAY, "13:00"), "No slip for 08:30, Tue 24 Nov: 2 orders stay."),
        (0, None, "No slip for 08:30, Tue 24 Nov: no order leaves with it."),
        (0, Wave(TUESDAY, "13:00"),
         "No slip for 08:30, Tue 24 Nov: no order leaves with it. The next one leaves Tue 24 Nov 13:00."),
    ],
)  # fmt: skip
def test_a_wave_without_slips_says_why(stay: int, later: Wave | None, said: str) -> None:
    assert none_made(Wave(TUESDAY, "08:30"), stay, later) == said


def test_a_carrier_charges_a_slip_for_the_weight_and_the_volume_of_its_goods(desk: Desk) -> None:
    an_item(desk, "LIGHT", stock=9, weight_g=1_000, volume_cm3=60_000)
    an_item(desk, "HEAVY", stock=9, weight_g=12_000, volume_cm3=1)
    a_customer(desk, "C900001")
    beijing = "UPDATE address SET region = '北京', city = '北京市'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(beijing))
    heads = [a_slip(desk, (code, 1), customer="C900001").head for code in ("LIGHT", "HEAVY")]
    assert [(head.weight_g, head.volume_cm3) for head in heads] == [(1_000, 60_000), (12_000, 1)]
    kg = [chosen(head.weight_g, head.volume_cm3, "北京", 9, desk.policy) for head in heads]
    assert [(head.carrier, head.carriage) for head in heads] == [(each.carrier, each.price) for each in kg if each]
    assert [each.kg for each in kg if each] == [10, 12]


def test_a_confirmed_order_becomes_a_slip_of_its_goods_with_fee_and_sums(desk: Desk) -> None:
    number = an_order(desk, ("A4-80", 2), ("B5", 1))
    slip = by_number(desk, allocated(desk, number).made[0].slip)
    head = slip.head
    assert (head.number, head.state, head.order_number) == ("SL20261123-0001", "made", number)
    assert (head.pieces, head.goods, head.fee, head.due) == (3, Decimal("75.00"), Decimal("10.00"), Decimal("85.00"))
    assert [(line.position, line.code, line.pieces, line.asked, line.amount) for line in slip.lines] == [
        (1, "A4-80", 2, 2, Decimal("50.00")),
        (2, "B5", 1, 1, Decimal("25.00")),
    ]
    order = order_by_number(desk, number)
    assert (order.head.delivery, order.story[-1].note) == ("allocated", "slip SL20261123-0001 made")
    assert counters(desk) == [("A4-80", 2, 0, 2, 0, 0, 0), ("B5", 1, 0, 1, 0, 0, 0)]


def test_a_wave_takes_what_leaves_with_it_at_the_latest_urgent_and_key_first(desk: Desk) -> None:
    a_customer(desk)
    a_customer(desk, "C100009", name="大华", folded_name="大华", size_class="key")
    small, later = an_order(desk), an_order(desk, ("A4-80", 7), deliver_on=date(2026, 11, 26))
    key = an_order(desk, ("A4-80", 3), customer="C100009")
    urgent = an_order(desk, ("A4-80", 4), urgent=True, note="王芳, 14:00")
    done = allocated(desk, at="13:00", day=TUESDAY)
    assert [made.order for made in done.made] == [urgent, key, small]
    assert [made.slip[-4:] for made in done.made] == ["0001", "0002", "0003"]
    assert order_by_number(desk, later).head.delivery == "none"
    assert allocated(desk, at="13:00", day=TUESDAY).made == ()


def test_what_comes_from_elsewhere_lets_the_whole_order_wait_unless_it_is_named_in_parts(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, "A4-80", stock=4)
    on_shelf(desk, item, 50, code="PD", kind="sibling")
    waits = an_order(desk, ("A4-80", 10), lines=_short("A4-80", 10, "transfer"))
    done = allocated(desk, at="15:30", day=date(2026, 11, 30))
    assert (done.made, [(left.order, left.rule) for left in done.left]) == ((), [(waits, "STK-5")])
    assert "come from another warehouse" in done.left[0].why
    part = allocated(desk, waits, partial=True).made[0]
    assert (part.pieces, part.whole) == (4, False)
    assert order_by_number(desk, waits).head.delivery == "partly allocated"


def test_what_is_here_goes_when_the_customer_agreed_to_parts_and_the_fee_goes_once(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, "A4-80", price="5.00", stock=4)
    number = an_order(desk, lines=_short("A4-80", 6, "partial"))
    first = allocated(desk, number).made[0]
    assert (first.pieces, first.fee) == (4, Decimal("10.00"))
    assert allocated(desk, number).left[0].why.startswith("Nothing of it is on the shelf: 2 of")
    _arrived(desk, item, 2)
    second = allocated(desk, number).made[0]
    assert (second.pieces, second.fee, second.whole) == (2, Decimal("0.00"), True)
    assert order_by_number(desk, number).head.delivery == "allocated"


def test_orders_named_by_hand_that_cannot_go_say_why(desk: Desk) -> None:
    a_customer(desk)
    blocked = an_order(desk)
    desk.database.write(lambda session: session.connection().exec_driver_sql("UPDATE customer SET blocked = '诉讼'"))
    left = allocated(desk, blocked).left[0]
    assert (left.rule, left.why) == ("CUS-11", "This customer is blocked: 诉讼.")
    with pytest.raises(Refused, match="no order SO1"):
        allocated(desk, "SO1")
    with pytest.raises(Refused, match="no wave 9:77"):
        allocated(desk, at="9:77")
    with pytest.raises(Refused, match="2026-11-20 is over"):
        allocated(desk, day=date(2026, 11, 20))
    with pytest.raises(Refused, match="Only orders that are named"):
        allocated(desk, partial=True)
    with pytest.raises(Refused, match="make slips"):
        allocate(as_role(desk, "agent"), Order())


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    number = an_order(desk)
    would = would_allocate(office(desk), Order(numbers=(number,)))
    assert [(made.slip, made.order, made.pieces) for made in would.made] == [("", number, 10)]
    assert (slips(desk), order_by_number(desk, number).head.delivery) == ([], "none")


def test_the_waves_say_what_is_to_come_and_how_far_the_slips_are(desk: Desk) -> None:
    a_slip(desk, deliver_on=TUESDAY)
    an_order(desk, ("A4-80", 1), deliver_on=TUESDAY)
    a_slip(desk, ("A4-80", 2), deliver_on=TUESDAY, state="printed")
    _morning, noon, one, last = waves(desk, TUESDAY)
    assert (one.wave, one.minutes_left, one.orders, one.slips) == ("13:00", 1620, 1, {"made": 1, "printed": 1})
    assert [(row.wave, row.orders, row.slips, row.is_car) for row in (noon, last)] == [
        ("12:00", 0, {}, True), ("15:30", 0, {}, True),
    ]  # fmt: skip


def test_the_next_wave_counts_what_is_late(desk: Desk, clock: FixedClock) -> None:
    an_order(desk, deliver_on=TUESDAY)
    clock.advance(timedelta(days=2))
    assert _to_come(desk) == {"12:00": 1}
    clock.advance(timedelta(hours=3))
    assert _to_come(desk) == {"13:00": 1}
    clock.advance(timedelta(minutes=1))
    assert _to_come(desk) == {"15:30": 1}


def _to_come(desk: Desk) -> dict[str, int]:
    """The waves of today that take an order."""
    return {row.wave: row.orders for row in waves(desk, desk.today()) if row.orders}


@pytest.mark.parametrize(
    ("moment", "offered", "behind"),
    [
        ("2026-11-23T15:31", "2026-11-24 13:00", "2026-11-24 08:30"),
        ("2026-11-23T23:00", "2026-11-24 13:00", "2026-11-24 08:30"),
        ("2026-11-29T11:00", "2026-11-30 13:00", "2026-11-30 08:30"),
        ("2026-09-30T16:00", "2026-10-08 13:00", "2026-10-08 08:30"),
        ("2026-11-24T08:30", "2026-11-25 13:00", "2026-11-24 08:30"),
        ("2026-11-24T08:31", "2026-11-25 13:00", "2026-11-24 12:00"),
    ],
)
def test_the_wave_that_is_shown_is_the_one_that_is_made(desk: Desk, moment: str, offered: str, behind: str) -> None:
    at(desk, moment)
    an_order(desk)
    shown = would_allocate(office(desk), Order())
    assert (" ".join(map(str, shown.leaves)), len(shown.made)) == (offered, 1)
    assert " ".join(map(str, waves_ahead(desk)[0])) == behind
    at(desk, f"{desk.local() + timedelta(minutes=1):%Y-%m-%dT%H:%M}")
    assert len(allocate(office(desk), Order(leaves=shown.leaves)).made) == 1


def test_nothing_made_says_why(desk: Desk) -> None:
    nothing = allocated(desk, at="12:00")
    assert nothing.why_none() == "No slip for 12:00, Mon 23 Nov: no order leaves with it."
    an_order(desk)
    later = "No slip for 12:00, Mon 23 Nov: no order leaves with it. The next one leaves Tue 24 Nov 13:00."
    assert (allocated(desk, at="12:00").made, allocated(desk, at="12:00").why_none()) == ((), later)
    desk.database.write(lambda session: session.connection().exec_driver_sql("UPDATE customer SET blocked = '诉讼'"))
    assert allocated(desk, at="15:30", day=TUESDAY).why_none() == "No slip for 15:30, Tue 24 Nov: 1 order stays."


def test_a_wave_that_has_left_and_one_on_a_day_off_are_refused(desk: Desk) -> None:
    gone = Order(leaves=Wave(desk.today(), "08:30"))
    for look in (allocate, would_allocate):
        with pytest.raises(Refused, match="The 08:30 wave of Mon 23 Nov has left") as no:
            look(office(desk), gone)
        assert no.value.mend == "The next wave is Mon 23 Nov 12:00."
    with pytest.raises(Refused, match="Nothing leaves on Sun 29 Nov"):
        allocated(desk, day=date(2026, 11, 29))


def test_an_agent_allocates_their_own_orders_and_nobody_elses(desk: Desk) -> None:
    mine, others = an_order(desk), an_order(desk)
    desk.database.write(
        lambda session: session.connection().exec_driver_sql("UPDATE sales_order SET agent = 'mei' WHERE id = 2")
    )
    assert [one.order for one in allocate(desk, Order(numbers=(mine,))).made] == [mine]
    for wanted in (Order(numbers=(others,)), Order(numbers=(mine, others)), Order()):
        with pytest.raises(Refused, match="make slips") as no:
            would_allocate(desk, wanted)
        assert no.value.rule == "USR-2"


def test_the_board_shows_the_next_days_first_departure_and_what_is_still_here_of_a_wave(desk: Desk) -> None:
    assert [f"{row.day} {row.wave}"[5:] for row in waves_on_board(desk)] == [
        "11-23 12:00", "11-23 13:00", "11-23 15:30", "11-24 08:30",
    ]  # fmt: skip
    a_slip(desk, urgent=True, note="王芳, 14:00")
    at(desk, "2026-11-23T13:30")
    assert [row.wave for row in waves_on_board(desk)] == ["12:00", "15:30", "08:30"]


def test_rows_of_an_older_policy_keep_their_meaning(desk: Desk) -> None:
    an_order(desk)
    a_slip(desk)
    old = "UPDATE {} SET leaves_on = '2026-11-24', wave = '11:00'"
    for table in ("sales_order", "slip"):
        desk.database.write(lambda session, table=table: session.connection().exec_driver_sql(old.format(table)))
    rows = [(row.wave, row.orders, row.slips) for row in waves(desk, TUESDAY)]
    assert rows == [("08:30", 0, {}), ("11:00", 1, {"made": 1}), ("12:00", 0, {}), ("13:00", 0, {}), ("15:30", 0, {})]
    assert len(allocated(desk, at="12:00", day=TUESDAY).made) == 1

"""Whatever confirms an order later than its submit promises it anew from that moment and tells its agent (ORD-15)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ordersdesk import deciding
from ordersdesk.changing import deposit_paid, sheet_returned
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.sheets.actions import send_sheet
from tests.builders import a_customer, a_draft, an_item, as_role, at
from tests.conftest import emptied

SO = "SO20261123-0001"


def on_account(desk: Desk, size_class: str = "small", **draft: Any) -> str:
    """An order that waits for the manager's yes and nothing else."""
    a_customer(desk, size_class=size_class, terms="account", credit_limit=Decimal(10000))
    an_item(desk, stock=10)
    return submit(desk, a_draft(("A4-80", 2), payment="account", accepted=("CAT-4:A4-80",), **draft)).number


def granted(desk: Desk, moment: str) -> Summary:
    """The manager says yes at this moment."""
    at(desk, moment)
    deciding.grant(as_role(desk, "manager"), "order", SO, seen_version=1)
    return by_number(desk, SO).head


def promised(head: Summary) -> tuple[str, str]:
    return f"{head.promised_on}", head.promised_part


def told(desk: Desk) -> list[str]:
    return [one.sentence for one in notices(desk)]


def test_a_yes_two_days_later_promises_from_then_and_tells_the_agent(desk: Desk) -> None:
    on_account(desk, "key")
    head = granted(desk, "2026-11-25T10:00")
    assert (promised(head), head.promise) == (
        ("2026-11-25", "afternoon"), "Key customer before 12:00: Wed 25 Nov afternoon",
    )  # fmt: skip
    assert told(desk) == [f"{SO} was promised for Mon 23 Nov afternoon and comes Wed 25 Nov afternoon: tell 明远办公."]
    assert [(one.because, one.outcome) for one in by_number(desk, SO).promises] == [
        ("order", "moved"), ("confirmed", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "promise", "notes"),
    [("11:59", ("2026-11-23", "afternoon"), 0), ("12:00", ("2026-11-24", "morning"), 1)],
)
def test_a_yes_before_the_cut_off_changes_nothing(desk: Desk, moment: str, promise: Any, notes: int) -> None:
    on_account(desk, "key")
    assert (promised(granted(desk, f"2026-11-23T{moment}")), len(told(desk))) == (promise, notes)


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-11-25T10:00", "2026-11-27"), ("2026-11-26T23:00", "2026-11-27"), ("2026-11-27T09:00", "2026-11-30")],
)
def test_a_wished_day_stays_as_long_as_it_can_be_kept(desk: Desk, moment: str, day: str) -> None:
    on_account(desk, deliver_on=date(2026, 11, 27))
    assert promised(granted(desk, moment)) == (day, "")


@pytest.mark.parametrize(
    ("moment", "car"),
    [
        ("2026-11-23T12:00", ("2026-11-23", "12:00")), ("2026-11-23T12:01", ("2026-11-23", "15:30")),
        ("2026-11-23T15:31", ("2026-11-24", "12:00")), ("2026-11-27T18:00", ("2026-11-30", "12:00")),
    ],
)  # fmt: skip
def test_urgent_goods_go_with_the_next_car_after_the_yes(desk: Desk, moment: str, car: tuple[str, str]) -> None:
    on_account(desk, urgent=True, note="王芳, 17:00")
    head = granted(desk, moment)
    assert (f"{head.leaves_on}", head.wave) == car
    assert len(told(desk)) == (car != ("2026-11-23", "12:00"))


def test_a_deposit_a_week_after_the_sheet_never_confirms_a_day_that_is_past(desk: Desk) -> None:
    a_customer(desk, size_class="key")
    an_item(desk, "GOLD", price="1000.01", stock=5, listing="special")
    number = submit(desk, a_draft(("GOLD", 1), accepted=("CAT-4:GOLD",))).number
    send_sheet(desk, number=number, how="fax")
    sheet_returned(desk, number=number)
    at(desk, "2026-11-30T13:00")
    done = deposit_paid(as_role(desk, "finance"), number=number, amount=Decimal("300.00"))
    assert (done.state, done.promised_on) == ("confirmed", date(2026, 12, 1))


def test_an_order_whose_region_nobody_knows_any_more_says_that_no_day_is_known(desk: Desk) -> None:
    on_account(desk)
    region = "UPDATE sales_order SET region = 'Atlantis'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(region))
    assert promised(granted(desk, "2026-11-25T10:00")) == ("None", "")
    assert told(desk) == [
        f"{SO} was promised for Tue 24 Nov, which cannot be kept, and no new day is known:"
        " “Atlantis” is no province or city."
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(minutes=st.integers(0, 60 * 24 * 20), size=st.sampled_from(["key", "small"]), urgent=st.booleans())
def test_no_yes_at_any_moment_promises_what_is_past_or_a_day_off(
    desk: Desk, minutes: int, size: str, urgent: bool
) -> None:
    emptied(desk.database)
    at(desk, "2026-11-23T10:00")
    on_account(desk, size, urgent=urgent, note="王芳")
    moment = desk.local() + timedelta(minutes=minutes)
    head = granted(desk, moment.replace(tzinfo=None).isoformat())
    assert head.leaves_on
    assert not Wave(head.leaves_on, head.wave).has_left(moment)
    assert desk.calendar.is_working_day(date.fromisoformat(f"{head.promised_on}"))


def bought_for(desk: Desk, shortage: str, *, here: int = 2) -> Desk:
    """A confirmed order of ten, of which only some are here; returns the warehouse's desk."""
    a_customer(desk, grade="A")
    an_item(desk, stock=here)
    line = a_draft(("A4-80", 10)).lines[0].model_copy(update={"shortage": shortage})
    submit(desk, a_draft(lines=(line,)))
    return as_role(desk, "warehouse")


def test_goods_that_come_early_let_the_order_come_early(desk: Desk) -> None:
    store = bought_for(desk, "purchase")
    at(desk, "2026-11-25T09:00")
    receive(store, "A4-80", 8)
    assert promised(by_number(desk, SO).head) == ("2026-11-26", "")
    assert told(desk)[0] == f"{SO} was promised for Tue 1 Dec and comes Thu 26 Nov: tell 明远办公."


def test_goods_that_come_late_name_the_new_day(desk: Desk) -> None:
    store = bought_for(desk, "purchase")
    at(desk, "2026-12-03T09:00")
    receive(store, "A4-80", 8)
    assert promised(by_number(desk, SO).head) == ("2026-12-04", "")
    assert [(one.because, one.outcome) for one in by_number(desk, SO).promises] == [
        ("order", "moved"),
        ("came", "open"),
    ]


@pytest.mark.parametrize(
    ("here", "moment", "day"),
    [
        (2, "2026-11-23T11:00", "2026-11-24"),
        (2, "2026-11-25T11:00", "2026-11-26"),
        (0, "2026-11-24T11:00", "2026-11-25"),
    ],
)
def test_the_rest_of_an_order_in_parts_keeps_its_day_unless_it_is_past(
    desk: Desk, here: int, moment: str, day: str
) -> None:
    store = bought_for(desk, "partial", here=here)
    at(desk, moment)
    receive(store, "A4-80", 8)
    assert promised(by_number(desk, SO).head) == (day, "")

"""Sixty-second regret: an order just submitted is pulled back (JOY-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from ordersdesk.approvals.queries import waiting_on
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import as_draft, submit
from ordersdesk.orders.model.queries import ORDER, USUAL
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, cancel
from tests.orders.looking import reserved, set_line
from tests.properties.proofs import everything, prove

NUMBER = "SO20261123-0001"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, "A4-80", price="25.00", stock=100)
    an_item(desk, "SAFE", price="26000.00", stock=5)
    agreed(desk, a_draft(("A4-80", 20)))
    return desk


def refusal(desk: Desk, number: str = NUMBER) -> str:
    before = everything(desk.database)
    with pytest.raises(Refused) as refused:
        regret(desk, number)
    assert everything(desk.database) == before
    assert refused.value.mend
    return refused.value.rule


@pytest.mark.parametrize("seconds", [0, 59, 60])
def test_within_the_minute_an_order_is_a_draft_again_with_its_number(
    ready: Desk, clock: FixedClock, seconds: int
) -> None:
    clock.advance(timedelta(seconds=seconds))
    done = regret(ready, NUMBER)
    assert (done.number, done.state, done.freed) == (NUMBER, "draft", 20)
    assert (page_queries.by_number(ready, NUMBER).head.state, reserved(ready)) == ("draft", {})
    prove(ready.database)


@pytest.mark.parametrize("seconds", [61, 3600])
def test_after_the_minute_it_is_too_late(ready: Desk, clock: FixedClock, seconds: int) -> None:
    clock.advance(timedelta(seconds=seconds))
    assert refusal(ready) == "JOY-11"


def test_what_it_added_to_the_usual_items_is_taken_back(ready: Desk) -> None:
    regret(ready, NUMBER)
    with ready.reading() as session:
        assert session.connection().execute(USUAL.select()).all() == []


def test_nobody_is_asked_any_more(ready: Desk) -> None:
    made = agreed(ready, a_draft(("SAFE", 2), contact="Other"))
    regret(ready, made.number)
    with ready.reading() as session:
        assert waiting_on(session, "order", 2) == []
    prove(ready.database)


def test_it_is_corrected_under_its_number(ready: Desk) -> None:
    regret(ready, NUMBER)
    right = as_draft(ready, NUMBER)
    again = submit(ready, right.model_copy(update={"lines": (right.lines[0].model_copy(update={"quantity": 2}),)}))
    assert (again.number, again.state, reserved(ready)) == (NUMBER, "confirmed", {"A4-80": 2})
    prove(ready.database)


def test_a_late_retry_of_any_submit_finds_the_order_it_made(ready: Desk) -> None:
    """ORD-11 holds through corrections: no key that ever made an order makes a second one."""
    first = a_draft(("A4-80", 1), contact="Other")
    number, keys = agreed(ready, first).number, [first.key]
    for _again in range(2):
        regret(ready, number)
        right = as_draft(ready, number)
        agreed(ready, right)
        keys.append(right.key)
    before = everything(ready.database)
    retried = [submit(ready, first.model_copy(update={"key": key})) for key in keys]
    assert [(one.number, one.repeated) for one in retried] == [(number, True)] * 3
    assert everything(ready.database) == before


def test_a_retry_while_the_order_is_a_draft_again_makes_no_second_one(ready: Desk) -> None:
    first = a_draft(("A4-80", 1), contact="Other")
    number = agreed(ready, first).number
    regret(ready, number)
    assert (submit(ready, first).number, submit(ready, first).state) == (number, "draft")


def test_the_minute_counts_anew_after_a_correction(ready: Desk, clock: FixedClock) -> None:
    regret(ready, NUMBER)
    clock.advance(timedelta(minutes=5))
    submit(ready, as_draft(ready, NUMBER))
    clock.advance(timedelta(seconds=60))
    assert regret(ready, NUMBER).state == "draft"


def test_it_is_free_to_cancel_and_gives_nothing_back_twice(ready: Desk) -> None:
    regret(ready, NUMBER)
    cancel(ready, number=NUMBER, version=2, reason="changed his mind")
    assert page_queries.by_number(ready, NUMBER).head.state == "cancelled"
    prove(ready.database)


def a_patient_desk(desk: Desk) -> Desk:
    """A desk that may pull back for ten minutes, at 11:59:30: the vans leave at 12:00."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(hours=1, minutes=59, seconds=30))
    longer = desk.policy.orders.model_copy(update={"regret_seconds": 600})
    vans = desk.policy.delivery.model_copy(update={"departures": (time(8, 30), time(12))})
    return replace(desk, policy=desk.policy.model_copy(update={"orders": longer, "delivery": vans}))


def test_the_wave_of_this_minute_still_gives_it_back(ready: Desk, clock: FixedClock) -> None:
    patient = a_patient_desk(ready)
    a_customer(patient, "C100002", size_class="key", name="Harbour")
    made = agreed(patient, a_draft(("A4-80", 1), customer="C100002", contact="Other"))
    clock.advance(timedelta(seconds=80))
    assert regret(patient, made.number).state == "draft"


def test_a_wave_that_left_took_what_goes_the_same_day(ready: Desk, clock: FixedClock) -> None:
    patient = a_patient_desk(ready)
    a_customer(patient, "C100002", size_class="key", name="Harbour")
    made = agreed(patient, a_draft(("A4-80", 1), customer="C100002", contact="Other"))
    clock.advance(timedelta(seconds=90))
    assert refusal(patient, made.number) == "JOY-11"


def test_it_is_too_late_on_a_slip(ready: Desk) -> None:
    set_line(ready, 1, released=1)
    assert refusal(ready) == "JOY-11"


def test_it_is_too_late_once_allocated(ready: Desk) -> None:
    ready.database.write(lambda session: session.connection().execute(update(ORDER).values(delivery="allocated")))
    assert refusal(ready) == "JOY-11"


def test_a_second_time_and_by_a_driver_it_is_refused(ready: Desk) -> None:
    assert refusal(as_role(ready, "driver")) == "USR-2"
    regret(ready, NUMBER)
    assert refusal(ready) == "JOY-11"

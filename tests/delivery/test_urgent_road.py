"""Urgent goods on their way: what comes too late is seen before, said to the caller, and noted afterwards (DLV-4)."""

from __future__ import annotations

from datetime import time

import pytest

from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.model.queries import by_number, waves, waves_on_board
from ordersdesk.delivery.model.wave_rules import comes_too_late
from ordersdesk.delivery.routes.queries import letter_of
from ordersdesk.delivery.troubles.queries import TROUBLE, TROUBLES, is_open
from ordersdesk.delivery.whereabouts.queries import where_is
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.orders.book.page_queries import by_number as order_by_number
from tests.builders import at
from tests.delivery.building import a_slip, allocated, an_order
from tests.delivery.roads import driver, on_the_road

SO, SL = "SO20261123-0001", "SL20261123-0001"
WANTED = {"urgent": True, "latest": time(14)}


def risks(desk: Desk) -> list[tuple[str, str, int]]:
    return [(row.wave, row.latest, row.too_late) for row in waves_on_board(desk) if row.latest]


@pytest.mark.parametrize(
    ("now", "late"),
    [("10:00", False), ("12:00", False), ("12:01", True), ("15:31", True)],  # the 15:30 car is there by 16:30
)
def test_a_slip_that_misses_its_car_comes_too_late(desk: Desk, now: str, late: bool) -> None:
    a_slip(desk, **WANTED)
    at(desk, f"2026-11-23T{now}")
    assert comes_too_late(desk, by_number(desk, SL).head) is late


@pytest.mark.parametrize(("now", "late"), [("14:00", False), ("14:01", True)])
def test_a_slip_on_the_road_is_late_when_its_time_is_over(desk: Desk, now: str, late: bool) -> None:
    slip = on_the_road(desk, **WANTED)
    at(desk, f"2026-11-23T{now}")
    assert comes_too_late(desk, by_number(desk, slip).head) is late


def test_of_a_slip_whose_time_nobody_knows_nothing_is_said(desk: Desk) -> None:
    a_slip(desk)
    at(desk, "2026-11-23T18:00")
    assert (comes_too_late(desk, by_number(desk, SL).head), risks(desk)) == (False, [])


def test_the_waves_say_until_when_the_first_is_wanted_and_what_comes_too_late(desk: Desk) -> None:
    an_order(desk, urgent=True, latest=time(16, 30))
    an_order(desk, **WANTED)
    assert risks(desk) == [("12:00", "14:00", 0)]
    at(desk, "2026-11-23T12:01")
    assert risks(desk) == [("13:00", "14:00", 1)]  # orders stand with the next wave, whatever leaves then


def test_slips_stand_with_the_wave_they_were_made_for(desk: Desk) -> None:
    allocated(desk, an_order(desk, **WANTED))
    at(desk, "2026-11-23T12:01")
    assert risks(desk) == [("12:00", "14:00", 1)]
    assert [(row.wave, row.too_late) for row in waves(desk, desk.today()) if row.latest] == [("12:00", 1)]


SAID = {
    "10:00": [f"Your order {SO} is set aside for the 12:00 wave, today.", "It is promised for today by 14:00."],
    "12:01": [
        f"Your order {SO} is set aside for the 15:30 wave, today.", "It is promised for today by 14:00.",
        "We are afraid it comes later than that: we find out and call you back.",
    ],
    "14:01": [
        f"Your order {SO} is set aside for the 15:30 wave, today.", "We are sorry: it was promised for today by 14:00.",
        "It is expected today by 16:30 instead.",
    ],
    "15:31": [
        f"Your order {SO} is set aside for the 12:00 wave, tomorrow.",
        "We are sorry: it was promised for today by 14:00.",
        "It is expected tomorrow by 13:00 instead.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("now", SAID)
def test_where_is_my_urgent_order(desk: Desk, now: str) -> None:
    a_slip(desk, **WANTED)
    at(desk, f"2026-11-23T{now}")
    assert where_is(desk, SO) == SAID[now]


def test_where_is_it_in_chinese(desk: Desk) -> None:
    a_slip(desk, **WANTED)
    at(desk, "2026-11-23T14:01")
    language.use("zh_CN")
    assert where_is(desk, SO)[-1] == "现在预计今天 16:30 前送到。"


@pytest.mark.parametrize(("now", "car"), [("12:00", "2026-11-23 12:00"), ("12:01", "2026-11-23 15:30")])
def test_the_letter_names_the_car_that_still_comes(desk: Desk, now: str, car: str) -> None:
    a_slip(desk, urgent=True, latest=time(17))
    at(desk, f"2026-11-23T{now}")
    letter = letter_of(desk, SL)
    assert (f"{letter.leaves_on} {letter.wave}", letter.latest) == (car, "17:00")


@pytest.mark.parametrize(("came", "outcome"), [("14:00", "kept"), ("14:01", "broken")])
def test_what_comes_after_its_time_is_a_broken_promise_and_a_late_delivery(desk: Desk, came: str, outcome: str) -> None:
    slip = on_the_road(desk, **WANTED)
    at(desk, f"2026-11-23T{came}")
    delivered(driver(desk), slip, Handed(signed_by="王芳"))
    assert [one.outcome for one in order_by_number(desk, SO).promises] == [outcome]
    assert [one.kind for one in TROUBLES.listed(desk, is_open(TROUBLE))] == ["late"] * (outcome == "broken")

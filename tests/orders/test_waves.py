"""Departures and urgent cars: what comes next, what keeps a promise, and the clock (DLV-2, DLV-4, JOY-2)."""

from datetime import date, datetime, time

import pytest

from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.waves import Wave, last_departure, next_wave, urgent_car, wave_clock, waves_of

POLICY = load()
CALENDAR = Calendar(POLICY)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-19T08:00", "08:30 wave closes in 30 min"),
        ("2026-11-19T08:31", "12:00 wave closes in 3 h 29 min"),
        ("2026-11-19T11:53:20", "12:00 wave closes in 7 min"),
        ("2026-11-19T12:00:59", "12:00 wave closes in 0 min"),
        ("2026-11-19T12:01", "13:00 wave closes in 59 min"),
        ("2026-11-19T13:01", "15:30 wave closes in 2 h 29 min"),
        ("2026-11-19T15:31", "next wave Fri 20 Nov 08:30"),
        ("2026-11-20T15:31", "next wave Mon 23 Nov 08:30"),
        ("2026-11-21T09:00", "next wave Mon 23 Nov 08:30"),
        ("2026-09-30T23:00", "next wave Thu 8 Oct 08:30"),
        ("2026-10-10T11:00", "12:00 wave closes in 1 h 0 min"),
    ],
)
def test_the_clock_says_how_long_the_next_wave_waits(now, says):
    assert wave_clock(datetime.fromisoformat(now).replace(tzinfo=CALENDAR.zone), POLICY, CALENDAR) == says


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


@pytest.mark.parametrize(
    ("now", "distance_km", "field", "says"),
    [
        ("2026-11-19T15:30", None, "distance_km", "and how far this address is away is not known."),
        ("2026-11-19T15:30", 20.1, "urgent", "this address is 20.1 km away."),
        ("2026-11-19T15:31", 5, "urgent", "the next car is tomorrow 12:00."),
        ("2026-11-20T15:31", 5, "urgent", "the next car is Mon 23 Nov 12:00."),
        ("2026-11-20T15:31", 21, "urgent", "this address is 21 km away."),  # too far on any day is said first
    ],
)
def test_no_urgent_car_is_refused_where_it_can_be_mended(now, distance_km, field, says):
    with pytest.raises(Refused) as no:
        urgent_car(at(now), distance_km, POLICY, CALENDAR)
    assert (no.value.rule, no.value.field, no.value.message.endswith(says)) == ("DLV-4", field, True)


@pytest.mark.parametrize(("distance_km", "wave"), [(0, "12:00"), (20, "12:00"), (19.99, "12:00")])
def test_an_urgent_car_goes_up_to_its_last_kilometre(distance_km, wave):
    assert urgent_car(at("2026-11-19T12:00:59"), distance_km, POLICY, CALENDAR) == Wave(date(2026, 11, 19), wave)


def test_the_waves_of_a_day_are_departures_and_cars_in_turn_and_none_when_it_is_closed():
    assert [wave.at for wave in waves_of(date(2026, 11, 19), POLICY, CALENDAR)] == ["08:30", "12:00", "13:00", "15:30"]
    assert waves_of(date(2026, 11, 21), POLICY, CALENDAR) == []


@pytest.mark.parametrize(
    ("now", "wave"),
    [("2026-11-20T15:30:59", "20 15:30"), ("2026-11-20T15:31", "23 08:30"), ("2026-11-21T00:00", "23 08:30")],
)
def test_after_the_last_wave_the_next_working_days_first_one_comes(now, wave):
    found = next_wave(at(now), POLICY, CALENDAR)
    assert f"{found.day.day} {found.at}" == wave


@pytest.mark.parametrize(
    ("departures", "part", "days", "leaves"),
    [
        (("08:30", "13:00"), "morning", 0, "24 08:30"),
        (("08:30", "13:00"), "afternoon", 0, "24 13:00"),
        (("08:30", "13:00"), "", 0, "24 13:00"),
        (("07:00", "08:30", "08:31"), "morning", 0, "24 08:30"),  # the last one before the morning begins
        (("08:31", "13:00"), "morning", 0, "24 08:31"),  # else the first one within it
        (("11:59", "13:00"), "morning", 0, "24 11:59"),
        (("12:00", "13:00"), "morning", 0, "23 13:00"),  # else the last one of the working day before
        (("17:00",), "afternoon", 0, "24 17:00"),
        (("17:30",), "afternoon", 0, "23 17:30"),
        (("08:30", "13:00"), "morning", 1, "23 13:00"),
        (("08:30", "13:00"), "", 2, "20 13:00"),  # Friday: no working day between it and Monday
    ],
)
def test_the_last_departure_that_keeps_a_promise(departures, part, days, leaves):
    delivery = POLICY.delivery.model_copy(update={"departures": tuple(map(time.fromisoformat, departures))})
    found = last_departure(date(2026, 11, 24), part, days, POLICY.model_copy(update={"delivery": delivery}), CALENDAR)
    assert f"{found.day.day} {found.at}" == leaves


def test_a_wave_of_another_day_is_not_one_of_today():
    now = at("2026-11-19T12:00")
    waves = [
        Wave(date(2026, 11, day), each) for day, each in ((18, "23:00"), (19, "11:59"), (19, "12:00"), (20, "08:30"))
    ]
    assert [wave.has_left(now) for wave in waves] == [True, True, False, False]
    assert waves[2].moment(now) == now

"""Urgent goods and the latest time their customer names: checked against cars and doors (DLV-4, DLV-7)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.policy.windows import windows
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.arrival import arrival, is_too_late
from ordersdesk.orders.promise.promise import Promise, PromiseFacts, promise
from ordersdesk.orders.promise.rules import Due, is_over, was_kept
from ordersdesk.orders.promise.waves import Wave

POLICY = load()
CALENDAR = Calendar(POLICY)
THURSDAY = date(2026, 11, 19)
LUNCH = "09:00-11:30, 13:30-17:00"


def asked(now: str, latest: str, *, hours: str = "", policy: Policy = POLICY) -> Promise:
    facts = PromiseFacts(
        now=datetime.fromisoformat(now).replace(tzinfo=CALENDAR.zone), size_class="small", region="上海", urgent=True,
        distance_km=5, latest=time.fromisoformat(latest) if latest else None, receiving=windows(hours),
    )  # fmt: skip
    return promise(facts, policy, CALENDAR)


def refused(now: str, latest: str, *, hours: str = "") -> Refused:
    with pytest.raises(Refused) as no:
        asked(now, latest, hours=hours)
    return no.value


@pytest.mark.parametrize(
    ("now", "latest", "hours", "car"),
    [
        ("03:00", "13:00", "", "12:00"),
        ("12:00", "13:00", "", "12:00"),  # the minute in which the car is there
        ("12:01", "16:30", "", "15:30"),
        ("15:30", "16:30", "", "15:30"),
        ("15:30", "23:00", "", "15:30"),
        ("09:00", "13:30", LUNCH, "12:00"),  # the minute in which the door opens
        ("09:00", "17:00", LUNCH, "12:00"),  # and closes
        ("09:00", "", "", "12:00"),  # of an older order nobody knows
    ],
)
def test_the_next_car_takes_what_it_brings_in_time(now: str, latest: str, hours: str, car: str) -> None:
    found = asked(f"2026-11-19T{now}", latest, hours=hours)
    assert (found.date, found.leaves, found.rule) == (THURSDAY, Wave(THURSDAY, car), "DLV-4")


@pytest.mark.parametrize(
    ("now", "latest", "hours", "rule", "says", "offers"),
    [
        ("09:00", "12:59", "", "DLV-4",
         "The next urgent car leaves at 12:00 and is there by 13:00: too late for 12:59.",
         "Agree on 13:00; or offer that it is fetched here or goes by courier, without urgent delivery."),
        ("12:01", "16:29", "", "DLV-4",
         "The next urgent car leaves at 15:30 and is there by 16:30: too late for 16:29.",
         "Agree on 16:30; or offer that it is fetched here or goes by courier, without urgent delivery."),
        ("09:00", "04:30", "", "DLV-4", "04:30 is over already: it is 09:00.",
         "The afternoon is typed as 16:30 or 4pm; the next urgent car is there by 13:00."),
        ("14:01", "14:00", "", "DLV-4", "14:00 is over already: it is 14:01.",
         "The afternoon is typed as 16:30 or 4pm; the next urgent car is there by 16:30."),
        ("09:00", "13:29", LUNCH, "DLV-7", f"Nobody takes goods in at 13:29: the customer receives {LUNCH}.",
         "Agree on a time within these hours; the next urgent car is there by 13:30."),
        ("09:00", "17:01", LUNCH, "DLV-7", f"Nobody takes goods in at 17:01: the customer receives {LUNCH}.",
         "Agree on a time within these hours; the next urgent car is there by 13:30."),
    ],
)  # fmt: skip
def test_what_no_car_can_keep_is_refused_with_what_can(
    now: str, latest: str, hours: str, rule: str, says: str, offers: str
) -> None:
    no = refused(f"2026-11-19T{now}", latest, hours=hours)
    assert (no.rule, no.field, no.message, no.mend) == (rule, "latest", says, offers)


@pytest.mark.parametrize(("closes", "is_refused"), [("16:29", True), ("16:30", True), ("16:31", False)])
def test_a_car_that_finds_the_door_closed_is_no_promise(closes: str, is_refused: bool) -> None:
    hours = f"13:00-{closes}"
    if not is_refused:
        assert asked("2026-11-19T15:00", "", hours=hours).latest == time.fromisoformat(closes)
        return
    no = refused("2026-11-19T15:00", "", hours=hours)
    assert (no.rule, no.field) == ("DLV-7", "urgent")
    assert no.message == f"The urgent car is there by 16:30, but the customer only receives {hours}."


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-19T23:00", "the next car is tomorrow 12:00."),
        ("2026-11-20T15:31", "the next car is Mon 23 Nov 12:00."),
        ("2026-11-22T10:00", "the next car is tomorrow 12:00."),  # Sunday
        ("2026-09-30T15:31", "the next car is Thu 8 Oct 12:00."),  # the eve of the holiday
    ],
)
def test_when_no_car_leaves_today_any_more_no_time_helps(now: str, says: str) -> None:
    no = refused(now, "23:59")
    assert (no.rule, no.field, no.message[-len(says) :]) == ("DLV-4", "urgent", says)


def test_what_cannot_be_kept_is_said_in_the_callers_language() -> None:
    language.use("zh_CN")
    no = refused("2026-11-19T09:00", "12:30")
    assert no.message == "下一班急件车 12:00 发车，13:00 前送到，赶不上 12:30。"
    assert no.mend == "请与客户商定 13:00；或不走急件，建议客户自提、叫同城快递。"


@given(now=st.times(), latest=st.times())
def test_whatever_is_promised_is_there_before_the_latest_time(now: time, latest: time) -> None:
    latest = latest.replace(second=0, microsecond=0)
    try:
        found = asked(f"2026-11-19T{now:%H:%M}", f"{latest:%H:%M}")
    except Refused:
        return
    assert found.leaves is not None
    assert arrival(found.leaves, POLICY).time() <= found.latest <= latest


@pytest.mark.parametrize(("came", "kept"), [("16:30:59", True), ("16:31", False), ("17:29", False)])
def test_urgent_goods_are_in_time_to_the_last_minute_of_their_own_time(came: str, kept: bool) -> None:
    due, at = Due(THURSDAY, "afternoon", "16:30"), datetime.fromisoformat(f"2026-11-19T{came}")
    assert (was_kept(due, at, POLICY), is_over(due, at, POLICY)) == (kept, not kept)


@pytest.mark.parametrize(("latest", "late"), [("16:29", True), ("16:30", False), ("", False)])
def test_a_car_is_too_late_when_it_arrives_behind_the_time(latest: str, late: bool) -> None:
    car = Wave(THURSDAY, "15:30")
    assert is_too_late(car, POLICY, day=THURSDAY, latest=latest) is late
    assert is_too_late(Wave(THURSDAY + timedelta(1), "12:00"), POLICY, day=THURSDAY, latest=latest) is bool(latest)

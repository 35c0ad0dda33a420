"""When promised goods leave at the latest (SLP-1): part of the day, carriers, holidays."""

from datetime import date, time

import pytest

from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.dispatch_time import leaving

POLICY = load()
CALENDAR = Calendar(POLICY)


def leaves(day: str, part: str = "", region: str = "", policy: Policy = POLICY) -> str:
    found = leaving(date.fromisoformat(day), part, region, policy, CALENDAR)
    return f"{found['leaves_on']} {found['wave']}"


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        (("2026-11-24", "afternoon"), "2026-11-24 13:00"),
        (("2026-11-24", ""), "2026-11-24 13:00"),
        (("2026-11-24", "morning"), "2026-11-24 08:30"),
        (("2026-10-08", "morning"), "2026-10-08 08:30"),
        (("2026-11-24", "morning", "江苏省"), "2026-11-20 13:00"),
        (("2026-10-09", "", "新疆"), "2026-09-22 13:00"),
        (("2026-11-24", "", "上海市"), "2026-11-24 13:00"),
        (("2026-11-24", "", "Atlantis"), "2026-11-24 13:00"),
    ],
)
def test_goods_leave_with_the_last_departure_that_keeps_the_promise(promised, expected):
    assert leaves(*promised) == expected


@pytest.mark.parametrize(
    ("departures", "part", "expected"),
    [
        ((time(7), time(14)), "morning", "2026-11-24 07:00"),
        ((time(7), time(14)), "afternoon", "2026-11-24 07:00"),
        ((time(14),), "afternoon", "2026-11-24 14:00"),
        ((time(9),), "morning", "2026-11-24 09:00"),
        ((time(12),), "morning", "2026-11-23 12:00"),
        ((time(17, 30),), "afternoon", "2026-11-23 17:30"),
    ],
)
def test_a_site_with_other_departures_keeps_its_promises_too(departures, part, expected):
    delivery = POLICY.delivery.model_copy(update={"departures": departures})
    assert leaves("2026-11-24", part, policy=POLICY.model_copy(update={"delivery": delivery})) == expected

"""When promised goods leave at the latest (SLP-1): part of the day, carriers, holidays, urgent waves."""

from datetime import date, time

import pytest

from ordersdesk.foundation.policy import load
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.leaving import leaving

POLICY = load()
CALENDAR = Calendar(POLICY)


def leaves(day: str, part: str = "", region: str = "", wave: time | None = None) -> str:
    found = leaving(date.fromisoformat(day), part, region, POLICY, CALENDAR, wave=wave)
    return f"{found['leaves_on']} {found['wave']}"


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        (("2026-11-24", "afternoon"), "2026-11-24 12:00"),
        (("2026-11-24", ""), "2026-11-24 12:00"),
        (("2026-11-24", "morning"), "2026-11-23 15:30"),
        (("2026-11-23", "morning"), "2026-11-20 15:30"),
        (("2026-10-08", "morning"), "2026-09-30 15:30"),
        (("2026-10-12", "morning"), "2026-10-10 15:30"),  # the Saturday is made up for
        (("2026-11-24", "morning", "江苏省"), "2026-11-20 15:30"),
        (("2026-10-09", "", "新疆"), "2026-09-22 15:30"),
        (("2026-11-24", "", "上海市"), "2026-11-24 12:00"),
        (("2026-11-24", "", "Atlantis"), "2026-11-24 12:00"),
        (("2026-11-24", "afternoon", "", time(15, 30)), "2026-11-24 15:30"),
    ],
)
def test_goods_leave_with_the_last_wave_that_keeps_the_promise(promised, expected):
    assert leaves(*promised) == expected

"""The wave clock in the header (JOY-2)."""

from datetime import datetime

import pytest

from ordersdesk.foundation.policy import load
from ordersdesk.foundation.worktime import Calendar
from ordersdesk.orders.waves import wave_clock

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

"""Which wave is meant by what was said of it: pure, at one moment of one branch (DLV-4, JOY-2)."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from ordersdesk.delivery.model.wave_rules import chosen_wave, last_day_of, refuse_gone, waves_ahead
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.waves import Wave

POLICY = load()
CALENDAR = Calendar(POLICY)
MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


def branch(now: str) -> Any:
    """A desk as far as waves look at it."""
    local = datetime.fromisoformat(now).replace(tzinfo=CALENDAR.zone)
    return SimpleNamespace(policy=POLICY, calendar=CALENDAR, local=lambda: local, today=local.date)


def refused(act: Any, *args: Any) -> tuple[str, str | None, str, str]:
    with pytest.raises(Refused) as no:
        act(*args)
    return no.value.rule, no.value.field, no.value.message, no.value.mend


@pytest.mark.parametrize(
    ("now", "at", "day", "wave"),
    [
        ("2026-11-23T10:00", "", None, Wave(MONDAY, "12:00")),
        ("2026-11-23T10:00", "8:30", None, Wave(TUESDAY, "08:30")),  # today's has left
        ("2026-11-23T10:00", "15：30", None, Wave(MONDAY, "15:30")),
        ("2026-11-23T10:00", " 13:00 ", None, Wave(MONDAY, "13:00")),
        ("2026-11-23T10:00", "", MONDAY, Wave(MONDAY, "12:00")),
        ("2026-11-23T10:00", "", TUESDAY, Wave(TUESDAY, "15:30")),
        ("2026-11-23T10:00", "08:30", MONDAY, Wave(MONDAY, "08:30")),  # its van may still stand there
        ("2026-11-23T15:31", "", MONDAY, Wave(MONDAY, "15:30")),
        ("2026-11-27T16:00", "", None, Wave(date(2026, 11, 30), "08:30")),
    ],
)
def test_a_wave_is_meant_by_its_time_its_day_both_or_neither(now: str, at: str, day: date | None, wave: Wave) -> None:
    assert chosen_wave(branch(now), at, day) == wave


@pytest.mark.parametrize(
    ("at", "day", "said"),
    [
        ("9:00", None,
         ("DLV-4", "wave", "There is no wave 9:00.", "The waves leave at 08:30, 12:00, 13:00, 15:30.")),
        ("x" * 30, None,
         ("DLV-4", "wave", f"There is no wave {'x' * 20}.", "The waves leave at 08:30, 12:00, 13:00, 15:30.")),
        ("", date(2026, 11, 22), ("DLV-4", "day", "2026-11-22 is over.", "Give today or a later day.")),
        ("", SATURDAY, ("DLV-3", "day", "Nothing leaves on Sat 28 Nov.", "The next wave is Mon 23 Nov 12:00.")),
    ],
)  # fmt: skip
def test_a_wave_that_there_is_not_is_refused_with_those_there_are(
    at: str, day: date | None, said: tuple[str, ...]
) -> None:
    assert refused(chosen_wave, branch("2026-11-23T10:00"), at, day) == said


def test_what_can_still_be_filled_is_the_rest_of_today_and_the_next_working_day() -> None:
    ahead = [(wave.day.day, wave.at) for wave in waves_ahead(branch("2026-11-27T12:30"))]
    assert ahead == [(27, "13:00"), (27, "15:30"), (30, "08:30"), (30, "12:00"), (30, "13:00"), (30, "15:30")]


@pytest.mark.parametrize(("at", "day"), [("08:30", TUESDAY), ("12:00", MONDAY), ("09:00", None)])
def test_a_time_alone_is_meant_for_its_next_day(at: str, day: date | None) -> None:
    assert last_day_of(branch("2026-11-23T10:00"), at) == day


def test_nothing_is_prepared_for_a_wave_that_has_left() -> None:
    now = branch("2026-11-23T10:00")
    refuse_gone(now, Wave(MONDAY, "12:00"))
    assert refused(refuse_gone, now, Wave(MONDAY, "08:30")) == (
        "DLV-4", "wave", "The 08:30 wave of Mon 23 Nov has left.", "The next wave is Mon 23 Nov 12:00.",
    )  # fmt: skip

"""Hypothesis lives through days at the desks on both databases; what design.md promises holds after every step."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ordersdesk.foundation.clock import FixedClock
from ordersdesk.foundation.desk import Desk
from tests.conftest import MONDAY_TEN, emptied
from tests.properties.desk_life import DeskLife
from tests.properties.road_life import OnTheRoad

# The same days every time, fewer on PostgreSQL, where one takes three times as long; with ORDERSDESK_DAYS=500 so many
# new ones are tried on both.
ASKED = os.environ.get("ORDERSDESK_DAYS")
DAYS = settings(
    max_examples=int(ASKED or 12),
    stateful_step_count=30,
    derandomize=ASKED is None,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink) if ASKED else (Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("life", [DeskLife, OnTheRoad])
def test_days_at_the_desks_keep_every_promise(desk: Desk, life: type[DeskLife]) -> None:
    def day() -> DeskLife:
        emptied(desk.database)
        return life(replace(desk, clock=FixedClock(MONDAY_TEN)))

    days = DAYS if ASKED or desk.database.dialect == "sqlite" else settings(DAYS, max_examples=5)
    run_state_machine_as_test(day, settings=days)  # type: ignore[arg-type]

"""Hypothesis lives through days at the desks on both databases; what design.md promises holds after every step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis.stateful import run_state_machine_as_test

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from tests.conftest import MONDAY_TEN, emptied
from tests.marked import marked
from tests.profiles import few
from tests.properties.desk_life import DeskLife
from tests.properties.road_life import OnTheRoad


@pytest.mark.parametrize("life", [DeskLife, OnTheRoad])
def test_days_at_the_desks_keep_every_promise(desk: Desk, life: type[DeskLife]) -> None:
    def day() -> DeskLife:
        emptied(desk.database)
        return life(replace(desk, clock=FixedClock(MONDAY_TEN)))

    # Fewer days on PostgreSQL, where one takes three times as long.
    days = few(12 if desk.database.dialect == "sqlite" else 5, stateful_step_count=30)
    with marked():
        run_state_machine_as_test(day, settings=days)  # type: ignore[arg-type]

"""Hypothesis plays weeks: no goods leave unpaid and unasked, no promise is past, nobody acts who is not signed in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people.queries import proven
from tests.conftest import MONDAY_TEN, emptied
from tests.marked import marked
from tests.profiles import few
from tests.properties.week_life import Weeks
from tests.properties.week_people import CLOSURES


@pytest.fixture
def own_days(tmp_path: Path) -> Policy:
    """The policy of a branch that is closed on days of its own."""
    site = tmp_path / "policy.toml"
    days = "\n".join(f'{day} = "stock-taking"' for day in sorted(CLOSURES))
    site.write_text(f"[calendar.closures]\n{days}\n")
    return load(site)


def test_weeks_at_the_desks_keep_money_before_goods(desk: Desk, own_days: Policy) -> None:
    def week() -> Weeks:
        emptied(desk.database)
        return Weeks(replace(desk, clock=FixedClock(MONDAY_TEN), policy=own_days, proof=proven))

    # Fewer on PostgreSQL, where one takes three times as long.
    weeks = few(6 if desk.database.dialect == "sqlite" else 3, stateful_step_count=18)
    with marked():
        run_state_machine_as_test(week, settings=weeks)  # type: ignore[arg-type]

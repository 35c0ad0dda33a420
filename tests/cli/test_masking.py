"""Lists never show a phone or an address in full, to people or to programs (USR-5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.delivery.routes.departing_actions import depart
from tests.cli.conftest import Command, inside
from tests.cli.test_every_command import PROVEN
from tests.delivery.building import a_slip
from tests.delivery.roads import a_sheet, dispatcher

PHONE, STREET = "13800138000", "张江路88号"


@pytest.fixture
def busy(home: Path) -> None:
    """An order, a slip that waits, and one on the road whose customer was not told."""
    desk = inside(home)
    made = [a_slip(desk, ("A4-80", 5), state=state).head.number for state in ("made", "picked")]
    depart(dispatcher(desk), a_sheet(desk, made[1]), other_day="goes ahead")
    desk.database.close()


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_list_shows_whom_to_call_or_where_they_live(command: Command, busy: None, form: list[str]) -> None:
    """Whatever runs without a word more is a list; `customers find` takes one."""
    names = [name for name in PROVEN if name not in ("logout", "check", "outage-pack")]
    told = {name: command(*form, *name.split()) for name in names}
    told |= {word: command(*form, "customers", "find", word) for word in ("1380", "明远", "张江")}
    shown = [name for name, one in told.items() if one.code == 0 and (PHONE in one.out or STREET in one.out)]
    assert (shown, sum(one.code == 0 for one in told.values()) > 20) == ([], True)

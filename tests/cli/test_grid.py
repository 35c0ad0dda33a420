"""On a terminal of 80 columns a command cuts and folds no number, amount or date; what has no room is named."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.kit import telling
from ordersdesk.cli.kit.grid import Grid
from ordersdesk.cli.kit.telling import tell_table
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.foundation.texts.figures import FIGURE
from tests.builders import a_customer, a_draft, agreed, an_item
from tests.cli.conftest import Command, setting

LARGE = Decimal("1234567.00")
TITLES = ["Number", "Day", "Customer", "Agent", "State", "Promised", "Total", "Since"]
ROW = (
    "SO20261130-000006", date(2026, 11, 30), "明远办公用品有限公司浦东分公司 [/]", "lin", "confirmed",
    date(2026, 12, 1), LARGE, datetime(2026, 11, 30, 23, 59),
)  # fmt: skip


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal is 80 columns wide."""
    monkeypatch.setattr(telling, "console", lambda: Console(width=80, highlight=False, markup=False, emoji=False))


@pytest.mark.usefixtures("narrow")
def test_numbers_stay_whole_and_what_has_no_room_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    tell_table(TITLES, [ROW])
    told = capsys.readouterr().out
    assert all(text in told for text in ("SO20261130-000006", "2026-11-30", "2026-12-01", "1,234,567.00"))
    assert re.search(r"No room for: .*\. A wider terminal or --json shows all\.", told)
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(("room", "kept"), [(200, len(TITLES)), (80, 5), (40, 2), (10, 1)])
def test_texts_go_before_numbers_and_the_first_column_never(room: int, kept: int) -> None:
    grid = Grid(TITLES, [ROW])
    fitting = grid.fitting(room)
    assert (len(fitting), fitting[0].title) == (kept, "Number")
    assert all(one.width >= one.least for one in fitting)


@pytest.mark.parametrize("room", range(20, 130, 7))
def test_a_figure_in_a_text_is_folded_beside_never_within(room: int) -> None:
    told = "The total rises by 1,234,567.00 on Tue 24 Nov 10:00, call 138 0013 8000 before 2026-11-30."
    grid = Grid(["Number", "Why"], [("SO20261130-000006", told)])
    for one in grid.fitting(room)[1:]:  # below 36 cells there is no room for both
        assert FIGURE.findall(told) == FIGURE.findall("\n".join(one.lines(0)))


COMMANDS = (
    "orders list", "orders review", "orders notices", "orders sheets", "approvals list", "slips list", "routes list",
    "waves", "customers find 办公", "items find Paper", "stock check A4-80", "promises", "pads list", "pads check",
    "users list", "policy show approvals", "policy show", "flows order", "slips to-advise", "slips picklist",
    "customers classes",
)  # fmt: skip


def test_no_command_breaks_a_number_at_80_columns(
    command: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = made(setting(home))
    an_item(desk, "BIG", price="1234567.00", stock=9, name="Paper [/] 80g")
    for number in ("C900001", "C900002"):
        a_customer(desk, number, name="大单办公用品有限公司浦东分公司", terms="account", credit_limit=9 * LARGE)
        agreed(desk, a_draft(("BIG", 1), ("A4-80", 3), customer=number, payment="account"))
    cash = agreed(desk, a_draft(("A4-80", 3), customer="C000001", payment="cash")).number
    allocate(desk, Order(numbers=(cash,)))
    desk.database.close()
    wide = {name: said(command, name) for name in COMMANDS}
    monkeypatch.setattr(telling, "console", lambda: Console(width=80, highlight=False, markup=False, emoji=False))
    for name, told in wide.items():
        narrow_told = said(command, name)
        assert {*FIGURE.findall(narrow_told)} <= {*FIGURE.findall(told)}, name


def said(command: Command, name: str) -> str:
    ran = command(*name.split(), "--user", "admin")
    assert ran.code == 0, (name, ran)
    return ran.out

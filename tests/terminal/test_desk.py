"""The real desk on a real pty: typed by heart before it has painted, every key lands where it was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people.actions import add_user
from ordersdesk.people.queries import proven
from tests.terminal.harness import Terminal, python

PASSWORD = "paper-clip"
CODE = (
    "import sys; from pathlib import Path; from screens.start import run; sys.exit(run(home=Path(sys.argv[1]), db=''))"
)
MINGYUAN = NewCustomer(
    name="明远 [/] 办公", contact="王芳", phone="13800138000", address="张江路88号", region="上海", territory="浦东"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one user and one customer."""
    home = tmp_path_factory.mktemp("home")
    database = Database(f"sqlite:///{home / 'desk.db'}")
    upgrade(database)
    policy = load()
    at = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    desk = Desk(SYSTEM, policy.branch.code, at, policy, database, proven)
    add_user(desk, login="lin", name="Lin", roles=["agent"], password=PASSWORD)
    create(desk, MINGYUAN)
    database.close()
    return home


@pytest.mark.parametrize("gap", [0.0, 0.030])
def test_signing_in_and_finding_a_customer_can_be_typed_before_the_desk_is_open(home: Path, gap: float) -> None:
    with Terminal(python("-c", CODE, str(home)), home=home) as terminal:
        terminal.type(f"lin<Enter>{PASSWORD}<Enter><F7>8000<Enter>", gap=gap)
        terminal.wait_for("Customer C000001", "明远 [/] 办公", "王芳  13800138000")


def test_ctrl_q_leaves_the_desk_and_its_line(home: Path) -> None:
    with Terminal(python("-c", CODE, str(home)), home=home) as terminal:
        terminal.type(f"lin<Enter>{PASSWORD}<Enter>")
        terminal.wait_for("What waits")
        terminal.type("<Ctrl+Q>")
        assert terminal.wait_exit() == 0
        assert list(home.glob("*.socket")) == []

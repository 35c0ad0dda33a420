"""A home folder with a small desk in it, for programs that run on a real terminal."""

from __future__ import annotations

from pathlib import Path

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import SystemClock
from tests.builders import at_their_word
from tests.screens.intake import furnished


def a_home(home: Path) -> Desk:
    """Lay out a desk as `furnished` does, in the default database of this home; the clock is the real one."""
    home.mkdir(parents=True, exist_ok=True)
    policy = load()
    database = Database(f"sqlite:///{home / 'desk.db'}")
    upgrade(database)
    return furnished(Desk(SYSTEM, policy.branch.code, SystemClock(), policy, database, at_their_word))

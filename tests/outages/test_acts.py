"""An act the machine fails in is done once or not at all, whenever it fails, and what is said of it is true (DB-5)."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import SQLModel

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Outage
from tests.doors import actions, sources
from tests.outages.acts import ACTS
from tests.outages.driver import COMMIT, COMMITTED, FAULTS, LOST, Driver, installed
from tests.profiles import THOROUGH

SAMPLE = sorted({name.split(".")[0]: name for name in reversed(ACTS)}.values())  # one of each room


def named(name: str) -> Callable[..., Any]:
    """The act of this name."""
    module, _dot, act = name.rpartition(".")
    return getattr(importlib.import_module(f"ordersdesk.{module}"), act)


def book(database: Database) -> dict[str, list[Any]]:
    """Every row there is."""
    with database.reading() as session:
        run = session.connection().exec_driver_sql
        return {name: sorted(run(f'SELECT * FROM "{name}"').all(), key=repr) for name in SQLModel.metadata.tables}


def moments(count: int) -> list[int]:
    """Before anything is written, in the middle and at the end; looking thoroughly, at every statement."""
    return list(range(1, count + 1)) if THOROUGH else sorted({1, count // 2 + 1, count})


@pytest.fixture
def database(database: Database) -> Iterator[Database]:
    """The same rows through connections of its own, that nobody waits for."""
    own = Database(database.url.render_as_string(hide_password=False))
    own.patience = 0
    yield own
    own.close()


@pytest.fixture
def driver(database: Database) -> Driver:
    return installed(database)


@pytest.mark.parametrize("name", sorted(ACTS) if THOROUGH else SAMPLE)
def test_an_act_is_done_once_or_not_at_all_and_said_truly(desk: Desk, driver: Driver, name: str) -> None:
    at, args, values = ACTS[name](desk)
    tried = Tried(desk.database, driver, lambda: named(name)(at, *args, **values))
    for moment in (*moments(tried.count()), COMMIT):
        for why in FAULTS[desk.database.dialect]:
            no = tried.fails(why, moment)
            assert (why, moment, no.rule, no.is_unknown) == (why, moment, "DB-5", (why, moment) == (LOST, COMMIT))
    tried.ends_well()


@dataclass
class Tried:
    """An act on a machine that fails, and the rows as they were before it."""

    database: Database
    driver: Driver
    act: Callable[[], object]

    def __post_init__(self) -> None:
        self.before = book(self.database)

    def count(self) -> int:
        """Return how many statements the act takes."""
        for _warm in range(2):  # the first time a few things are read that are known afterwards
            self.fails("disk full", COMMIT)
        return self.driver.count

    def fails(self, why: str, moment: int) -> Outage:
        """Let the machine fail; nothing is done."""
        no = self._outage(why, moment)
        assert book(self.database) == self.before
        return no

    def _outage(self, why: str, moment: int) -> Outage:
        with self.driver.failing(FAULTS[self.database.dialect][why], moment), pytest.raises(Outage) as no:
            self.act()
        return no.value

    def ends_well(self) -> None:
        """Let it be done; on a server the answer to the commit is lost, and it is said that nobody knows."""
        if self.database.dialect == "postgresql":
            assert self._outage(LOST, COMMITTED).is_unknown
        else:
            self.act()
        assert book(self.database) != self.before


def test_every_room_has_an_act_that_is_tried() -> None:
    rooms = {module.split(".")[1].removesuffix("_actions") for module, _name in actions(sources())}
    exempt = {"files", "dismissing", "stock", "check"}  # tried by their own tests: many transactions, or repairs
    assert rooms - exempt <= {name.split(".")[0] for name in ACTS}

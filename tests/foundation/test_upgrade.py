"""A home of the third release is upgraded on either database: no promise, yes, sum or state of any document is lost."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlmodel import Session, SQLModel

from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD, version
from ordersdesk.kinds import KINDS
from tests.builders import as_role
from tests.foundation.an_old_home import THIRD, as_it_was, every_state, first_states

ALSO = ("promise", "payment", "order_line", "slip_line", "stock", "reservation", "timeline", "customer", "address")
# Numbers of files are told apart from ours, nobody was asked again, and a deposit was booked by a verb of its own.
OTHERWISE = {("sales_order", "their_number"), ("slip", "confirmed_at"), ("timeline", "verb")}
PASSED_THROUGH = {("order", "entered"), ("change", "draft"), ("credit", "draft")}
KNOWN = {"call", "approval", "order", "change", "credit", "slip", "route", "exception"}  # kinds of that release
LATER = {("credit", "granted"), ("credit", "denied"), ("credit", "withdrawn")}  # as the change that is like it


def rows(database: Database) -> dict[str, dict[Any, dict[str, Any]]]:
    """All rows of documents, promises, money and goods, by table and key."""
    tables = [table_of(kind.table) for kind in KINDS.values()]
    tables += [SQLModel.metadata.tables[name] for name in ALSO]
    with database.reading() as session:
        connection = session.connection()
        return {
            table.name: {tuple(row[column.name] for column in table.primary_key): dict(row) for row in found}
            for table in tables
            for found in [connection.execute(select(table)).mappings().all()]
        }


def differences(then: dict[str, Any], now: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Every value that is another one after the upgrade."""
    return [
        (table, key, column, then[table][key].get(column), value)
        for table in now
        for key, row in now[table].items()
        for column, value in row.items()
        if then[table].get(key, {}).get(column, value) != value or key not in then[table]
    ]


def states(database: Database) -> set[tuple[str, str]]:
    """Which states of which kinds of documents there are."""
    with database.reading() as session:
        run = session.connection().exec_driver_sql
        return {
            (kind, state)
            for kind, one in KINDS.items()
            for (state,) in run(f'SELECT DISTINCT state FROM "{table_of(one.table).name}"')
        }


def faults(desk: Desk) -> list[str]:
    return [str(fault) for found in check(desk) for fault in found.faults]


@pytest.fixture
def old_home(desk: Desk, empty: Database) -> Desk:
    """A desk over a home of the third release that was brought up to date."""
    if empty.dialect != desk.database.dialect:
        pytest.skip("one of each kind is enough")
    every_state(desk)
    check(as_role(desk, "admin"), fix=True)
    assert faults(desk) == []
    as_it_was(desk.database, empty)
    assert upgrade(empty)
    return replace(desk, database=empty)


def test_a_home_of_the_third_release_comes_along_whole(desk: Desk, old_home: Desk) -> None:
    assert states(desk.database) >= {(kind, state) for kind in KNOWN for state in KINDS[kind].flow.states} - {
        *PASSED_THROUGH, *LATER,
    }  # fmt: skip
    then, now = rows(desk.database), rows(old_home.database)
    assert {(table, column) for table, _key, column, _then, _now in differences(then, now)} == OTHERWISE
    assert {name: sorted(found) for name, found in now.items()} == {name: sorted(found) for name, found in then.items()}
    assert faults(old_home) == []


def climbed(file: Path, *, killed_at: int = 0) -> int:
    """Climb in a process of its own, perhaps killed at a statement; return how many it took, nought if killed."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b"%d" % _statements(file, killed_at))
        os._exit(0)
    os.close(tell)
    _pid, status = os.waitpid(child, 0)
    with os.fdopen(told, "rb") as said:
        return int(said.read() or 0) if status == 0 else 0


def _statements(file: Path, killed_at: int) -> int:
    database, run = Database(f"sqlite:///{file}"), count(1)
    last = [0]

    def counted(*_statement: object) -> None:
        last[0] = next(run)
        if last[0] == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", counted)
    if killed_at < 0:  # once all is committed, before anybody hears of it
        event.listen(Session, "after_commit", lambda _session: os.kill(os.getpid(), signal.SIGKILL))
    upgrade(database)
    return last[0]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_climb_that_is_killed_at_any_moment_is_taken_up_again(desk: Desk, tmp_path: Path) -> None:
    every_state(desk)
    check(as_role(desk, "admin"), fix=True)
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    as_it_was(desk.database, old)
    old.close()
    shutil.copy(tmp_path / "old.db", tmp_path / "whole.db")
    statements = climbed(tmp_path / "whole.db")
    for killed_at in (*range(1, statements, max(1, statements // 12)), statements, -1):
        file = tmp_path / f"killed-{killed_at}.db"
        shutil.copy(tmp_path / "old.db", file)
        assert climbed(file, killed_at=killed_at) == 0
        database = Database(f"sqlite:///{file}")
        assert version(database) == (HEAD if killed_at < 0 else THIRD)
        assert upgrade(database) is (killed_at > 0)
        assert faults(replace(desk, database=database)) == []
        database.close()


@pytest.mark.parametrize("release", ["0001", "0002"])
def test_homes_of_the_releases_before_it_come_along_too(desk: Desk, empty: Database, release: str) -> None:
    if empty.dialect != desk.database.dialect:
        pytest.skip("one of each kind is enough")
    first_states(desk)
    check(as_role(desk, "admin"), fix=True)
    assert faults(desk) == []
    as_it_was(desk.database, empty, release=release)
    assert upgrade(empty)
    then, now = rows(desk.database), rows(empty)
    lost = {kind for kind in then if KINDS.get(kind) and len(then[kind]) != len(now[kind])}
    assert lost == ({"approval"} if release == "0001" else set())  # nobody was asked then, so nobody had answered
    assert faults(replace(desk, database=empty)) == []

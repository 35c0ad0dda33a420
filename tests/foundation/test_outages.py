"""What driver and machine report becomes a plain sentence, and an act is done once or not at all (DB-5, DB-6)."""

from __future__ import annotations

import errno
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.backup import back_up
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.outages import outage, plainly
from ordersdesk.foundation.texts.refusals import Outage, Refused
from tests.builders import a_customer

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_SERVER = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def customers(database: Database) -> int:
    with database.reading() as session:
        return int(session.connection().execute(text("SELECT count(*) FROM customer")).scalar_one())


def refused(desk: Desk, act: Any = None) -> Outage:
    with pytest.raises(Outage) as no:
        (act or (lambda: a_customer(desk, name="x" * 50_000)))()
    return no.value


def on_each_connection(database: Database, statement: str) -> None:
    """Let every connection from now on begin so."""
    database.engine.dispose()
    event.listen(database.engine, "connect", lambda connection, _record: connection.execute(statement))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(errno.ENOSPC, "The disk is full: nothing was written."), (errno.EROFS, "The database cannot be written: "
      "nothing was changed."), (errno.ENOENT, "The database file cannot be opened.")],
)  # fmt: skip
def test_an_error_of_the_machine_is_said_with_what_to_do(code: int, sentence: str) -> None:
    with pytest.raises(Outage) as no, plainly(OSError):
        raise OSError(code, "x")
    assert (no.value.rule, no.value.message, bool(no.value.mend)) == ("DB-5", sentence, True)


def test_a_fault_of_the_program_stays_one() -> None:
    assert [outage(error) for error in (ValueError("x"), OSError(errno.EPIPE, "x"))] == [None, None]


def test_an_outage_travels_between_processes() -> None:
    found: Any = pickle.loads(pickle.dumps(Outage("DB-5", "x", mend="y", passes=True)))
    assert (found.rule, found.message, found.mend, found.passes, found.is_unknown) == ("DB-5", "x", "y", True, False)


def test_a_key_that_is_there_already_is_a_fault_of_the_program(desk: Desk) -> None:
    a_customer(desk)
    with pytest.raises(IntegrityError):
        a_customer(desk)


@ON_SQLITE
@pytest.mark.parametrize(
    ("pragma", "message"),
    [("PRAGMA max_page_count=1", "The disk is full"), ("PRAGMA query_only=ON", "The database cannot be written")],
)
def test_a_file_that_takes_nothing_more_says_why_and_nothing_is_half_done(
    desk: Desk, pragma: str, message: str
) -> None:
    on_each_connection(desk.database, pragma)
    assert refused(desk).message.startswith(message)
    assert customers(desk.database) == 0


@ON_SQLITE
def test_nothing_is_written_into_a_file_that_is_gone(desk: Desk) -> None:
    a_customer(desk)
    Path(str(desk.database.url.database)).unlink()
    assert (refused(desk).rule, customers(desk.database)) == ("DB-6", 1)


@ON_SQLITE
def test_a_file_that_was_moved_away_for_a_moment_comes_back_with_all_that_was_in_it(desk: Desk, tmp_path: Path) -> None:
    live, aside = Path(str(desk.database.url.database)), tmp_path / "aside.db"
    a_customer(desk)
    live.rename(aside)
    with desk.reading(), ThreadPoolExecutor(1) as other:  # somebody else needs a connection of their own
        assert other.submit(refused, desk, lambda: customers(desk.database)).result().rule == "DB-6"
    assert not live.exists()
    aside.rename(live)
    a_customer(desk, "C200001")
    assert customers(desk.database) == 2


def test_a_desk_that_starts_while_its_file_is_away_makes_no_empty_one_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(Outage) as away:
        Database(f"sqlite:///{tmp_path / 'desk.db'}", is_made=True)
    assert (away.value.rule, list(tmp_path.iterdir())) == ("DB-6", [])


def test_a_backup_of_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    live, copy = tmp_path / "desk.db", tmp_path / "copy.db"
    live.write_bytes(b"no database" * 1_000)
    with pytest.raises(Refused) as no:
        back_up(Database(f"sqlite:///{live}"), copy)
    assert (no.value.rule, copy.exists()) == ("DB-4", False)


@ON_SQLITE
def test_a_backup_of_a_file_that_is_gone_makes_no_empty_one_in_its_place(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    live = Path(str(desk.database.url.database))
    live.rename(tmp_path / "aside.db")
    assert refused(desk, lambda: back_up(desk.database, tmp_path / "copy.db")).rule == "DB-6"
    assert (live.exists(), (tmp_path / "copy.db").exists()) == (False, False)


@ON_SQLITE
def test_nothing_is_written_into_a_file_that_was_put_in_its_place(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    live, other = Path(str(desk.database.url.database)), tmp_path / "other.db"
    other.write_bytes(live.read_bytes())
    other.replace(live)
    assert refused(desk).rule == "DB-6"


@ON_SQLITE
def test_a_gate_that_cannot_be_opened_is_said(desk: Desk, tmp_path: Path) -> None:
    customers(desk.database)
    desk.database._gate_path = tmp_path / "no such folder" / "gate"
    assert refused(desk).message == "The database file cannot be opened."


class Lost:
    """Work whose connection the server ends, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, session: Session) -> str:
        if self.times:
            self.times -= 1
            session.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return "done"


@ON_SERVER
def test_a_connection_that_was_lost_before_the_commit_is_made_again(desk: Desk) -> None:
    assert desk.database.write(Lost(2)) == "done"


@ON_SERVER
def test_a_server_that_stays_away_is_said_and_may_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.database, "patience", 0)
    found = refused(desk, lambda: desk.database.write(Lost(1)))
    assert (found.message, found.passes, found.is_unknown) == ("The database does not answer.", True, False)


@ON_SERVER
def test_a_commit_nobody_answered_is_never_repeated_by_itself(desk: Desk) -> None:
    done: list[str] = []

    def work(session: Session) -> None:
        done.append("once")
        process = session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        event.listen(session, "before_commit", lambda _session: ended(desk.database, process))

    assert (refused(desk, lambda: desk.database.write(work)).is_unknown, done) == (True, ["once"])


def ended(database: Database, process: int) -> None:
    """End another connection from the server's side."""
    with database.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})


@ON_SERVER
@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SET TRANSACTION READ ONLY", "The database cannot be written: nothing was changed."),
        ("SET LOCAL ROLE pg_read_all_data", "The database cannot be written: nothing was changed."),
    ],
)
def test_a_user_who_may_only_read_is_told_so(desk: Desk, statement: str, message: str) -> None:
    def work(session: Session) -> None:
        session.connection().execute(text(statement))
        session.connection().execute(text("DELETE FROM customer"))

    assert refused(desk, lambda: desk.database.write(work)).message == message


@ON_SERVER
def test_a_lock_that_is_waited_for_too_long_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.database, "patience", 0)

    def work(session: Session) -> None:
        session.connection().execute(text("SET LOCAL statement_timeout = 1"))
        session.connection().execute(text("SELECT pg_sleep(5)"))

    assert refused(desk, lambda: desk.database.write(work)).message == "The database is busy."


@ON_SQLITE
def test_a_full_disk_is_known_until_something_was_written_again(desk: Desk) -> None:
    on_each_connection(desk.database, "PRAGMA max_page_count=1")
    refused(desk)
    customers(desk.database)
    before = desk.database.trouble
    on_each_connection(desk.database, "PRAGMA max_page_count=99999")
    a_customer(desk)
    assert (before and before.message, desk.database.trouble) == ("The disk is full: nothing was written.", None)

"""One database: a SQLite file until it must be a PostgreSQL server; transactions that are fair and retried."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from sqlmodel import Session

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.own_files import BESIDE, guard_database, keep_private
from ordersdesk.foundation.store import writes
from ordersdesk.foundation.store.outages import DRIVER, outage, plainly, replaced, unknown_outcome
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused

try:
    import fcntl
except ImportError:  # Windows: SQLite's own busy handler has to do
    fcntl = None

T = TypeVar("T")
# How often a transaction is tried when PostgreSQL says: serialization failure, deadlock, the same row made just now.
ATTEMPTS = {"40001": 8, "40P01": 8, "23505": 2}
PATIENCE = 5.0  # seconds a server may be away, a restart say, before anybody is told
PAUSE = 0.2  # seconds between two knocks at its door
NOTICEABLE = 1.0  # seconds a writer waits before the log tells it


class Database:
    """The tables of a desk behind one URL, with reads that never wait and writes that queue fairly.

    `is_made` says that the desk was made before: where its file is away at this moment none is made in its place,
    and it is refused (DB-6); SQLite would drop the log of those who have it open.
    """

    def __init__(self, url: str, *, echo: bool = False, is_made: bool = False) -> None:
        self.url = _address(url)
        self.dialect = self.url.get_backend_name()
        self.engine = self._connect(echo)
        self._gate_path = Path(f"{self.url.database}.lock") if self.dialect == "sqlite" else None
        self._writing = threading.local()
        # One that is not there yet is made by the first connection, and counts from then on.
        self._file = _identity(str(self.url.database)) if self.dialect == "sqlite" else None
        if is_made and self.dialect == "sqlite" and self._file is None:
            raise replaced()
        self.patience = PATIENCE
        self.trouble: Outage | None = None
        """What stands between this desk and its rows at this moment; the top line of the screens shows it."""

    def _connect(self, echo: bool) -> Engine:
        if self.dialect == "sqlite":
            guard_database(self._shut_from_others())
            # The busy handler only covers checkpoints and other programs: our own writers wait at the gate.
            engine = create_engine(
                self.url, echo=echo, hide_parameters=True, connect_args={"timeout": 10, "check_same_thread": False}
            )
            event.listen(engine, "do_connect", self._look_first)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "connect", self._recognise)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        if self.dialect == "postgresql":
            return _server(self.url.set(drivername="postgresql+psycopg"), echo)
        raise Refused(
            "DB-1",
            _("“{kind}” is no database the desk knows.").format(kind=self.dialect),
            mend=_("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        )

    def _shut_from_others(self) -> Path:
        """Let nobody else read the database's files, whatever rights they were made with; return the first."""
        file = Path(str(self.url.database))
        for more in BESIDE:
            keep_private(Path(f"{file}{more}"))
        return file

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Generator[Session, None, None]:
        """Open a session that only reads and never waits for a writer; a snapshot is one state for all statements."""
        options = {"isolation_level": "REPEATABLE READ"} if snapshot and self.dialect == "postgresql" else {}
        with _only_text(), self._noticed(), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            self._patiently(lambda: session.connection(execution_options=options))
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction: all of it or nothing, repeated when PostgreSQL asks for it."""
        if getattr(self._writing, "open", False):
            raise RuntimeError("an action was called inside another action's transaction")
        self._writing.open = True
        writes.note()
        try:
            with _only_text():
                return self._attempt(work)
        finally:
            self._writing.open = False

    def _attempt(self, work: Callable[[Session], T]) -> T:
        for attempt in itertools.count(1):
            try:
                return self._patiently(lambda: self._prepared(work))
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", "") or ""
                if attempt >= ATTEMPTS.get(state, 0):
                    log.warn("transaction failed", kind=type(error).__name__, code=state)
                    raise outage(error) or error from error
                log.note("transaction repeated", attempt=attempt, code=state)
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable")

    def _prepared(self, work: Callable[[Session], T]) -> T:
        """Do the work, again when it needs what has to be made first, while nobody waits."""
        while True:
            try:
                return self._once(work)
            except writes.Unmade as needed:
                needed.make()

    def _once(self, work: Callable[[Session], T]) -> T:
        with self._gate(), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            connection = session.connection(execution_options={"desk_writes": True})
            with writes.open_transaction():
                result = work(session)
            try:
                session.commit()
            except DBAPIError as error:
                _give_up(session, connection)
                if error.connection_invalidated:
                    self.trouble = outage(error)
                    raise unknown_outcome() from error
                raise
            self.trouble = None  # a full disk, say, is over when something was written again
            return result

    def _patiently(self, act: Callable[[], T]) -> T:
        """Do what leaves nothing behind when it fails, again while the server is away; then say so (DB-5)."""
        until = time.monotonic() + (0 if _draws() else self.patience)
        while True:
            try:
                done = act()
                if self.trouble is not None and self.trouble.passes:
                    self.trouble = None
                return done
            except DRIVER as error:
                found = outage(error)
                if found is None or getattr(getattr(error, "orig", None), "sqlstate", "") in ATTEMPTS:
                    raise
                self.trouble = found
                if not found.passes or time.monotonic() >= until:
                    raise found from error
                time.sleep(min(PAUSE, self.patience))

    @contextmanager
    def _noticed(self) -> Generator[None, None, None]:
        """Say plainly what driver or machine report, and remember it until an act goes well again."""
        try:
            with plainly(*DRIVER):
                yield
        except Outage as found:
            self.trouble = found
            raise

    def answers(self) -> bool:
        """Knock once: tell whether a reader would be let in."""
        with suppress(Outage), self.reading():
            return True
        return False

    @contextmanager
    def _gate(self) -> Generator[None, None, None]:
        """Queue SQLite's writers on a file lock: its busy handler lets newcomers overtake for seconds."""
        if self._gate_path is None or fcntl is None:
            yield
            return
        with plainly(OSError):
            gate = os.fdopen(os.open(self._gate_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
        with gate:
            begun = time.monotonic()
            fcntl.flock(gate, fcntl.LOCK_EX)
            if (waited := time.monotonic() - begun) > NOTICEABLE:
                log.warn("waited for another writer", milliseconds=round(waited * 1000))
            self._recognise()
            yield

    def _look_first(self, *_connecting: object) -> None:
        """Open nothing where a file is gone: SQLite would make an empty one and drop the log beside it."""
        if self._file is not None:
            self._recognise()

    def recognised(self) -> Path:
        """Return the file this desk opened, for whoever reads it by other means; refused (DB-6) when it is gone."""
        self._recognise()
        return Path(str(self.url.database))

    def _recognise(self, *_connected: object) -> None:
        """Refuse (DB-6) a file that is not the one this desk opened: what is written there, nobody would find."""
        found = _identity(str(self.url.database))
        self._file = self._file or found
        if found != self._file:
            self.trouble = replaced()
            raise self.trouble

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _give_up(session: Session, connection: Connection) -> None:
    """End a transaction whose commit failed: it may still be open, and its lock would stop every other desk."""
    with suppress(Exception):  # whoever is gone has rolled back already
        # First this: SQLite keeps a closed connection, and its lock, as long as anybody holds a statement of it.
        connection.connection.rollback()
    session.invalidate()


def _draws() -> bool:
    """Tell whether this thread draws screens: it never waits for a server, the desk would stand still."""
    return asyncio._get_running_loop() is not None  # pyright: ignore[reportPrivateUsage]


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _only_text() -> Generator[None, None, None]:
    """Refuse (FIL-3) what no database can look for or keep: halves of characters, and zero bytes in PostgreSQL."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise _unfit() from error
    except DataError as error:
        if "NUL (0x00)" not in str(error.orig):
            raise
        raise _unfit() from error


def _unfit() -> Refused:
    return Refused(
        "FIL-3", _("Something in it is no text: a control character or half a character."), mend=_("Type it again.")
    )


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise Refused(
            "DB-1",
            _("“{url}” is no address of a database.").format(url=url[:80]),
            mend=_("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        ) from error


def _server(url: URL, echo: bool) -> Engine:
    try:
        return create_engine(url, echo=echo, hide_parameters=True, pool_pre_ping=True, connect_args=_limits(url))
    except ModuleNotFoundError as error:
        raise Refused(
            "DB-1", _("The driver for PostgreSQL is not installed."), mend="pip install 'ordersdesk[postgres]'"
        ) from error


def _limits(url: URL) -> dict[str, int]:
    """Return how long a server that says nothing is listened to; what the address says itself counts."""
    limits = {"connect_timeout": 5, "keepalives_idle": 20, "keepalives_interval": 5, "tcp_user_timeout": 20_000}
    return {name: value for name, value in limits.items() if name not in url.query}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event starts transactions, not the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-8000",
    ):
        with _only_names():
            cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def _only_names() -> Generator[None, None, None]:
    """Take a schema whose names are no text for what it is, a damaged file: the driver cannot even say so."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("malformed database schema") from error


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("desk_writes")
    connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

"""A driver whose connections fail when they are told to: at a statement, before a commit or after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import event

from ordersdesk.foundation.store.database import Database

Fault = Callable[[Any], Exception]
LOST = "connection lost"
COMMIT, COMMITTED = -1, -2  # moments beside the statements of an act, which count from one


def _of_sqlite(code: str) -> Fault:
    def made(_connection: Any) -> Exception:
        error = sqlite3.OperationalError(code)
        error.sqlite_errorname = code
        return error

    return made


def _of_server(state: str) -> Fault:
    return lambda _connection: psycopg.errors.lookup(state)(state)


def lost(connection: Any) -> Exception:
    """End a connection for good."""
    connection.close()
    return psycopg.OperationalError("the server closed the connection")


FAULTS: dict[str, dict[str, Fault]] = {
    "sqlite": {
        "disk full": _of_sqlite("SQLITE_FULL"), "read only": _of_sqlite("SQLITE_READONLY"),
        "busy": _of_sqlite("SQLITE_BUSY"), "disk broken": _of_sqlite("SQLITE_IOERR"),
    },
    "postgresql": {
        "disk full": _of_server("53100"), "read only": _of_server("25006"), "statement timeout": _of_server("57014"),
        "lock timeout": _of_server("55P03"), LOST: lost,
    },
}  # fmt: skip


@dataclass
class Driver:
    """Counts the statements of an act, and fails at a moment if there is one."""

    fault: Fault | None = None
    moment: int = 0
    count: int = 0

    @contextmanager
    def failing(self, fault: Fault, moment: int) -> Iterator[None]:
        """Count anew, and fail so at this moment."""
        self.fault, self.moment, self.count = fault, moment, 0
        yield
        self.fault = None

    def reached(self, connection: Any, moment: int) -> None:
        """Fail if it is time."""
        if self.fault and moment == self.moment:
            raise self.fault(connection)

    def statement(self, connection: Any) -> None:
        """Count a statement of the act that is about to run."""
        if self.fault:
            self.count += 1
            self.reached(connection, self.count)


def installed(database: Database) -> Driver:
    """Let every connection of a database from now on be one that can fail."""
    driver = Driver()
    database.engine.dispose()
    made = _sqlite if database.dialect == "sqlite" else _server
    event.listen(database.engine, "do_connect", made(driver))
    return driver


def _sqlite(driver: Driver) -> Callable[..., None]:
    class Cursor(sqlite3.Cursor):
        def execute(self, *given: Any) -> Any:
            driver.statement(self.connection)
            return super().execute(*given)

        def executemany(self, *given: Any) -> Any:
            driver.statement(self.connection)
            return super().executemany(*given)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, *given: Any) -> Any:
            return self.cursor().execute(*given)

        def commit(self) -> None:
            driver.reached(self, COMMIT)
            super().commit()

    def connect(_dialect: Any, _record: Any, _args: Any, given: dict[str, Any]) -> None:
        given["factory"] = Connection

    return connect


def _server(driver: Driver) -> Callable[..., Any]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, *given: Any, **more: Any) -> Any:
            if not self.connection.autocommit:  # a knock, before a connection is taken again
                driver.statement(self.connection)
            return super().execute(*given, **more)

        def executemany(self, *given: Any, **more: Any) -> Any:
            driver.statement(self.connection)
            return super().executemany(*given, **more)

    class Connection(psycopg.Connection[Any]):
        def commit(self) -> None:
            driver.reached(self, COMMIT)
            super().commit()
            driver.reached(self, COMMITTED)

    def connect(_dialect: Any, _record: Any, args: Any, given: dict[str, Any]) -> Any:
        return Connection.connect(*args, **given, cursor_factory=Cursor)

    return connect

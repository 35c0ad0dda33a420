"""Fixtures every test shares: a desk on a fixed clock over a fresh database, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import gc
import importlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from sqlmodel import SQLModel

from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.machine import hashing
from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.store import database as database_module
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.people import names
from tests import profiles
from tests.builders import at_their_word
from tests.marked import watched
from tests.postgres import server

MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai


profiles.load()
gc.set_threshold(100_000, 50, 100)  # a tenth of the suite went into looking through what stays

LONG = ("properties/", "files/test_datasets", "crash/", "screens/test_intake", "screens/test_change", "terminal/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long files first, so that two workers end together; each file stays whole."""
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(LONG))


def _quick(connection: Any, record: object) -> None:
    """A test's file need not outlive a power cut: a commit that waits for the disk is a tenth of a test."""
    prepare_sqlite(connection, record)
    connection.execute("PRAGMA synchronous=OFF")


prepare_sqlite = database_module._prepare_sqlite
database_module._prepare_sqlite = _quick
# A password of a test is no secret: each look at one takes 40 ms as the desk does it.
hashing._hasher = cache(lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_TEN)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


def known_tables() -> None:
    """Import the tables of every room, so that SQLModel knows them."""
    rooms = Path(__file__).parent.parent / "ordersdesk"
    for path in sorted(rooms.glob("*/tables.py")):
        importlib.import_module(f"ordersdesk.{path.parent.name}.tables")


def _create(url: str) -> None:
    known_tables()
    database = Database(url)
    SQLModel.metadata.create_all(database.engine)
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.db"
    _create(f"sqlite:///{path}")
    return path


class Alike(SQLiteDialect_pysqlite):
    """A dialect that equals any other of its kind: one finds what another compiled, its listeners are its own."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike)

    def __hash__(self) -> int:
        return hash(Alike)


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Let every SQLite database know what those before it compiled: tests open thousands, and compiling is dear."""
    compiled, types = LRUCache(2_000), WeakKeyDictionary()

    def knowing(url: URL, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        if engine.dialect.name == Alike.name:
            engine.dialect.__class__, engine.dialect._type_memos = Alike, types
            engine._compiled_cache = compiled  # pyright: ignore[reportPrivateUsage]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "create_engine", knowing)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_column_keeps_a_translated_text() -> Iterator[None]:
    with watched():
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with server() as url:
        with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
            connection.execute("create database desk")
        name = url.format(name="desk")
        _create(name)
        yield name


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.close()


def emptied(database: Database) -> Database:
    """Take all rows out and let ids begin anew, in one journey: TRUNCATE would make new files of every table."""
    names.forget(database)
    tables = _emptying(len(SQLModel.metadata.tables))
    with database.engine.begin() as connection:
        if database.dialect == "postgresql":
            connection.exec_driver_sql(";".join([*tables, ANEW]))
        else:
            for statement in (*tables, "DELETE FROM sqlite_sequence"):
                connection.exec_driver_sql(statement)
    return database


ANEW = (
    "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences"
    " WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


@cache
def _emptying(_tables: int) -> tuple[str, ...]:
    """Return a statement for each table, those that point at others first; putting them in order takes a while."""
    return tuple(f'DELETE FROM "{table.name}"' for table in reversed(SQLModel.metadata.sorted_tables))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "postgresql":
        yield emptied(request.getfixturevalue("postgres_database"))
        return
    path = tmp_path / "desk.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def desk(database: Database, clock: FixedClock, policy: Policy) -> Desk:
    """An agent's desk on a Monday at ten."""
    lin = Actor(id=1, login="lin", name="Lin", roles=frozenset({"agent"}))
    return Desk(user=lin, branch=policy.branch.code, clock=clock, policy=policy, database=database, proof=at_their_word)

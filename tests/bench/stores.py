"""Where the benches work: a fresh shop, and a branch with very many customers, each on both databases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from rich.console import Console

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.database import Database
from tests.bench import million
from tests.bench.loading import load
from tests.bench.shop import desk_over, furnish
from tests.postgres import server

# A server as it stands in an office: what is committed is on the disk.
SERVER = ("fsync=on", "synchronous_commit=on", "shared_buffers=512MB", "max_wal_size=4GB")


@contextmanager
def shop(dialect: str) -> Iterator[Desk]:
    """Open a shop of its own, with nothing sold yet."""
    with _fresh(dialect) as url:
        database = Database(url)
        upgrade(database)
        desk = desk_over(database)
        furnish(desk)
        yield desk
        database.close()


@contextmanager
def _fresh(dialect: str) -> Iterator[str]:
    if dialect == "sqlite":
        with tempfile.TemporaryDirectory(prefix="bench") as folder:
            yield f"sqlite:///{folder}/desk.db"
        return
    with server(*SERVER) as url:
        _create(url, "shop")
        yield url.format(name="shop")


@contextmanager
def branch(dialect: str, keep: Path, *, customers: int, console: Console) -> Iterator[Desk]:
    """Open a branch with so many customers; its database is made once and kept."""
    with _kept(dialect, keep, customers, console) as (database, is_new):
        desk = desk_over(database)
        if is_new:
            load(database, million.made(keep, customers, console), console)
            furnish(desk, buyers=0)
        yield desk
        database.close()


def home(keep: Path, *, customers: int) -> Path:
    """Return the home folder of a branch: its SQLite database is a desk's own."""
    return keep / f"home-{customers}-{million.kind()}"


@contextmanager
def _kept(dialect: str, keep: Path, customers: int, console: Console) -> Iterator[tuple[Database, bool]]:
    name = f"customers_{customers}_{million.kind()}"
    if dialect == "sqlite":
        path = home(keep, customers=customers) / "desk.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        yield Database(f"sqlite:///{path}"), not path.exists()
        return
    with server(*SERVER, kept=keep / "postgres") as url:
        yield Database(url.format(name=name)), _create(url, name)


def _create(url: str, name: str) -> bool:
    """Create a database unless it is there."""
    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return True

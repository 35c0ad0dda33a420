"""Customers out of a file: processor time and memory of dry run and writing, beside the bare rows."""

from __future__ import annotations

import csv
import resource
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from ordersdesk.files.imports import commit, plan
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import SystemClock
from tests.bench.figures import Figure
from tests.bench.people import customer
from tests.bench.shop import desk_over
from tests.builders import as_role

HEAD = ("客户名称", "客户性质", "区域", "联系人", "电话", "地址", "线路", "公里")
GOAL = 12.0  # seconds of processor time for fifty thousand customers, the start of the program included
GROWTH = 200  # MiB that ten times as many customers may take more
T = TypeVar("T")


def imports(*, customers: int) -> Iterator[Figure]:
    """Import a tenth of the customers, then all of them, each in a process and a database of its own."""
    with TemporaryDirectory(prefix="bench") as folder:
        few, many = (_ready(Path(folder), count) for count in (customers // 10, customers))
        bare = _alone(_bare, many)[0]
        small, large = _alone(_imported, few)[1], _alone(_imported, many)
    goal = GOAL * customers / 50_000
    yield Figure(
        what="import of customers: processor time",
        at=f"sqlite, {customers:,} rows",
        measured=f"{large[0]:.1f} s",
        baseline=f"{bare:.1f} s read and written bare",
        ratio=f"{large[0] / bare:.1f} ×",
        goal=f"≤ {goal:.1f} s",
        ok=large[0] <= goal,
    )
    yield Figure(
        what="import of customers: memory",
        at=f"sqlite, {customers:,} rows",
        measured=f"{large[1]} MiB",
        baseline=f"{small} MiB for a tenth of them",
        ratio=f"{large[1] / small:.2f} ×",
        goal=f"≤ {GROWTH} MiB more",
        ok=large[1] - small <= GROWTH,
    )


def _ready(folder: Path, count: int) -> Path:
    """Write a file of so many customers with an empty desk beside it."""
    path = folder / f"{count}.csv"
    upgrade(_database(path))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEAD)
        for each in map(customer, range(1, count + 1)):
            own = (each.name, each.kind, each.territory, each.contact, each.phone, each.address)
            lines.writerow((*own, each.route, each.distance_km))
    return path


def _alone(work: Callable[[Path], T], path: Path) -> tuple[float, int]:
    """Do the work in a fresh process and return its seconds of processor time and its largest MiB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, work, path).result()


def _measured(work: Callable[[Path], object], path: Path) -> tuple[float, int]:
    work(path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def _imported(path: Path) -> None:
    desk = replace(as_role(desk_over(_database(path)), "manager"), clock=SystemClock())
    commit(desk, plan(desk, "customers", path), keep_good=True)


def _database(path: Path) -> Database:
    return Database(f"sqlite:///{path.with_suffix('.db')}")


def _bare(path: Path) -> None:
    """Read the same rows and write each into five tables with nothing asked, as a customer takes."""
    with TemporaryDirectory(prefix="bench") as folder, path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
        connection = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN")
        for table in range(5):
            connection.execute(f"CREATE TABLE part{table} (id INTEGER PRIMARY KEY, {', '.join('abcdefgh')})")
            connection.executemany(f"INSERT INTO part{table} VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
        connection.close()

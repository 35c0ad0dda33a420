"""The shop of the chaos: its book, its desks, and whatever is done to them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlmodel import SQLModel

from ordersdesk.foundation.store.database import Database
from tests.chaos.desks import Told, desk_at
from tests.conftest import known_tables
from tests.crash.test_kill import stocked
from tests.postgres import server
from tests.terminal.harness import CHECKOUT

ENOUGH = 20  # a desk in trouble has told when it is let go …
PATIENCE = 15.0  # … or so many seconds later
CRAMPED = 2  # pages a desk with a full disk may add


@dataclass
class AtWork:
    """A desk's process, and all it has told."""

    name: str
    process: subprocess.Popen[bytes]
    kind: str = "sound"
    told: list[Told] = field(default_factory=list[Told])

    def listen(self) -> None:
        """Hear it out, in a thread, until it is gone."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(json.loads(line))


class Shop:
    """One book and the desks on it; used as a context, at whose end nobody works any more."""

    def __init__(self, dialect: str, home: Path) -> None:
        self.dialect, self.home = dialect, home
        self.desks: list[AtWork] = []
        self.gone: list[AtWork] = []
        self.did: Counter[str] = Counter()
        self._server = ExitStack()
        self._threads: dict[str, threading.Thread] = {}

    def __enter__(self) -> Shop:
        (self.home / "papers").mkdir(parents=True)
        self.url = f"sqlite:///{self.home / 'desk.db'}"
        if self.dialect == "postgresql":
            template = self._server.enter_context(server(kept=self.home / "server"))
            self._admin, self.url = template.format(name="postgres"), template.format(name="desk")
            self._tell_server("create database desk")
        known_tables()
        database = Database(self.url)
        SQLModel.metadata.create_all(database.engine)
        database.close()
        stocked(desk_at(self.url))
        return self

    def __exit__(self, *_error: object) -> None:
        for desk in [*self.desks]:
            self.kill(desk)
        self._server.close()

    def hire(self, kind: str = "sound", **environment: str) -> AtWork:
        """Let one more desk work."""
        name = f"desk-{len(self.desks) + len(self.gone)}"
        command = [sys.executable, "-m", "tests.chaos.desks", self.url, str(self.home), name]
        outside = {**os.environ, "PYTHONPATH": str(CHECKOUT), **environment}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT, env=outside)
        desk = AtWork(name, process, kind)
        self._threads[name] = threading.Thread(target=desk.listen, daemon=True)
        self._threads[name].start()
        self.desks.append(desk)
        return desk

    def kill(self, desk: AtWork) -> None:
        """End a desk at any point, and hear what it told before."""
        desk.process.send_signal(signal.SIGKILL)
        desk.process.wait()
        self._threads.pop(desk.name).join()
        self.desks.remove(desk)
        self.gone.append(desk)

    def hear(self, desk: AtWork, *, at_least: int) -> None:
        """Wait until a desk has told so much, or for some seconds."""
        deadline = time.monotonic() + PATIENCE
        while len(desk.told) < at_least and time.monotonic() < deadline:
            time.sleep(0.05)

    def told(self) -> list[tuple[AtWork, Told]]:
        """Return everything that was told."""
        return [(desk, words) for desk in (*self.gone, *self.desks) for words in desk.told]

    # --- what goes wrong

    def kill_one(self) -> None:
        """Somebody pulls a plug; another desk begins."""
        self.kill(random.choice(self.desks))
        self.hire()

    def restart_server(self) -> None:
        """The server goes away in the middle of everything and comes back."""
        self._server.close()
        self._server.enter_context(server(kept=self.home / "server"))

    def cut_connections(self) -> None:
        """The server ends every connection at once."""
        self._tell_server("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'desk'")

    def take_file_away(self) -> None:
        """Somebody moves the book away under the running desks, and back."""
        book, aside = self.home / "desk.db", self.home / "aside.db"
        book.rename(aside)
        time.sleep(0.3)
        book.unlink(missing_ok=True)
        aside.rename(book)

    def fill_disk(self) -> None:
        """One desk's book may not grow any more."""
        pages = (self.home / "desk.db").stat().st_size // 4096 + CRAMPED
        self._for_a_while("cramped", CHAOS_PAGES=str(pages))

    def turn_clock(self) -> None:
        """One desk's clock is years off: it must write nothing."""
        self._for_a_while("turned", CHAOS_CLOCK=str(random.choice((-20_000, -1, 90, 11_000))))

    def run_check(self) -> None:
        """The check is run while everybody works."""
        command = [sys.executable, "-c", CHECK, self.url]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
        if done.returncode or "Traceback" in done.stderr:
            self.gone[-1].told.append({"fault": f"check: {done.stdout[-500:]}{done.stderr[-1500:]}", "of": {}})

    def _for_a_while(self, kind: str, **environment: str) -> None:
        desk = self.hire(kind, **environment)
        self.hear(desk, at_least=ENOUGH)
        self.kill(desk)

    def mischief(self) -> dict[str, int]:
        """Return what may go wrong on this database, and how often beside the rest."""
        same = {"kill_one": 12, "turn_clock": 1, "run_check": 1}
        own = {"take_file_away": 2, "fill_disk": 1} if self.dialect == "sqlite" else {
            "restart_server": 1, "cut_connections": 6,
        }  # fmt: skip
        return same | own

    def go_wrong(self) -> None:
        """Do one of them."""
        kinds: dict[str, Any] = self.mischief()
        name = random.choices(list(kinds), list(kinds.values()))[0]
        getattr(self, name)()
        self.did[name] += 1

    def _tell_server(self, statement: str) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(statement.encode())


CHECK = """
import sys
from ordersdesk.check import check
from ordersdesk.foundation.texts.refusals import Outage
from tests.chaos.desks import desk_at
try:
    faults = [fault for found in check(desk_at(sys.argv[1])) for fault in found.faults]
except Outage as away:
    faults = []
print(faults)
sys.exit(bool(faults))
"""

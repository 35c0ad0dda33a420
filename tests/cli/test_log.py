"""What commands leave in the log: which, how it ended and how long it took; nobody's name, number or words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordersdesk.foundation.machine import log
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    log.stop()


def facts(home: Path) -> list[str]:
    text = (home / log.NAME).read_text(encoding="utf-8")
    return [re.sub(r"^\S+ \d+ \w+ | milliseconds=\d+$", "", line) for line in text.splitlines()]


def test_a_command_leaves_how_it_ended_and_nothing_that_was_typed(command: Command, home: Path) -> None:
    command("customers", "find", "13800138000")
    command("orders", "show", "13800138000")
    command("orders", "list", "--state", "13800138000")
    assert facts(home) == [
        "command command=customers.find exit=0",
        "command command=orders.show exit=1 rule=ORD-9",
        "command command=orders.list exit=2 kind=BadParameter",
    ]


@pytest.mark.parametrize("library", ["sqlalchemy.pool", "psycopg"])
def test_what_a_driver_says_of_a_lost_connection_never_reaches_a_terminal(library: str) -> None:
    code = f"import logging, ordersdesk.foundation.machine.log; logging.getLogger({library!r}).error('lost')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_looking_after_the_database_is_on_record(command: Command, home: Path, tmp_path: Path) -> None:
    command("backup", str(tmp_path / "copy.db"))
    command("check")
    backup, _command, check, _command = facts(home)
    assert (backup.split("=")[0], re.sub(r"\d+", "n", check)) == ("backup made bytes", "checked checks=n faults=n")


@pytest.mark.parametrize("place", [0, 2])
def test_verbose_tells_it_on_stderr_as_well(command: Command, place: int) -> None:
    words = ["customers", "find", "8000"]
    done = command(*words[:place], "--verbose", *words[place:])
    assert (done.code, "INFO command command=customers.find exit=0" in done.err) == (0, True)
    assert "INFO" not in command(*words).err

"""A backup becomes a desk again: the way back is the way there, and nothing that is there is touched (DB-4)."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.popping import PopListener
from ordersdesk.foundation.store.schema import HEAD
from tests.cli.conftest import Command, furnish
from tests.cli.test_orders import written

NEEDS_TOOLS = pytest.mark.skipif(not shutil.which("pg_restore"), reason="the PostgreSQL client is not here")


@pytest.fixture
def kept(command: Command, tmp_path: Path) -> Path:
    """A backup of a desk with one order."""
    command("orders", "submit", written(tmp_path, ("A4-80", 5)))
    assert command("backup", str(tmp_path / "kept.db")).code == 0
    return tmp_path / "kept.db"


def refusal(command: Command, *args: str) -> dict[str, Any]:
    """Why a command was refused."""
    done = command("--json", *args)
    assert done.code == 1, done.out
    return done.json()["refused"]


def content(file: Path) -> list[str]:
    """Everything a SQLite file holds."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def test_a_backup_is_the_same_desk_in_another_home(command: Command, kept: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    done = command("--home", str(new), "--json", "restore", str(kept)).json()
    assert (done["schema"], done["ok"], len(done["checks"]) > 10) == (HEAD, True, True)
    assert content(new / "desk.db") == content(kept)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, new / "desk.db")] == [0o700, 0o600]
    orders = [command(*home, "--json", "orders", "list").json() for home in ([], ["--home", str(new)])]
    assert orders[0] == orders[1]
    assert len(orders[0]) == 1


def test_a_backup_on_a_medium_that_cannot_be_written_is_restored(command: Command, kept: Path, tmp_path: Path) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    shutil.copy(kept, medium)
    (medium / kept.name).chmod(0o400)
    medium.chmod(0o500)
    assert command("--home", str(tmp_path / "new"), "restore", str(medium / kept.name)).code == 0
    assert [path.name for path in medium.iterdir()] == [kept.name]


def test_a_desk_that_is_there_stays(command: Command, home: Path, kept: Path) -> None:
    before = content(home / "desk.db")
    assert "There is a desk already" in refusal(command, "restore", str(kept))["message"]
    assert content(home / "desk.db") == before


def test_also_when_only_its_unwritten_half_is_left(command: Command, kept: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "desk.db-wal").write_bytes(b"what was sold today")
    assert "There is a desk already" in refusal(command, "--home", str(new), "restore", str(kept))["message"]
    assert files(new) == ["desk.db-wal"]


def test_not_while_a_desk_is_open(command: Command, kept: Path, tmp_path: Path) -> None:
    async def ringing() -> dict[str, Any]:
        line = PopListener(tmp_path / "new", "lin", lambda _number: None)
        await line.start()
        try:
            return await asyncio.to_thread(refusal, command, "--home", str(tmp_path / "new"), "restore", str(kept))
        finally:
            await line.stop()

    assert "A desk is open" in asyncio.run(ringing())["message"]


def files(home: Path) -> list[str]:
    """What is in a home besides the log."""
    return [path.name for path in home.iterdir() if path.name != log.NAME]


def foreign(path: Path) -> None:
    """A database of another program."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name)")


def cut_off(path: Path, kept: Path) -> None:
    """A backup of which the second half is missing."""
    path.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])


@pytest.mark.parametrize(
    ("makes", "says"),
    [
        (lambda _path, _kept: None, "cannot be read"),
        (lambda path, _kept: path.write_text("a letter"), "is no backup"),
        (lambda path, _kept: path.mkdir(), "cannot be read"),
        (lambda path, _kept: foreign(path), "is no backup of a desk"),
        (lambda path, _kept: path.write_bytes(b"PGDMP".ljust(50)), "another kind of database"),
        (cut_off, ""),
    ],
)
def test_what_is_no_backup_leaves_an_empty_home(
    command: Command, kept: Path, tmp_path: Path, makes: Any, says: str
) -> None:
    file, new = tmp_path / "file", tmp_path / "new"
    makes(file, kept)
    refused = refusal(command, "--home", str(new), "restore", str(file))
    assert (refused["rule"], says in refused["message"], files(new)) == ("DB-4", True, [])


def test_a_running_desks_own_file_is_no_backup(command: Command, home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "desk.db")) as open_desk:
        open_desk.execute("UPDATE customer SET name = name")
        open_desk.commit()
        refused = refusal(command, "--home", str(tmp_path / "new"), "restore", str(home / "desk.db"))
    assert "is being written" in refused["message"]


@pytest.mark.parametrize(("schema", "code"), [("0000", 0), ("9999", 1)])
def test_an_older_desk_is_restored_as_it_is_and_a_newer_one_refused(
    command: Command, kept: Path, tmp_path: Path, schema: str, code: int
) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.executescript(f"PRAGMA journal_mode=DELETE; UPDATE alembic_version SET version_num = '{schema}'")
    done = command("--home", str(tmp_path / "new"), "--json", "restore", str(kept))
    assert done.code == code
    if code == 0:
        assert (done.json()["schema"], done.json()["ok"], done.json()["checks"]) == (schema, None, [])
    else:
        assert (done.json()["refused"]["rule"], files(tmp_path / "new")) == ("DB-2", [])


def test_what_was_wrong_before_is_told_and_the_desk_is_there(command: Command, kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.executescript("PRAGMA journal_mode=DELETE; UPDATE stock SET on_hand = on_hand + 7 WHERE item_id = 1")
    done = command("--home", str(tmp_path / "new"), "restore", str(kept))
    assert (done.code, "its rows make" in done.out, (tmp_path / "new" / "desk.db").exists()) == (1, True, True)


@pytest.fixture(scope="module")
def servers(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A desk on a server and an empty database beside it."""
    urls = [postgres_url.replace("/desk?", f"/{name}?") for name in ("shop_a", "shop_b")]
    with psycopg.connect(postgres_url.replace("/desk?", "/postgres?"), autocommit=True) as connection:
        for name in ("shop_a", "shop_b"):
            connection.execute(f"create database {name}")
        desk = made(Setting(home=tmp_path_factory.mktemp("full"), url=urls[0]))
        furnish(desk)
        desk.database.close()
        yield urls[0], urls[1]
        for name in ("shop_a", "shop_b"):
            connection.execute(f"drop database {name} with (force)")


@NEEDS_TOOLS
def test_a_server_is_restored_into_an_empty_database_and_only_there(
    command: Command, servers: tuple[str, str], tmp_path: Path
) -> None:
    full, empty = servers
    command("--db", full, "orders", "submit", written(tmp_path, ("A4-80", 5)))
    file = str(tmp_path / "full.dump")
    assert command("--db", full, "backup", file).code == 0
    assert "There is a desk already" in refusal(command, "--db", full, "restore", file)["message"]
    done = command("--db", empty, "--json", "restore", file)
    assert (done.code, done.json()["ok"]) == (0, True)
    lists = [command("--db", url, "--json", "orders", "list").json() for url in servers]
    assert lists[0] == lists[1]
    assert len(lists[0]) == 1


def test_without_the_servers_tools_it_says_what_to_install(
    command: Command, servers: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.dump").write_bytes(b"PGDMP".ljust(50, b"."))
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    refused = refusal(command, "--db", servers[1], "restore", str(tmp_path / "x.dump"))
    assert (refused["rule"], "pg_restore" in refused["message"]) == ("DB-4", True)

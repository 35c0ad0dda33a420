"""Files are written whole and stay on the disk, and never lie over what the desk itself lives in (DB-7)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ordersdesk.files.tables.writing import write
from ordersdesk.foundation.machine import own_files
from ordersdesk.foundation.machine.own_files import guard_folder, guard_home, keep_private, refuse_own
from ordersdesk.foundation.machine.whole_files import PART, whole
from ordersdesk.foundation.store.backup import back_up
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.filing import keep

OWN = ("desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock", "policy.toml", "forms/slip.typ", "intakes/lin/1.json",
       "ordersdesk.log", "ordersdesk.log.1", "desk-lin.socket", "other.db", "tokens/1.json")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with every kind of file in it, and its database elsewhere as well."""
    home = tmp_path / "home"
    for name in OWN:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("precious")
    guard_home(home)
    guard_folder(home / "tokens")
    own_files.guard_database(home / "other.db")
    yield home
    own_files.forget()


def refused(target: Path) -> str:
    with pytest.raises(Refused) as no:
        refuse_own(target)
    return no.value.rule


@pytest.mark.parametrize("name", OWN)
def test_nothing_lies_over_a_file_of_the_desk(home: Path, name: str) -> None:
    target = home / name
    assert [refused(target), refused(home / "papers" / ".." / name)] == ["DB-7", "DB-7"]
    with pytest.raises(Refused), whole(target, replace=True):
        pass
    assert target.read_text() == "precious"


@pytest.mark.parametrize("name", ["desk.db", "policy.toml", "forms/slip.typ", "other.db"])
def test_links_lead_to_the_same_files(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "soft.pdf").symlink_to(home / name)
    (tmp_path / "hard.pdf").hardlink_to(home / name)
    (tmp_path / "folder").symlink_to(home, target_is_directory=True)
    found = [refused(tmp_path / "soft.pdf"), refused(tmp_path / "folder" / name)]
    assert found == ["DB-7", "DB-7"]
    assert refused(tmp_path / "hard.pdf") == "DB-7"


@pytest.mark.parametrize("name", ["papers/slips.pdf", "backup.db", "desk.db.bak", "customers.csv", "my-policy.toml"])
def test_a_home_has_room_for_what_is_made_of_it(home: Path, name: str) -> None:
    refuse_own(home / name)


def test_the_database_of_another_desk_is_no_place_either(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.db"
    other.write_bytes(b"SQLite format 3\0")
    refuse_own(other)
    Path(f"{other}.lock").touch()
    assert refused(other) == "DB-7"


@pytest.mark.parametrize("kind", ["paper", "table", "backup"])
def test_every_writer_asks(home: Path, kind: str, sqlite_template: Path) -> None:
    target = home / "desk.db"
    linked = home / "papers.csv"
    linked.symlink_to(target)
    database = Database(f"sqlite:///{sqlite_template}")
    act = {
        "paper": lambda: keep(target, b"paper", replace=True),
        "table": lambda: write(linked, ["a"], [], replace=True),
        "backup": lambda: back_up(database, target, replace=True),
    }[kind]
    with pytest.raises(Refused):
        act()
    database.close()
    assert target.read_text() == "precious"


def test_a_file_is_whole_or_not_there_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    with suppress(ValueError), whole(tmp_path / "a.csv") as partial:
        partial.write_text("ha")
        raise ValueError
    assert list(tmp_path.iterdir()) == []
    with whole(tmp_path / "a.csv") as partial:
        partial.write_text("all")
    assert [(path.name, path.read_text(), path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [
        ("a.csv", "all", 0o600)
    ]


def test_a_file_made_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    with suppress(FileExistsError), whole(tmp_path / "a.csv") as partial:
        partial.write_text("mine")
        (tmp_path / "a.csv").write_text("theirs")
    assert (tmp_path / "a.csv").read_text() == "theirs"


def test_file_and_folder_are_on_the_disk_before_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda handle: kept.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    with whole(tmp_path / "a.csv") as partial:
        partial.write_text("all")
    assert kept == [False, True]


def test_what_a_killed_desk_left_is_swept_and_what_another_writes_is_not(tmp_path: Path) -> None:
    (tmp_path / f".killed{PART}").write_text("customers")
    (tmp_path / f".killed{PART}-journal").write_text("customers")
    with whole(tmp_path / "a.csv") as mine, whole(tmp_path / "b.csv") as theirs:
        mine.write_text("a")
        theirs.write_text("b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_rights_are_its_owners_whatever_they_were(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file"
    folder.mkdir(mode=0o755)
    file.touch(mode=0o644)
    keep_private(folder)
    keep_private(file)
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)

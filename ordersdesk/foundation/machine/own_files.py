"""The files the desk itself lives in: no paper, export or backup may be, or lie over, one of them (DB-7)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

RULE = "DB-7"
BESIDE = ("", "-wal", "-shm", "-journal", ".lock")  # what stands beside a database of SQLite, and its writers' gate
BASE = tuple(f"desk.db{more}" for more in BESIDE)
IN_A_HOME = (*BASE, "policy.toml", "ordersdesk.log*", "desk-*.socket", "demo-is-*", "crash-*.txt")
FOLDERS = ("forms", "intakes")
DATABASE = b"SQLite format 3\0"
_homes: set[Path] = set()
_files: set[Path] = set()
_folders: set[Path] = set()


def guard_home(home: Path) -> None:
    """From now on no output of this process may lie over what a home holds."""
    _homes.add(home.absolute())


def guard_database(file: Path) -> None:
    """From now on no output of this process may lie over a database."""
    _files.update(Path(f"{file.absolute()}{more}") for more in BESIDE)


def guard_folder(folder: Path) -> None:
    """From now on no output of this process may lie in a folder: the tokens of whoever signs in here."""
    _folders.add(folder.absolute())


def forget() -> None:
    """Guard nothing any more: the desk is left."""
    for guarded in (_homes, _files, _folders):
        guarded.clear()


def refuse_own(target: Path) -> None:
    """Refuse (DB-7) a place for an output that is one of the desk's own, whatever links lead there."""
    place = _resolved(target)
    if _is_own(place) or _is_linked(target) or _is_database_in_use(place):
        raise Refused(
            RULE,
            _("{file} is one of the desk's own files.").format(file=target),
            mend=_("Choose another name or folder."),
            field="file",
        )


def keep_private(path: Path) -> None:
    """Let only its owner read and write a file, or go into a folder, whatever its rights were; others' stay."""
    with suppress(OSError):
        found = path.stat()
        if os.name == "posix" and found.st_uid == os.geteuid() and found.st_mode & 0o077:
            path.chmod(0o700 if stat.S_ISDIR(found.st_mode) else 0o600)


def private_folder(folder: Path) -> Path:
    """Make a folder of the desk's own that nobody else may look into, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_private(folder)
    return folder


def own_in(home: Path) -> Iterator[Path]:
    """Yield what of a home the desk made itself."""
    for name in (*IN_A_HOME, *FOLDERS):
        yield from home.glob(name)


def is_all_own(home: Path) -> bool:
    """Tell whether a folder holds nothing but what a desk makes in its home."""
    return set(home.iterdir()) <= {*own_in(home), home / "papers", home / "demo"}


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links that lead round in a circle
        return path.absolute()


def _is_own(place: Path) -> bool:
    files = {_resolved(file) for file in _files}
    folders = {_resolved(folder) for folder in _folders} | {
        _resolved(home) / name for home in _homes for name in FOLDERS
    }
    return (
        place in files
        or any(place == folder or folder in place.parents for folder in folders)
        or any(place.parent == _resolved(home) and _is_named(place) for home in _homes)
    )


def _is_named(place: Path) -> bool:
    return any(place.match(pattern) for pattern in IN_A_HOME)


def _is_linked(target: Path) -> bool:
    """Tell whether a file is one of the desk's own under another name."""
    with suppress(OSError):
        found = target.stat()
        return any(_same(file, found) for file in _all_files())
    return False


def _all_files() -> Iterator[Path]:
    yield from _files
    for home in _homes:
        yield from own_in(home)
    for folder in (*_folders, *(home / name for home in _homes for name in FOLDERS)):
        yield from folder.rglob("*")


def _same(file: Path, found: os.stat_result) -> bool:
    with suppress(OSError):
        return os.path.samestat(file.stat(), found)
    return False


def _is_database_in_use(place: Path) -> bool:
    """Tell whether a file is the database of any desk: its log or its writers' gate stands beside it."""
    with suppress(OSError):
        if any(Path(f"{place}{more}").exists() for more in ("-wal", ".lock")):
            with place.open("rb") as file:
                return file.read(len(DATABASE)) == DATABASE
    return False

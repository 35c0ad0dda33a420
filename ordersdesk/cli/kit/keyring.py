"""The tokens this account of the machine holds, one file for each home; nobody else may read it (USR-1)."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy.engine import make_url

from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.machine.host import machine_user
from ordersdesk.foundation.machine.own_files import guard_folder
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

try:
    import fcntl
except ImportError:  # Windows: two sign-ins of one account at the same moment are not kept apart
    fcntl = None

MACHINE_ID = Path("/etc/machine-id")


@dataclass
class Kept:
    """What the file holds: who signed in last, and everybody's token by login."""

    current: str = ""
    tokens: dict[str, str] = field(default_factory=dict[str, str])

    def token(self, login: str) -> str:
        """Return the token of a user, or of whoever signed in last; empty when there is none."""
        return self.tokens.get(login or self.current, "")


def fingerprint(setting: Setting) -> str:
    """Return what a token is bound to: this machine, this account of it, this home and its database."""
    machine = MACHINE_ID.read_text().strip() if MACHINE_ID.is_file() else platform.node()
    database = make_url(setting.url).render_as_string(hide_password=True)
    parts = (machine, machine_user(), str(setting.home.resolve()), database)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def path(setting: Setting) -> Path:
    """Return the file of a home; not in the home, which several accounts of a machine may share."""
    from platformdirs import user_state_path

    folder = user_state_path("ordersdesk", appauthor=False) / "tokens"
    guard_folder(folder)
    return folder / f"{fingerprint(setting)[:32]}.json"


def kept(setting: Setting) -> Kept:
    """Return what is kept; refused (USR-1) when others could have read it."""
    file = path(setting)
    try:
        with file.open("rb") as opened:
            _refuse_readable(file, os.fstat(opened.fileno()))
            return _kept().validate_json(opened.read(), strict=True)
    except FileNotFoundError:
        return Kept()
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error


@cache
def _kept() -> TypeAdapter[Kept]:
    return TypeAdapter(Kept)


def _refuse_readable(file: Path, found: os.stat_result) -> None:
    if os.name == "posix" and (stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid()):
        raise Refused(
            "USR-1",
            _("Others may read {file}, which signs you in.").format(file=file),
            mend=_("Delete it and sign in again: ordersdesk login"),
        )


def _unreadable(file: Path) -> Refused:
    return Refused(
        "USR-1",
        _("{file} cannot be read.").format(file=file),
        mend=_("Delete it and sign in again: ordersdesk login"),
    )


@contextmanager
def changing(setting: Setting) -> Generator[Kept, None, None]:
    """Give what is kept to be changed, and keep it; who signs in at the same moment waits."""
    file = path(setting)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.parent.chmod(0o700)
    lock = file.with_suffix(".lock")
    lock.touch(mode=0o600)
    with lock.open("ab") as gate:
        if fcntl:
            fcntl.flock(gate, fcntl.LOCK_EX)
        now = kept(setting)
        yield now
        _write(file, now)


def _write(file: Path, now: Kept) -> None:
    if not now.tokens:
        file.unlink(missing_ok=True)
        return
    number, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem)  # made 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8") as new:
            json.dump({"current": now.current, "tokens": now.tokens}, new)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""A copy of the database while everybody works on: complete, proved, and whole or not there at all (DB-4)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from ordersdesk.foundation.database import Database
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused

PAGES = 4_000  # copied between two looks at the progress
Step = Callable[[int, int], None]


def back_up(database: Database, target: Path, *, replace: bool = False, step: Step | None = None) -> int:
    """Write a backup that was proved readable, readable by its owner only; return its bytes."""
    if target.exists() and not replace:
        raise _refused(_("There is such a file already: {file}.").format(file=target), _("Choose another name."))
    handle, name = _beside(target)
    os.close(handle)
    partial = Path(name)
    try:
        if database.dialect == "sqlite":
            _copy(str(database.url.database), partial, step)
        else:
            _dump(database.url, partial)
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def _beside(target: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(
            _("{file} cannot be written: {reason}.").format(file=target, reason=reason),
            _("Choose a folder you may write to."),
        ) from error


def _copy(source: str, target: Path, step: Step | None) -> None:
    with closing(sqlite3.connect(source)) as desk, closing(sqlite3.connect(target)) as copy:
        # Inside one read transaction the copy is one state, and writers do not make it begin again.
        desk.execute("BEGIN")
        desk.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            desk.backup(copy, pages=PAGES, progress=lambda _s, left, of: step(of - left, of) if step else None, sleep=0)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise _refused(_("The backup failed: {reason}.").format(reason=error), _("Look at the disk.")) from error
    if verdict != "ok":
        raise _refused(_("The copy is damaged: {reason}.").format(reason=verdict), _("`ordersdesk check` says more."))


def _dump(url: URL, target: Path) -> None:
    if not shutil.which("pg_dump") or not shutil.which("pg_restore"):
        raise _refused(
            _("A PostgreSQL database is backed up by pg_dump, which is not on this machine."),
            _("Install the PostgreSQL client, or run pg_dump where it is."),
        )
    # The password goes by the environment: arguments can be read by everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    for command in (
        ["pg_dump", "--format=custom", f"--file={target}", f"--dbname={plain}"],
        ["pg_restore", "--list", str(target)],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [command[0]])[0]
            raise _refused(_("The backup failed: {reason}.").format(reason=reason), _("Look at the server."))


def _refused(message: str, mend: str) -> Refused:
    return Refused("DB-4", message, mend=mend, field="file")

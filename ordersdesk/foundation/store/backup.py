"""A copy of the database while everybody works on, and the way back: complete, and whole or not there at all (DB-4)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, inspect, text

from ordersdesk.foundation.machine.popline import listening
from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.machine.whole_files import whole
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import refuse_newer, version
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

PAGES = 4_000  # copied between two looks at the progress
Step = Callable[[int, int], None]


def back_up(database: Database, target: Path, *, replace: bool = False, step: Step | None = None) -> int:
    """Write a backup that was proved readable, readable by its owner only; return its bytes."""
    with _beside(target, replace=replace) as partial:
        if database.dialect == "sqlite":
            with closing(_opened(database.recognised())) as desk:
                _copy(desk, partial, step)
        else:
            _dump(database.url, partial)
    return target.stat().st_size


@contextmanager
def _beside(target: Path, *, replace: bool) -> Generator[Path, None, None]:
    try:
        with whole(target, replace=replace) as partial:
            yield partial
    except FileExistsError as error:
        raise _refused(
            _("There is such a file already: {file}.").format(file=target), _("Choose another name.")
        ) from error
    except OSError as error:
        raise _refused(
            _("{file} cannot be written: {reason}.").format(file=target, reason=reason(error)),
            _("Choose a folder you may write to."),
        ) from error


def _opened(file: Path) -> sqlite3.Connection:
    """Open a file that is there: SQLite makes no empty one in its place, which would drop the log beside it."""
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=rw", uri=True)


def _copy(desk: sqlite3.Connection, target: Path, step: Step | None) -> None:
    with closing(sqlite3.connect(target)) as copy:
        try:
            # Inside one read transaction the copy is one state, and writers do not make it begin again.
            desk.execute("BEGIN")
            desk.execute("SELECT count(*) FROM sqlite_master").fetchone()
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
    failed = _("The backup failed: {reason}.")
    _run(url, ["pg_dump", "--format=custom", f"--file={target}", f"--dbname={_plain(url)}"], failed)
    _run(url, ["pg_restore", "--list", str(target)], failed)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string()


def _run(url: URL, command: list[str], failed: str) -> None:
    # The password goes by the environment: arguments can be read by everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [command[0]])[0]
        raise _refused(failed.format(reason=reason), _("Look at the server."))


def restore(source: Path, database: Database, *, home: Path, step: Step | None = None) -> str:
    """Make a desk of a backup where there is none, and return its schema.

    Refused (DB-4) where a desk is already, while one is open in this home, and for a file that is no backup of this
    kind of database; (DB-2) for one that a newer program made.
    """
    open_desks = listening(home)
    if open_desks:
        raise _refused(
            _("A desk is open in {home}: {users}.").format(home=home, users=word_list(open_desks)),
            _("Let everybody leave it first."),
        )
    kind = _kind(source)
    if kind != database.dialect:
        raise _refused(
            _("{file} is a backup of another kind of database.").format(file=source),
            _("Name the right one with --db: sqlite:///FILE or postgresql://USER@HOST/NAME."),
        )
    if kind == "sqlite":
        _put_file(source, Path(str(database.url.database)), step)
    else:
        _put_rows(source, database)
    return version(database)


MARKS = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}


def _kind(source: Path) -> str:
    try:
        with source.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise _refused(
            _("{file} cannot be read: {reason}.").format(file=source, reason=reason(error)), _("Name a backup.")
        ) from error
    found = next((kind for mark, kind in MARKS.items() if head.startswith(mark)), "")
    if not found:
        raise _refused(_("{file} is no backup.").format(file=source), _("`ordersdesk backup FILE` makes one."))
    if any(Path(f"{source}{more}").exists() for more in ("-wal", "-journal")):
        raise _refused(
            _("{file} is a database that is being written, not a backup.").format(file=source),
            _("`ordersdesk backup FILE` makes one."),
        )
    return found


def _put_file(source: Path, target: Path, step: Step | None) -> None:
    if any(Path(f"{target}{more}").exists() for more in ("", "-wal", "-shm")):
        raise _there_already(target)
    # Nothing is written beside the backup: it may lie where nobody may write.
    address = f"file:{quote(str(source.absolute()))}?mode=ro&immutable=1"
    try:
        with whole(target, own=True) as partial, closing(sqlite3.connect(address, uri=True)) as kept:
            _refuse_foreign(source, kept)
            _copy(kept, partial, step)
    except FileExistsError as error:
        raise _there_already(target) from error


def _refuse_foreign(source: Path, kept: sqlite3.Connection) -> None:
    try:
        found = kept.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise _refused(
            _("{file} is no backup of a desk: {reason}.").format(file=source, reason=error),
            _("`ordersdesk backup FILE` makes one."),
        ) from error
    refuse_newer(str(found[0]) if found else "")


def _there_already(target: object) -> Refused:
    return _refused(
        _("There is a desk already: {desk}.").format(desk=target),
        _("A backup becomes a desk in an empty place only: another --home or --db."),
    )


def _put_rows(source: Path, database: Database) -> None:
    if not shutil.which("pg_restore"):
        raise _refused(
            _("A PostgreSQL database is restored by pg_restore, which is not on this machine."),
            _("Install the PostgreSQL client, or run pg_restore where it is, into an empty database."),
        )
    with database.reading() as session:
        connection = session.connection()
        if inspect(connection).get_table_names():
            raise _there_already(_plain(database.url))
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        if connection.execute(text(others)).scalar_one():
            raise _refused(_("Others are connected to this database."), _("Let everybody leave it first."))
    command = ["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run(
        database.url,
        [*command, f"--dbname={_plain(database.url)}", str(source)],
        _("The restore failed and nothing was written: {reason}."),
    )
    refuse_newer(version(database))


def _refused(message: str, mend: str) -> Refused:
    return Refused("DB-4", message, mend=mend, field="file")

"""What the database's driver or the machine reports, as one plain sentence with what to do (DB-5)."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Outage

KEPT = N_("What you typed stays here; try again.")
AWAY = (N_("The database does not answer."), KEPT)
BUSY = (N_("The database is busy."), KEPT)
FULL = (N_("The disk is full: nothing was written."), N_("Free some space, then try again; what you typed stays here."))
READ_ONLY = (
    N_("The database cannot be written: nothing was changed."),
    N_("Look at the rights of its file or of its user; what you typed stays here."),
)
GONE = (N_("The database file cannot be opened."), N_("Look whether its folder is there and may be written."))
DAMAGED = (
    N_("The database file is damaged."),
    N_("`ordersdesk check` says where; `ordersdesk restore` brings a backup."),
)
DISK = (
    N_("The disk reports an error: nothing is known of what was to be written."),
    N_("Look at the disk, then look again."),
)
STRANGER = (N_("The database does not let this desk in."), N_("Look at the user and password of --db."))
MANY = (N_("Too many desks are open for the database."), N_("Close one, or raise max_connections of the server."))
REPLACED = (
    N_("The database file was moved, deleted or replaced while this desk was open: nothing was written."),
    N_("Leave the desk and open it again; a backup is brought back by `ordersdesk restore` only."),
)
UNKNOWN = (
    N_("The database went away in the middle: it is not known whether this was done."),
    N_("Look at the document before you do it again."),
)

Words = tuple[str, str]
# SQLite's primary result codes, by the name the driver gives them.
_SQLITE: Mapping[str, Words] = {
    "SQLITE_FULL": FULL, "SQLITE_READONLY": READ_ONLY, "SQLITE_PERM": READ_ONLY, "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY, "SQLITE_PROTOCOL": BUSY, "SQLITE_CANTOPEN": GONE, "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED, "SQLITE_IOERR": DISK,
}  # fmt: skip
# PostgreSQL's codes, by their beginning; the longest that fits counts.
_SERVER: Mapping[str, Words] = {
    "08": AWAY, "57P": AWAY, "53100": FULL, "53300": MANY, "53": BUSY, "55P03": BUSY, "57014": BUSY, "25006": READ_ONLY,
    "42501": READ_ONLY, "28": STRANGER, "3D000": STRANGER, "58": DISK, "XX001": DAMAGED, "XX002": DAMAGED,
    "40001": BUSY, "40P01": BUSY,
}  # fmt: skip
_FILES: Mapping[int, Words] = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY, errno.EPERM: READ_ONLY,
    errno.EIO: DISK, errno.ENOENT: GONE, errno.ENOTDIR: GONE, errno.EISDIR: GONE,
}  # fmt: skip
_PASSING = (AWAY, BUSY, MANY)
DRIVER = (DBAPIError, PoolTimeout, sqlite3.Error)  # a transaction of SQLite begins on the driver's own connection


def outage(error: BaseException) -> Outage | None:
    """Return what an error of driver or machine means to a person; None when it is a fault of the program."""
    words = _words(error)
    return Outage("DB-5", _(words[0]), mend=_(words[1]), passes=words in _PASSING) if words else None


def of_machine(error: OSError) -> Outage:
    """Return what an error about a file of somebody's, not of the database, means: the file and the reason."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Outage("DB-5", _(FULL[0]), mend=_(FULL[1]))
    text = _("{file}: {reason}").format(file=error.filename or "–", reason=reason(error))
    return Outage("DB-5", text, mend=_("Look at the folder and its rights, or choose another."))


def replaced() -> Outage:
    """Return the outage of a file that is not the one this desk opened."""
    return Outage("DB-6", _(REPLACED[0]), mend=_(REPLACED[1]))


def unknown_outcome() -> Outage:
    """Return the outage of a commit that nobody answered: done or not, and only the rows know."""
    return Outage("DB-5", _(UNKNOWN[0]), mend=_(UNKNOWN[1]), is_unknown=True)


@contextmanager
def plainly(*errors: type[BaseException]) -> Generator[None, None, None]:
    """Raise the outage instead of the error of one of these kinds that it comes from."""
    try:
        yield
    except errors as error:
        found = outage(error)
        if found is None:
            raise
        raise found from error


def _words(error: BaseException) -> Words | None:
    if isinstance(error, PoolTimeout):
        return BUSY
    if isinstance(error, OSError):
        return _FILES.get(error.errno or 0)
    if not isinstance(error, DBAPIError):
        return _of_driver(error) if isinstance(error, sqlite3.Error) else None
    if error.connection_invalidated:
        return AWAY
    return _of_driver(error.orig)


def _of_driver(error: BaseException | None) -> Words | None:
    if name := getattr(error, "sqlite_errorname", ""):
        return next((words for code, words in _SQLITE.items() if str(name).startswith(code)), None)
    state = getattr(error, "sqlstate", None)
    if state:
        fitting = [code for code in _SERVER if str(state).startswith(code)]
        return _SERVER[max(fitting, key=len)] if fitting else None
    name, driver = type(error).__name__, type(error).__module__.partition(".")[0]
    if driver == "sqlite3":  # a text that is none, or a file that is no database, comes without a code
        return DAMAGED if name in ("OperationalError", "DatabaseError") else None
    return AWAY if name == "OperationalError" else None  # without a code there was no server to give one

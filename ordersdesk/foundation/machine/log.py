"""The log of a home: one fact a line, for whoever keeps a site running; it names no person and nothing anybody typed.

`desk.db` and its timelines say who did what; this says how the program fared. Several desks share the file.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

try:
    import fcntl
except ImportError:  # Windows: desks of one home turn the page one after the other only by luck
    fcntl = None

NAME = "ordersdesk.log"
PAGE = 1_000_000  # bytes before a page is turned
PAGES = 5  # old ones that are kept
# What a fact may tell besides its name. A user is told by the id, never by login or name.
PARTICULARS = frozenset(
    [
        "attempt",
        "bytes",
        "changed",
        "checks",
        "code",
        "command",
        "database",
        "exit",
        "faults",
        "kind",
        "milliseconds",
        "report",
        "rows",
        "rule",
        "schema",
        "screen",
        "user",
        "version",
    ]
)
_TOKEN = re.compile(r"[\w.:/+-]{1,60}", re.ASCII)
_LOG = logging.getLogger("ordersdesk")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False
# What drivers say of a lost connection, with what was being written, is neither for a screen nor for the log.
for _library in ("sqlalchemy", "psycopg"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def note(fact: str, **particulars: str | int) -> None:
    """Write one fact with its particulars, at the level of everyday life; unfit values are left out as "?"."""
    _write(logging.INFO, fact, particulars)


def warn(fact: str, **particulars: str | int) -> None:
    """Write a fact somebody should look into."""
    _write(logging.WARNING, fact, particulars)


def _write(level: int, fact: str, particulars: dict[str, str | int]) -> None:
    told = [f"{name}={_token(value)}" for name, value in particulars.items() if value != ""]
    _LOG.log(level, "%s", " ".join([fact, *told]))


def _token(value: str | int) -> str:
    return str(value) if isinstance(value, int) or _TOKEN.fullmatch(value) else "?"


def keep(home: Path, *, verbose: bool = False) -> None:
    """From now on write the log of this home, and with `verbose` to stderr as well."""
    stop()
    handlers: list[logging.Handler] = [_Pages(home / NAME)]
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_Line("%(asctime)s.%(msecs)03dZ %(process)d %(levelname)s %(message)s"))
        _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.disabled = False  # a library that arranges its own logging switches others' off


def stop() -> None:
    """Write no log any more."""
    for handler in [handler for handler in _LOG.handlers if not isinstance(handler, logging.NullHandler)]:
        _LOG.removeHandler(handler)
        handler.close()


class _Line(logging.Formatter):
    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Write the time as UTC; the milliseconds stand in the format."""
        return super().formatTime(record, datefmt or self.default_time_format)


class _Pages(RotatingFileHandler):
    """Pages only their owner reads, turned by one desk for all that write on them; a full disk stops nobody."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=PAGE, backupCount=PAGES, encoding="utf-8", delay=True)
        self.path = path

    def _open(self) -> Any:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        return os.fdopen(os.open(self.path, flags, 0o600), "a", encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; nothing where no home is."""
        if self.path.parent.is_dir():
            self._follow()
            super().emit(record)

    def _follow(self) -> None:
        """Go on where the others write: another desk may have turned the page."""
        try:
            same = self.stream and os.fstat(self.stream.fileno()).st_ino == self.path.stat().st_ino
        except OSError:
            same = False
        if self.stream and not same:
            self.stream.close()
            self.stream = None  # type: ignore[assignment]

    def doRollover(self) -> None:
        """Turn the page, unless another desk was quicker."""
        with _turn(self.path):
            self._follow()
            if not self.path.exists() or self.path.stat().st_size >= PAGE:
                super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:
        """A line that cannot be written is lost; the desk is not."""


@contextmanager
def _turn(path: Path) -> Generator[IO[bytes] | None]:
    if fcntl is None:
        yield None
        return
    with path.with_name(f"{NAME}.lock").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield gate

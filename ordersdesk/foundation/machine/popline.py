"""The line by which a telephone pops the intake of a running desk: one JSON line to a socket only its owner can open.

A softphone runs `ordersdesk call NUMBER` at every ring, so this module loads nothing but the standard library.
Who rings is proven by the system: nobody but the account that runs the desk opens its line, and whoever sits there has
signed in (USR-1). A ring writes nothing; the call is the agent's from the key that takes it.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

LONGEST = 4096  # bytes of a line: a number, not a novel
PATIENCE = 3.0  # seconds a ringing telephone waits for the desk
SOCKET_PATH = 100  # bytes the system allows for the path of a socket, with room to spare
_PREFIX, _SUFFIX = "desk-", ".socket"


def line_of(home: Path, login: str) -> Path:
    """Return where the desk of this user listens."""
    return home / f"{_PREFIX}{re.sub(r'[^a-z0-9._-]', '_', login.lower())}{_SUFFIX}"


def lines(home: Path) -> list[Path]:
    """Return where desks of this home listen, or listened before they were killed."""
    return sorted(home.glob(f"{_PREFIX}*{_SUFFIX}")) if home.is_dir() else []


def listening(home: Path) -> list[str]:
    """Return whose desks of this home are open now; a desk that was killed left only its socket."""
    answering = [path for path in lines(home) if has_lines() and _rings(path)]
    return [path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX) for path in answering]


def has_lines() -> bool:
    """Say whether this system has the sockets a desk listens on."""
    return hasattr(socket, "AF_UNIX")


@contextmanager
def reachable(path: Path) -> Generator[str]:
    """Give an address of the socket that is short enough for the system, however deep the home lies."""
    if len(os.fsencode(path)) <= SOCKET_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def message(number: str) -> bytes:
    """Return the line that pops the intake for a number."""
    return json.dumps({"call": number[:200]}, ensure_ascii=True).encode() + b"\n"


def number_in(line: bytes) -> str | None:
    """Return the number a line asks for, nothing when it is no such line."""
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    number: Any = said.get("call") if isinstance(said, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return number if isinstance(number, str) and number.isprintable() else None


def pop(home: Path, number: str, *, login: str = "") -> str:
    """Pop the intake of a running desk and return whose; refused (CAL-1) when none takes the call.

    Without a login it is the one desk that runs, else that of the system's user.
    """
    if not has_lines():
        raise Refused("CAL-1", _("This system has no sockets to reach a desk by."), mend=_("Type the number instead."))
    tried = [line_of(home, login)] if login else lines(home)
    answered = [path for path in tried if _rings(path)]
    if len(answered) > 1:
        own = line_of(home, os.environ.get("USER") or os.environ.get("LOGNAME") or "")
        answered = [path for path in answered if path == own]
        if not answered:
            raise Refused("CAL-1", _("Several desks are running."), mend=_("Name one with --user LOGIN."))
    if not answered or not _said(answered[0], number):
        raise Refused(
            "CAL-1",
            _("No desk of {user} is running in {home}.").format(user=login or _("anybody"), home=home),
            mend=_("Start it with `ordersdesk desk` and sign in."),
        )
    return answered[0].name.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def _rings(path: Path) -> bool:
    try:
        with _connected(path):
            return True
    except OSError:
        return False


def _said(path: Path, number: str) -> bool:
    try:
        with _connected(path) as line:
            line.sendall(message(number))
            return json.loads(line.makefile("rb").readline(LONGEST)).get("ok") is True
    except (OSError, ValueError, RecursionError, AttributeError):  # whoever listens there need not be a desk
        return False


@contextmanager
def _connected(path: Path) -> Generator[socket.socket]:
    with reachable(path) as address, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        line.connect(address)
        yield line

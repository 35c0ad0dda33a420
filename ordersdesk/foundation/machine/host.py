"""Where the program runs: the machine, the account of it, and the door these two are to whoever signs in (USR-6)."""

from __future__ import annotations

import getpass
import os
import platform


def machine_name() -> str:
    """Return the machine's name."""
    return platform.node()[:60]


def machine_user() -> str:
    """Return the account of the machine the program runs as."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(getattr(os, "getuid", lambda: "")())


def this_door() -> str:
    """Return the door one comes in by here: wrong passwords close this one and no other."""
    return f"{machine_user()}@{machine_name()}"

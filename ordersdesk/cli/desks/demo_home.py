"""The home of the demo desk: whether it is made, who may come in, and the process that makes it."""

from __future__ import annotations

import csv
import subprocess
import sys

from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.data import data_path

BEGUN = "demo-is-being-made"  # written first: only what carries one of the two marks is thrown away
MARK = "demo-is-complete"  # written last: a demo that was interrupted while it was made is made again


def is_made(setting: Setting) -> bool:
    """Tell whether the demo is there, whole."""
    return (setting.home / MARK).exists()


def make_apart(setting: Setting) -> int:
    """Make the demo in a process of its own, whose memory the desk does not inherit; return its exit code."""
    command = [sys.executable, "-m", "ordersdesk.cli.desks.demonstrating", str(setting.home), setting.language]
    return subprocess.run(command, check=False).returncode


def guests() -> list[tuple[str, str]]:
    """Return who may sign in at the demo, each with the name (N_) of a role: one for each role."""
    with data_path("demo", "users.csv").open(encoding="utf-8", newline="") as users:
        rows = [(row["login"], row["roles"].split()[0]) for row in csv.DictReader(users)]
    return list({role: (login, ROLE_NAMES[role]) for login, role in reversed(rows)}.values())[::-1]

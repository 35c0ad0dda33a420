"""`ordersdesk demo`: a desk filled with the demo data, made once."""

from __future__ import annotations

import csv
import shutil

from ordersdesk.cli.founding import made
from ordersdesk.cli.setting import Setting
from ordersdesk.cli.telling import progress
from ordersdesk.files.demo import LOGIN, PASSWORD, load
from ordersdesk.foundation.data import data_path
from ordersdesk.foundation.language import _
from ordersdesk.foundation.own_files import own_in, private_folder
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import ROLE_NAMES

BEGUN = "demo-is-being-made"  # written first: only what carries one of the two marks is thrown away
MARK = "demo-is-complete"  # written last: a demo that was interrupted while it was made is made again


def make_demo(setting: Setting, *, fresh: bool) -> tuple[str, str]:
    """Make the demo desk unless it is there, and return the login and password to sign in with."""
    mark = setting.home / MARK
    if fresh or not mark.exists():
        _throw_away(setting)
        private_folder(setting.home)
        (setting.home / BEGUN).touch()
        desk = made(setting)
        with progress(_("making the demo desk, this once")) as step:
            load(desk, told=lambda _part, done, parts: step(done, parts))
        desk.database.close()
        mark.touch()
    return LOGIN, PASSWORD


def guests() -> list[tuple[str, str]]:
    """Return who may sign in at the demo, each with the name (N_) of a role: one for each role."""
    with data_path("demo", "users.csv").open(encoding="utf-8", newline="") as users:
        rows = [(row["login"], row["roles"].split()[0]) for row in csv.DictReader(users)]
    return list({role: (login, ROLE_NAMES[role]) for login, role in reversed(rows)}.values())[::-1]


def _throw_away(setting: Setting) -> None:
    """Delete an old demo desk and nothing else; refused (CLI-2) when the folder does not say that it is one."""
    home = setting.home
    if not home.exists():
        return
    if any(home.iterdir()) and not any((home / mark).exists() for mark in (BEGUN, MARK)):
        raise Refused(
            "CLI-2",
            _("{folder} holds something else than a demo desk.").format(folder=home),
            mend=_("Choose another place with --home DIR; the demo is made in DIR/demo."),
        )
    marks = [home / BEGUN, home / MARK]
    for path in sorted({*own_in(home), home / "papers"} - {*marks, home / "policy.toml", home / "forms"}):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for mark in marks[::-1]:  # last: killed in the middle, the folder still says what it is
        mark.unlink(missing_ok=True)

"""`ordersdesk init` and `restore`: from nothing, or from a backup, to a desk one can sign in at."""

from __future__ import annotations

from pathlib import Path

from ordersdesk.check import Checked, check
from ordersdesk.cli.kit.opening import at_work, by_itself
from ordersdesk.cli.kit.passwords import VARIABLE, new_password
from ordersdesk.cli.kit.setting import Setting
from ordersdesk.cli.kit.telling import progress, say, tell_json
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.machine.own_files import is_all_own, keep_private
from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.backup import restore
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD
from ordersdesk.foundation.texts.language import _, ngettext
from ordersdesk.people import actions, queries


def found(setting: Setting, *, login: str, name: str, from_stdin: bool) -> None:
    """Make home, database and first administrator; what is there already stays as it is."""
    desk = made(setting)
    users = [account.login for account in queries.accounts(desk)]
    if not users:
        password = new_password(login, from_stdin=from_stdin, variable=VARIABLE)
        first = actions.NewUser(login, name, ("admin", "manager"))
        actions.add_first(desk, first, actions.hashed_password(desk, password))
    if setting.json:
        tell_json({"home": str(setting.home), "created": not users, "users": users or [login]})
    elif users:
        text = ngettext(
            "This desk is there already, with {count} user; nothing was changed.",
            "This desk is there already, with {count} users; nothing was changed.",
            len(users),
        )
        say(text.format(count=len(users)))
    else:
        say(_("The desk in {home} is ready. Sit down: ordersdesk desk").format(home=setting.home))


def restored(setting: Setting, file: Path) -> tuple[str, list[Checked]]:
    """Make a desk of a backup and prove it; return its schema and, when it is this program's, what the checks found."""
    _make_folders(setting)
    database = Database(setting.url)
    with progress(_("restoring")) as step:
        schema = restore(file, database, home=setting.home, step=step)
    if schema != HEAD:
        return schema, []
    with progress(_("checking")) as step:
        return schema, check(by_itself(at_work(setting, database)), step=step)


def _make_folders(setting: Setting) -> None:
    setting.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_all_own(setting.home):  # what holds other things as well is somebody's: its files alone are shut
        keep_private(setting.home)
    if setting.file is not None:
        setting.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def made(setting: Setting) -> Desk:
    """Return a desk with its tables made, the program itself at it; files are for their owner only."""
    _make_folders(setting)
    if setting.file is not None:
        setting.file.touch(mode=0o600)
    database = Database(setting.url)
    upgrade(database)
    return by_itself(at_work(setting, database))

"""Opening the desk a command is about: its database, its policy, and who acts."""

from __future__ import annotations

import getpass

from ordersdesk.cli.setting import Setting, refuse_missing
from ordersdesk.foundation.clock import SystemClock
from ordersdesk.foundation.database import Database
from ordersdesk.foundation.desk import NOBODY, SYSTEM, Desk
from ordersdesk.foundation.language import _
from ordersdesk.foundation.policy import load
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.schema import refuse_unknown
from ordersdesk.people import queries as people


def at_work(setting: Setting, database: Database) -> Desk:
    """Return a desk over a database with nobody at it, under the site's policy."""
    policy = load(setting.policy_file)
    return Desk(user=NOBODY, branch=policy.branch.code, clock=SystemClock(), policy=policy, database=database)


def opened(setting: Setting) -> Desk:
    """Open a desk with nobody at it; refused (DB-2) when its schema is not this program's."""
    refuse_missing(setting)
    database = Database(setting.url)
    refuse_unknown(database)
    return at_work(setting, database)


def acting(setting: Setting) -> Desk:
    """Open a desk with the user at it for whom the command acts (USR-1)."""
    desk = opened(setting)
    wanted = [setting.user.strip().lower()] if setting.user else [_system_login(), "admin"]
    with desk.reading() as session:
        found = next(filter(None, (people.account(session, login) for login in wanted)), None)
    if found is None or not found.is_active:
        raise Refused(
            "USR-1",
            _("There is no user “{login}”.").format(login=wanted[-1][:40]),
            mend=_("Say who acts with --user LOGIN; `ordersdesk users list --user LOGIN` names all."),
            field="user",
        )
    return desk.signed_in(found.actor())


def by_itself(desk: Desk) -> Desk:
    """Return the desk with the program itself at it, for making a desk before anybody is there."""
    return desk.signed_in(SYSTEM)


def _system_login() -> str:
    try:
        return getpass.getuser().lower()
    except (OSError, KeyError):
        return ""

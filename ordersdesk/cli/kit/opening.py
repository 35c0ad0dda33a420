"""Opening the desk a command is about: its database, its policy, and who acts."""

from __future__ import annotations

from ordersdesk.cli.kit.setting import Setting, refuse_missing
from ordersdesk.foundation.desk import NOBODY, SYSTEM, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.policy.roles import MACHINES, Role
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import refuse_unknown
from ordersdesk.foundation.time.clock import SystemClock
from ordersdesk.people.queries import proven
from ordersdesk.people.rules import for_programs


def at_work(setting: Setting, database: Database) -> Desk:
    """Return a desk over a database with nobody at it, under the site's policy."""
    policy = load(setting.policy_file)
    return Desk(NOBODY, policy.branch.code, SystemClock(), policy, database, proven)


def opened(setting: Setting) -> Desk:
    """Open a desk with nobody at it; refused (DB-2) when its schema is not this program's."""
    refuse_missing(setting)
    database = Database(setting.url, is_made=True)
    refuse_unknown(database)
    return at_work(setting, database)


def acting(setting: Setting, *machines: Role) -> Desk:
    """Open a desk with whoever acts at it, proven (USR-1); a program's account only where its role is named."""
    from ordersdesk.cli.kit.proving import prove

    desk = prove(opened(setting), setting).desk
    if desk.user.roles & MACHINES and not desk.user.roles & set(machines):
        raise for_programs(desk.user.login)
    return desk


def by_itself(desk: Desk) -> Desk:
    """Return the desk with the program itself at it, for making a desk before anybody is there."""
    return desk.signed_in(SYSTEM)

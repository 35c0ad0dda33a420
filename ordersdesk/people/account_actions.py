"""What an administrator does with users who are there: roles, group, name, dismissal and return (USR-7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.people import queries, rules
from ordersdesk.people.actions import hashed_password
from ordersdesk.people.names import forget
from ordersdesk.people.queries import USER, Account

ALL_ENDED = {"credentials": USER.c.credentials + 1}  # whatever was signed in before is signed out


@action
def set_roles(desk: Desk, session: Session, login: str, roles: Iterable[str]) -> tuple[str, ...]:
    """Give a user other roles and return them; they count from their next action on (USR-1)."""
    found = _held(desk, session, login, doing=_("change roles"))
    wanted = rules.checked_roles(roles)
    if Role.ADMIN in found.roles and Role.ADMIN not in wanted:
        _refuse_last_administrator(session, found)
    _change(desk, session, found, "roles changed", {"roles": wanted}, {"roles": [list(found.roles), wanted]})
    return tuple(wanted)


@action
def set_group(desk: Desk, session: Session, login: str, group: str) -> str:
    """Put a user into a group of the centre, or into none, and return it (USR-3)."""
    found = _held(desk, session, login, doing=_("change groups"))
    wanted = rules.checked_group(group)
    _change(desk, session, found, "group changed", {"group": wanted}, {"group": [found.group, wanted]})
    return wanted


@action
def rename(desk: Desk, session: Session, login: str, name: str) -> str:
    """Give a user another name and return it; the login stays, since stories name it."""
    found = _held(desk, session, login, doing=_("change names"))
    wanted = clean(name, field="name", longest=60)
    if not wanted:
        raise Refused("USR-7", _("A user needs a name."), mend=_("Type the name callers hear."), field="name")
    _change(desk, session, found, "name changed", {"name": wanted}, {"name": [found.name, wanted]})
    forget(desk.database)
    return wanted


@action
def end_sign_ins(desk: Desk, session: Session, login: str) -> str:
    """End every sign-in of a user, at desks and on command lines, and return the name; one's own, or by an admin."""
    if login.strip().lower() != desk.user.login:
        desk.needs(Role.ADMIN, doing=_("end the sign-ins of others"))
    found = _known(session, login)
    _change(desk, session, found, "all sign-ins ended", ALL_ENDED)
    return found.name


def reinstate(desk: Desk, *, login: str, password: str) -> str:
    """Take a dismissed user on again with a new password, and return the name."""
    return _reinstate(desk, login, hashed_password(desk, password))


@action
def _reinstate(desk: Desk, session: Session, login: str, hashed: str) -> str:
    found = _held(desk, session, login, doing=_("take users on again"))
    if found.is_active:
        message = _("{name} works here.").format(name=found.name)
        raise Refused("USR-7", message, mend=_("Look at the list of users."), field="login")
    values = {"is_active": True, "password_hash": hashed, "failures": 0, "locked_until": None, **ALL_ENDED}
    _change(desk, session, found, "reinstated", values)
    return found.name


def dismiss_within(desk: Desk, session: Session, login: str, *, reason: str) -> Account:
    """Dismiss a user and return them as they were; their sign-ins end with this. Joins the caller's transaction."""
    found = _held(desk, session, login, doing=_("dismiss users"))
    if found.id == desk.user.id:
        raise Refused(
            "USR-7",
            _("Nobody dismisses themselves."),
            mend=_("Another administrator does it."),
            field="login",
        )
    if not found.is_active:
        message = _("{name} is dismissed already.").format(name=found.name)
        raise Refused("USR-7", message, mend=_("Look at the list of users."), field="login")
    _refuse_last_administrator(session, found)
    _change(desk, session, found, "dismissed", {"is_active": False, **ALL_ENDED}, note=reason)
    return found


def recover(desk: Desk, *, login: str, password: str, machine: str, machine_user: str) -> str:
    """Let somebody in as administrator who has the database but no administrator, and return the name (USR-1).

    The way back in when the last administrator is gone: it stands in the user's story with machine and account, and
    every administrator is told at their next sign-in.
    """
    checked, hashed = rules.checked_login(login), hashed_password(desk, password)
    return _recover(desk, checked, hashed, {"machine": machine, "machine_user": machine_user})


@action
def _recover(desk: Desk, session: Session, login: str, hashed: str, by: Mapping[str, str]) -> str:
    found = _known(session, login)
    roles = rules.checked_roles({*found.roles, Role.ADMIN})
    values = {"password_hash": hashed, "roles": roles, "is_active": True, "failures": 0, "locked_until": None}
    _change(desk, session, found, queries.RECOVERED, {**values, **ALL_ENDED}, by, note=login)
    return found.name


def _held(desk: Desk, session: Session, login: str, *, doing: str) -> Account:
    desk.needs(Role.ADMIN, doing=doing)
    return _known(session, login)


def _known(session: Session, login: str) -> Account:
    found = queries.account(session, login.strip().lower(), lock=True)
    if found is None:
        raise rules.unknown(login)
    return found


def _refuse_last_administrator(session: Session, leaving: Account) -> None:
    """Refuse (USR-7) to leave a desk without anybody who may add users; two who go at once wait for each other."""
    others = (one for one in queries.accounts_within(session, lock=True) if one.id != leaving.id)
    if Role.ADMIN in leaving.roles and not any(one.is_active and Role.ADMIN in one.roles for one in others):
        raise Refused(
            "USR-7",
            _("{name} is the last administrator.").format(name=leaving.name),
            mend=_("Make somebody else an administrator first."),
            field="login",
        )


def _change(
    desk: Desk,
    session: Session,
    user: Account,
    verb: str,
    values: Mapping[str, Any],
    details: Mapping[str, Any] | None = None,
    *,
    note: str = "",
) -> None:
    session.connection().execute(update(USER).where(USER.c.id == user.id).values(**values))
    record(desk, session, "user", user.id, verb, rule="USR-7", note=note, details=details)

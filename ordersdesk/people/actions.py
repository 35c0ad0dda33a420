"""The verbs about users: add one, give a password, sign in, unlock an idle desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import case, insert, literal, update
from sqlmodel import Session

from ordersdesk.foundation import hashing
from ordersdesk.foundation.columns import Moment
from ordersdesk.foundation.desk import Actor, Desk, action
from ordersdesk.foundation.documents import record, table_of
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role
from ordersdesk.foundation.texts import clean
from ordersdesk.people import queries, rules
from ordersdesk.people.tables import User

_USER = table_of(User)


@cache
def _decoy() -> str:
    return hashing.hashed("nobody")


def add_user(desk: Desk, *, login: str, name: str, roles: Iterable[str], password: str, language: str = "en") -> int:
    """Add a user and return the id (USR-1); only an administrator may."""
    desk.needs(Role.ADMIN, doing=_("add a user"))
    row: dict[str, object] = {
        "login": rules.checked_login(login),
        "name": clean(name, field="name", longest=60) or login,
        "roles": rules.checked_roles(roles),
        "password_hash": _hashed(desk, password),
        "language": language,
        "is_active": True,
        "failures": 0,
        "created_at": desk.now(),
    }
    return _insert_user(desk, row)


@action
def _insert_user(desk: Desk, session: Session, row: dict[str, object]) -> int:
    login = str(row["login"])
    if queries.account(session, login) is not None:
        raise Refused(
            "USR-1",
            _("There is a user “{login}” already.").format(login=login),
            mend=_("Choose another name."),
            field="login",
        )
    session.connection().execute(insert(_USER), row)
    added = queries.account(session, login)
    assert added is not None
    record(desk, session, "user", added.id, "added", note=login)
    return added.id


@dataclass(frozen=True)
class NewUser:
    """A user as a file names one."""

    login: str
    name: str
    roles: tuple[str, ...]
    language: str = "en"


def add_users_within(desk: Desk, session: Session, users: Iterable[NewUser], *, password: str) -> int:
    """Add users who share one password and return how many were new; joins the caller's transaction.

    The password may be shorter than the policy allows: this is for desks that hold nothing but a demo.
    """
    desk.needs(Role.ADMIN, doing=_("add a user"))
    hashed = hashing.hashed(password)
    new = [user for user in users if queries.account(session, user.login) is None]
    for user in new:
        row: dict[str, object] = {
            "login": rules.checked_login(user.login),
            "name": clean(user.name, field="name", longest=60) or user.login,
            "roles": rules.checked_roles(user.roles),
            "password_hash": hashed,
            "language": user.language,
            "is_active": True,
            "failures": 0,
            "created_at": desk.now(),
        }
        session.connection().execute(insert(_USER), row)
    return len(new)


def set_password(desk: Desk, *, login: str, password: str) -> None:
    """Give a user a new password and lift a lock (USR-6); for oneself or by an administrator."""
    if desk.user.login != login:
        desk.needs(Role.ADMIN, doing=_("change another user's password"))
    _store_password(desk, rules.checked_login(login), _hashed(desk, password))


@action
def _store_password(desk: Desk, session: Session, login: str, hashed: str) -> None:
    found = queries.account(session, login)
    if found is None:
        raise Refused(
            "USR-1",
            _("There is no user “{login}”.").format(login=login),
            mend=_("Choose another name."),
            field="login",
        )
    values = {"password_hash": hashed, "failures": 0, "locked_until": None}
    session.connection().execute(update(_USER).where(_USER.c.id == found.id).values(**values))
    record(desk, session, "user", found.id, "password changed", note=login)


def _hashed(desk: Desk, password: str) -> str:
    return hashing.hashed(rules.checked_password(password, shortest=desk.policy.users.shortest_password))


def sign_in(desk: Desk, *, login: str, password: str) -> Desk:
    """Return the desk with this user at it; refused (USR-6) on a wrong password or a locked account."""
    name = login.strip().lower()
    with desk.reading() as session:
        found = queries.account(session, name)
    if found is not None:
        rules.refuse_locked(found.locked_until, desk.now())
    right = hashing.matches(found.password_hash if found else _decoy(), password)
    if found is None or not found.is_active or not right:
        if found is not None:
            _count_failure(desk, found.actor())
        raise Refused("USR-6", _("User name or password is wrong."), mend=_("Try again."), field="password")
    if found.failures:
        _forget_failures(desk, found.id)
    return desk.signed_in(found.actor())


@action
def _count_failure(desk: Desk, session: Session, who: Actor) -> None:
    """Count a wrong password; committed although the sign-in is refused."""
    limit = desk.policy.users.failures
    until = desk.now() + timedelta(minutes=desk.policy.users.lock_minutes)
    full = _USER.c.failures + 1 >= limit
    values = {
        "failures": case((full, 0), else_=_USER.c.failures + 1),
        "locked_until": case((full, literal(until, Moment)), else_=_USER.c.locked_until),
    }
    session.connection().execute(update(_USER).where(_USER.c.id == who.id).values(**values))
    record(desk.signed_in(who), session, "user", who.id, "wrong password", rule="USR-6")


@action
def _forget_failures(desk: Desk, session: Session, user_id: int) -> None:
    session.connection().execute(update(_USER).where(_USER.c.id == user_id).values(failures=0, locked_until=None))

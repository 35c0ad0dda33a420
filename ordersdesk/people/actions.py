"""The verbs of signing in, and of adding users: who may come in, and with which password."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from sqlalchemy import insert, update
from sqlmodel import Session

from ordersdesk.foundation.desk import SYSTEM, Actor, Desk, action, action_by_any_clock
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.machine import hashing
from ordersdesk.foundation.machine.host import this_door
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.people import queries, rules
from ordersdesk.people.names import forget
from ordersdesk.people.queries import USER


@cache
def _decoy() -> str:
    return hashing.hashed("nobody")


@dataclass(frozen=True)
class NewUser:
    """A user as somebody names one."""

    login: str
    name: str
    roles: tuple[str, ...]
    language: str = "en"
    group: str = ""


def add_user(
    desk: Desk,
    *,
    login: str,
    name: str,
    roles: Iterable[str],
    password: str,
    language: str = "en",
    group: str = "",
) -> int:
    """Add a user and return the id (USR-1); only an administrator may."""
    return _add_user(desk, NewUser(login, name, tuple(roles), language, group), hashed_password(desk, password))


@action
def _add_user(desk: Desk, session: Session, user: NewUser, hashed: str) -> int:
    desk.needs(Role.ADMIN, doing=_("add a user"))
    return _insert(desk, session, user, hashed)


def _insert(desk: Desk, session: Session, user: NewUser, hashed: str, *, is_open: bool = False) -> int:
    login = rules.checked_login(user.login)
    if queries.account(session, login) is not None:
        raise Refused(
            "USR-1",
            _("There is a user “{login}” already.").format(login=login),
            mend=_("Choose another name."),
            field="login",
        )
    row: dict[str, object] = {
        "login": login,
        "name": clean(user.name, field="name", longest=60) or login,
        "roles": rules.checked_roles(user.roles),
        "group": rules.checked_group(user.group),
        "password_hash": hashed,
        "credentials": 1,
        "language": user.language,
        "is_active": True,
        "is_open": is_open,
        "failures": 0,
        "recoveries_told": 0,
        "created_at": desk.now(),
    }
    session.connection().execute(insert(USER), row)
    added = queries.account(session, login)
    assert added is not None
    record(desk, session, "user", added.id, "added", note=login)
    forget(desk.database)
    return added.id


@action
def add_first(desk: Desk, session: Session, user: NewUser, hashed: str) -> bool:
    """Add the first administrator of a new desk by the program itself; False when there are users already."""
    queries.alone(session)
    if queries.accounts_within(session):
        return False
    _insert(desk, session, user, hashed)
    return True


def add_users_within(
    desk: Desk, session: Session, users: Iterable[NewUser], *, password: str, is_open: bool = False
) -> int:
    """Add users who share one password and return how many were new; joins the caller's transaction.

    The password may be shorter than the policy allows, and commands may take them at their word (`is_open`): this is
    for desks that hold nothing but a demo.
    """
    desk.needs(Role.ADMIN, doing=_("add a user"))
    hashed = hashing.hashed(password)
    new = [user for user in users if queries.account(session, user.login) is None]
    for user in new:
        _insert(desk, session, user, hashed, is_open=is_open)
    return len(new)


def set_password(desk: Desk, *, login: str, password: str, old: str = "") -> None:
    """Give a user a new password, lift a lock and end their sign-ins (USR-6); by an administrator.

    One's own is changed by whoever knows the `old` one, not by whoever comes to an open desk.
    """
    name, hashed = rules.checked_login(login), hashed_password(desk, password)
    if name == desk.user.login:
        _prove_again(desk, old)
    _store_password(desk, name, hashed)


def _prove_again(desk: Desk, password: str) -> None:
    try:
        sign_in(desk, login=desk.user.login, password=password, door=this_door())
    except Refused as no:
        raise Refused("USR-6", _("Your password is another one."), mend=no.mend, field="old") from no


@action
def _store_password(desk: Desk, session: Session, login: str, hashed: str) -> None:
    if desk.user.login != login:
        desk.needs(Role.ADMIN, doing=_("change another user's password"))
    found = queries.account(session, login, lock=True)
    if found is None:
        raise rules.unknown(login)
    values = {"password_hash": hashed, "failures": 0, "locked_until": None, "credentials": USER.c.credentials + 1}
    session.connection().execute(update(USER).where(USER.c.id == found.id).values(**values))
    record(desk, session, "user", found.id, "password changed", note=login)


def hashed_password(desk: Desk, password: str) -> str:
    """Return what is stored of a new password; refused (USR-6) when it is too short."""
    return hashing.hashed(rules.checked_password(password, shortest=desk.policy.users.shortest_password))


def sign_in(desk: Desk, *, login: str, password: str, door: str = "") -> Desk:
    """Return the desk with this user at it; refused (USR-6), always in the same words, when they do not come in.

    A wrong password, a name nobody has, a locked and a dismissed account are answered alike: whoever guesses learns
    nothing of who works here. Wrong passwords, wherever they are typed, close the account at every door but those where
    its user has come in before: nobody guesses from door to door, and nobody locks others out of their own desk.
    """
    name = login.strip().lower()
    with desk.reading() as session:
        found = queries.account(session, name)
        is_locked = found is not None and queries.locked_at(desk, session, found, door) is not None
        is_new = found is not None and not queries.has_come_in(session, found.id, door)
    right = hashing.matches(found.password_hash if found else _decoy(), password)
    if found is None or is_locked or not found.is_active or not right:
        if found is not None and not is_locked and not right:
            _count_failure(desk.signed_in(SYSTEM), found.actor(), door)
        raise _kept_out(desk)
    if found.failures or is_new:
        # Whoever is right comes in, also while the book takes nothing: the door is remembered the next time.
        with suppress(Outage):
            _come_in(desk.signed_in(SYSTEM), found.actor(), door)
    return desk.signed_in(found.actor())


def _kept_out(desk: Desk) -> Refused:
    users = desk.policy.users
    mend = _(
        "Try again; {failures} wrong ones lock an account here for {minutes} min, longer each time;"
        " an administrator lifts it."
    )
    return Refused(
        "USR-6",
        _("User name or password is wrong."),
        mend=mend.format(failures=users.failures, minutes=users.lock_minutes),
        field="password",
    )


@action_by_any_clock
def _count_failure(desk: Desk, session: Session, who: Actor, door: str) -> None:
    """Count a wrong password; committed although the sign-in is refused."""
    # The user's own row first: wrong passwords that come at once are counted one after the other.
    session.connection().execute(update(USER).where(USER.c.id == who.id).values(failures=USER.c.failures + 1))
    record(desk.signed_in(who), session, "user", who.id, queries.WRONG, rule="USR-6", note=door)
    if until := queries.locked_until(desk, session, who.id, door):
        session.connection().execute(update(USER).where(USER.c.id == who.id).values(locked_until=until))


@action_by_any_clock
def _come_in(desk: Desk, session: Session, who: Actor, door: str) -> None:
    """The right password came: the door is one of theirs; what was typed wrong at it is over, elsewhere it is not."""
    wrong = queries.wrong_passwords(session, who.id)
    if wrong.pop(door, None) or not queries.has_come_in(session, who.id, door):
        record(desk.signed_in(who), session, "user", who.id, queries.CAME_IN, rule="USR-6", note=door)
        values = {"failures": sum(map(len, wrong.values())), "locked_until": None}
        session.connection().execute(update(USER).where(USER.c.id == who.id).values(**values))


@action_by_any_clock
def recoveries_to_tell(desk: Desk, session: Session) -> list[queries.Recovery]:
    """Return the recoveries this administrator was not told of yet, and note that they are told now (USR-1)."""
    if Role.ADMIN not in desk.user.roles:
        return []
    found = queries.recoveries_untold(session, desk.user.id)
    if found:
        values = {"recoveries_told": found[-1].id}
        session.connection().execute(update(USER).where(USER.c.id == desk.user.id).values(**values))
    return found

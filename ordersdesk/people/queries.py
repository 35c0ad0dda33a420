"""Reads of users and of what proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlmodel import Session

from ordersdesk.foundation.desk import SYSTEM, Actor, Desk
from ordersdesk.foundation.documents.document import Happening, Timeline, table_of, timeline
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _
from ordersdesk.people import rules
from ordersdesk.people.tables import Token, User

USER, TOKEN = table_of(User), table_of(Token)
_STORY = table_of(Timeline)
RECOVERED = "recovered"
WRONG, CAME_IN = "wrong password", "came in"
# What makes an end of all wrong passwords before it; coming in does so for its own door only.
_LIFTED = ("added", "password changed", "reinstated", RECOVERED)
_MOST = 500  # wrong passwords that are looked at: each round of them takes longer than the one before


@dataclass(frozen=True)
class Account:
    """A user as lists and sign-in see one."""

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    group: str
    language: str
    is_active: bool
    is_open: bool
    failures: int
    locked_until: datetime | None
    credentials: int
    password_hash: str

    def actor(self) -> Actor:
        """Return who acts when this user is signed in."""
        return Actor(self.id, self.login, self.name, frozenset(self.roles), self.group, self.credentials)


_COLUMNS = tuple(USER.c[name] for name in Account.__dataclass_fields__)


_NAMED = select(*_COLUMNS).where(USER.c.login == bindparam("wanted"))
_ONE, _LOCKED = Prepared(_NAMED), Prepared(_NAMED.with_for_update())


def account(session: Session, login: str, *, lock: bool = False) -> Account | None:
    """Return one user by login, or nothing; with `lock` nobody else changes them until the transaction ends."""
    row = (_LOCKED if lock else _ONE).first(session, wanted=login)
    return None if row is None else _account(row)


def accounts(desk: Desk) -> list[Account]:
    """Return all users by login."""
    with desk.reading() as session:
        return accounts_within(session)


def accounts_within(session: Session, *, lock: bool = False) -> list[Account]:
    """Return all users by login; with `lock` nobody else changes them until the transaction ends."""
    if lock:
        session.connection().execute(select(USER.c.id).order_by(USER.c.id).with_for_update())
    rows = session.connection().execute(select(*_COLUMNS).order_by(USER.c.login))
    return [_account(tuple(row)) for row in rows]


def story_of(desk: Desk, login: str) -> list[Happening]:
    """Return what happened to a user, oldest first; for administrators (USR-7)."""
    desk.needs(Role.ADMIN, doing=_("look at the story of a user"))
    with desk.reading() as session:
        found = account(session, login.strip().lower())
        if found is None:
            raise rules.unknown(login)
        return timeline(session, "user", found.id)


def alone(session: Session) -> None:
    """Let nobody else add users until the transaction ends; SQLite's writers are alone anyway."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE"))


def _account(row: Sequence[Any]) -> Account:
    return Account(row[0], row[1], row[2], tuple(row[3]), *row[4:])


_KNOWN = select(USER.c.login, USER.c.name, USER.c.roles, USER.c.group, USER.c.is_active, USER.c.credentials).where(
    USER.c.id == bindparam("id")
)
# Shared with others who act as this user, also with two who sign in at once, and in the way of whoever locks the
# account to change what it may: they act before it or after it.
_PRESENT, _READING = Prepared(_KNOWN.with_for_update(read=True, key_share=True)), Prepared(_KNOWN)


def wrong_passwords(session: Session, user_id: int) -> dict[str, list[datetime]]:
    """Return when wrong passwords came since the right one, by door, the newest first (USR-6)."""
    chosen = (_STORY.c.kind == "user") & (_STORY.c.document_id == user_id)
    verbs = _STORY.c.verb.in_((WRONG, CAME_IN, *_LIFTED))
    columns = select(_STORY.c.verb, _STORY.c.note, _STORY.c.at).where(chosen, verbs)
    open_doors: set[str] = set()
    found: dict[str, list[datetime]] = {}
    for verb, door, at in session.connection().execute(columns.order_by(_STORY.c.id.desc()).limit(_MOST)):
        if verb in _LIFTED:
            break
        if verb == CAME_IN:
            open_doors.add(door)
        elif door not in open_doors:
            found.setdefault(door, []).append(at)
    return found


def has_come_in(session: Session, user_id: int, door: str) -> bool:
    """Tell whether the right password was ever typed at a door: it is one of the user's own (USR-6)."""
    chosen = (_STORY.c.kind == "user") & (_STORY.c.document_id == user_id)
    here = chosen & (_STORY.c.verb == CAME_IN) & (_STORY.c.note == door)
    return session.connection().execute(select(_STORY.c.id).where(here).limit(1)).first() is not None


def locked_at(desk: Desk, session: Session, found: Account, door: str) -> datetime | None:
    """Return until when an account is locked at a door, nothing when it is not (USR-6)."""
    return locked_until(desk, session, found.id, door) if found.failures else None


def locked_until(desk: Desk, session: Session, user_id: int, door: str) -> datetime | None:
    """Weigh the wrong passwords that count at a door: those typed there, and anywhere where the user never came in."""
    wrong = wrong_passwords(session, user_id)
    here = wrong.get(door, [])
    if not has_come_in(session, user_id, door):
        here = sorted(chain.from_iterable(wrong.values()), reverse=True)
    return rules.locked_until(here, desk)


def proven(session: Session, actor: Actor) -> Actor:
    """Return the actor as they are in this transaction; refused (USR-1) unless signed in, active and not signed out."""
    if actor is SYSTEM:
        return actor
    writes = session.connection().get_execution_options().get("desk_writes")
    row = (_PRESENT if writes else _READING).first(session, id=actor.id)
    if row is None or row[0] != actor.login:
        raise rules.nobody()
    login, name, roles, group, is_active, credentials = row
    if not is_active or credentials != actor.credentials:
        raise rules.signed_out(name, is_active=is_active)
    present = Actor(actor.id, login, name, frozenset(roles), group, credentials)
    return actor if present == actor else present


@dataclass(frozen=True)
class Held:
    """A token and its user, as they stand."""

    expires_at: datetime
    ended_at: datetime | None
    credentials: int


_PART = len(Held.__dataclass_fields__)
_TOKEN = Prepared(
    select(*(TOKEN.c[name] for name in Held.__dataclass_fields__), *_COLUMNS)
    .join_from(TOKEN, USER, USER.c.id == TOKEN.c.user_id)
    .where(TOKEN.c.hash == bindparam("wanted"))
)


def token(session: Session, token_hash: str) -> tuple[Held, Account] | None:
    """Return the token of this hash with its user, or nothing."""
    row = _TOKEN.first(session, wanted=token_hash)
    return None if row is None else (Held(*row[:_PART]), _account(row[_PART:]))


@dataclass(frozen=True)
class Recovery:
    """Somebody with access to the database came in without an administrator: whose account, who, where, when."""

    id: int
    at: datetime
    login: str
    machine: str
    machine_user: str

    def sentence(self, zone: tzinfo) -> str:
        """Say that somebody came in by the database."""
        told = _("{time}: {login} was made administrator from the database itself, by {machine_user} on {machine}.")
        at = f"{self.at.astimezone(zone):%Y-%m-%d %H:%M}"
        return told.format(time=at, login=self.login, machine_user=self.machine_user, machine=self.machine)


def recoveries_untold(session: Session, user_id: int) -> list[Recovery]:
    """Return the recoveries of this desk a user was not told of, oldest first."""
    told = select(USER.c.recoveries_told).where(USER.c.id == user_id).scalar_subquery()
    chosen = (_STORY.c.kind == "user") & (_STORY.c.verb == RECOVERED) & (_STORY.c.id > told)
    columns = (_STORY.c.id, _STORY.c.at, _STORY.c.note, _STORY.c.details)
    rows = session.connection().execute(select(*columns).where(chosen).order_by(_STORY.c.id))
    return [Recovery(id_, at, note, told["machine"], told["machine_user"]) for id_, at, note, told in rows]

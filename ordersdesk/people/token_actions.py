"""Signing in on the command line: a token for one user at one place, good until it expires or is ended (USR-1)."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action_by_any_clock
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import MACHINES
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import SignedOut
from ordersdesk.people import queries, rules
from ordersdesk.people.queries import TOKEN, USER


@dataclass(frozen=True)
class Place:
    """Where somebody signs in: a fingerprint of machine, its account and the home; the machine's name; the door."""

    fingerprint: str
    machine: str
    door: str = ""


@dataclass(frozen=True)
class Issued:
    """A token as its holder keeps it, and until when it is good."""

    secret: str
    until: datetime


def issue(desk: Desk, place: Place) -> Issued:
    """Give whoever is signed in a token for a place; the one they had there before ends."""
    secret = secrets.token_urlsafe(32)
    return Issued(secret, _keep(desk, place, rules.token_hash(secret, place.fingerprint)))


@action_by_any_clock
def _keep(desk: Desk, session: Session, place: Place, stored: str) -> datetime:
    now = desk.now()
    lasts = _longest(desk, desk.user.roles)
    here = (TOKEN.c.user_id == desk.user.id) & (TOKEN.c.place == place.fingerprint) & TOKEN.c.ended_at.is_(None)
    # The user's own row first: of two sign-ins at once the second ends the first one's token.
    session.connection().execute(update(USER).where(USER.c.id == desk.user.id).values(failures=0))
    session.connection().execute(update(TOKEN).where(here).values(ended_at=now))
    values = {
        "user_id": desk.user.id, "hash": stored, "place": place.fingerprint, "machine": place.machine,
        "credentials": desk.user.credentials, "made_at": now, "expires_at": now + lasts, "ended_at": None,
    }  # fmt: skip
    session.connection().execute(insert(TOKEN).values(**values))
    record(desk, session, "user", desk.user.id, "signed in", rule="USR-1", note=place.machine)
    return now + lasts


def _longest(desk: Desk, roles: Collection[str]) -> timedelta:
    """Return how long a token is good at most, whatever the clock said that made it."""
    users = desk.policy.users
    return timedelta(days=users.machine_days) if MACHINES & set(roles) else timedelta(hours=users.token_hours)


def holder(desk: Desk, secret: str, place: Place) -> tuple[Desk, datetime]:
    """Return the desk with the holder of a token at it, and until when; refused (USR-1, 6, 7) when it is no good."""
    with desk.reading() as session:
        found = queries.token(session, rules.token_hash(secret, place.fingerprint))
        locked = queries.locked_at(desk, session, found[1], place.door) if found else None
    if found is None:
        raise rules.nobody()
    held, user = found
    if not user.is_active or held.credentials != user.credentials:
        raise rules.signed_out(user.name, is_active=user.is_active)
    if held.ended_at is not None or not desk.now() < held.expires_at <= desk.now() + _longest(desk, user.roles):
        message = _("The sign-in of {name} has ended.") if held.ended_at else _("The sign-in of {name} has expired.")
        raise SignedOut("USR-1", message.format(name=user.name), mend=_("Sign in again."), field="user")
    rules.refuse_locked(locked, desk)
    return desk.signed_in(user.actor()), held.expires_at


@action_by_any_clock
def end(desk: Desk, session: Session, secret: str, place: Place) -> None:
    """End this user's token at a place."""
    mine = (TOKEN.c.hash == rules.token_hash(secret, place.fingerprint)) & (TOKEN.c.user_id == desk.user.id)
    session.connection().execute(update(TOKEN).where(mine, TOKEN.c.ended_at.is_(None)).values(ended_at=desk.now()))
    record(desk, session, "user", desk.user.id, "signed out", rule="USR-1", note=place.machine)

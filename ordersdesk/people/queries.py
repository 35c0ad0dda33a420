"""Reads of users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.documents import table_of
from ordersdesk.people.tables import User

_USER = table_of(User)


@dataclass(frozen=True)
class Account:
    """A user as lists and sign-in see one."""

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    language: str
    is_active: bool
    failures: int
    locked_until: datetime | None
    password_hash: str

    def actor(self) -> Actor:
        """Return who acts when this user is signed in."""
        return Actor(id=self.id, login=self.login, name=self.name, roles=frozenset(self.roles))


_COLUMNS = (
    _USER.c.id, _USER.c.login, _USER.c.name, _USER.c.roles, _USER.c.language,
    _USER.c.is_active, _USER.c.failures, _USER.c.locked_until, _USER.c.password_hash,
)  # fmt: skip


def account(session: Session, login: str) -> Account | None:
    """Return one user by login, or nothing."""
    row = session.connection().execute(select(*_COLUMNS).where(_USER.c.login == login)).first()
    return None if row is None else Account(row[0], row[1], row[2], tuple(row[3]), *row[4:])


def accounts(desk: Desk) -> list[Account]:
    """Return all users by login."""
    with desk.reading() as session:
        rows = session.connection().execute(select(*_COLUMNS).order_by(_USER.c.login))
        return [Account(row[0], row[1], row[2], tuple(row[3]), *row[4:]) for row in rows]

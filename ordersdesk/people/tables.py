"""Users: who may sit at a desk, and where commands are signed in."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from ordersdesk.foundation.store.columns import json, moment


class User(SQLModel, table=True):
    """A person or a machine that signs in; never deleted, since timelines name them."""

    __tablename__ = "user_account"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    roles: list[str] = json(list)
    group: str = ""
    """The group of the centre they work in, empty outside the four (B4)."""
    password_hash: str
    credentials: int = 1
    """Counts on when everything that was signed in before ends: a new password, a dismissal, `logout --everywhere`."""
    language: str = "en"
    is_active: bool = True
    is_open: bool = False
    """Commands take this user at their word: only the people of the demo (USR-1)."""
    failures: int = 0
    locked_until: datetime | None = moment(optional=True)
    recoveries_told: int = 0
    """The last recovery of a desk this user was told of, by its place in the timeline."""
    created_at: datetime = moment()


class Token(SQLModel, table=True):
    """A sign-in of the command line: of one user, on one machine, in one home; what proves it is kept there (USR-1)."""

    __tablename__ = "access_token"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    hash: str = Field(unique=True)
    place: str
    """Fingerprint of machine, account of the machine and home: one token of a user at each."""
    machine: str
    credentials: int
    made_at: datetime = moment()
    expires_at: datetime = moment()
    ended_at: datetime | None = moment(optional=True)

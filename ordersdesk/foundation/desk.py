"""The Desk goes everywhere: who acts, at which branch, on which clock, under which policy, over which database."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ordersdesk.foundation.flow import refused_role
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.book_clock import refuse_wrong
from ordersdesk.foundation.time.clock import Clock
from ordersdesk.foundation.time.worktime import Calendar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Actor:
    """The signed-in person; `credentials` is the version of the password (and all that was signed in with it)."""

    id: int
    login: str
    name: str
    roles: frozenset[str]
    group: str = ""
    credentials: int = 0


Proof: TypeAlias = Callable[[Session, Actor], Actor]
"""Looks an actor up in the transaction they act in: returns them as they are now, or refuses (USR-1)."""


NOBODY = Actor(id=0, login="", name="", roles=frozenset())
SYSTEM = Actor(id=0, login="system", name="system", roles=frozenset(Role))


@dataclass(frozen=True)
class Desk:
    """One desk at work; frozen, so that signing in gives a new one."""

    user: Actor
    branch: str
    clock: Clock
    policy: Policy
    database: Database
    proof: Proof

    @functools.cached_property
    def zone(self) -> ZoneInfo:
        """The branch's time zone: every clock rule works in it (DLV-7)."""
        return ZoneInfo(self.policy.branch.time_zone)

    @functools.cached_property
    def calendar(self) -> Calendar:
        """The branch's working days and hours (DLV-3)."""
        return Calendar(self.policy)

    def now(self) -> datetime:
        """Return the aware UTC time."""
        return self.clock.now()

    def local(self) -> datetime:
        """Return the aware time at the branch."""
        return self.clock.now().astimezone(self.zone)

    def today(self) -> date:
        """Return the business date (ORD-12)."""
        return self.local().date()

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that only reads."""
        return self.database.reading()

    def needs(self, *roles: Role, doing: str = "") -> None:
        """Refuse (USR-2) unless the user holds one of the roles."""
        if not self.user.roles & set(roles):
            raise refused_role(roles, doing=doing)

    def proven(self, session: Session) -> Desk:
        """Return this desk with its user as the database knows them in this transaction; refused (USR-1) when gone."""
        present = self.proof(session, self.user)
        return self if present is self.user else self.signed_in(present)

    def signed_in(self, user: Actor) -> Desk:
        """Return this desk with somebody sitting at it."""
        return replace(self, user=user)


def _allowed(desk: Desk, session: Session) -> Desk:
    """Return the desk with whoever acts proven (USR-1); refused (DB-8) when a person acts by a clock that is wrong."""
    proven = desk.proven(session)
    if proven.user.id:
        refuse_wrong(session, desk.clock, desk.policy)
    return proven


def action(work: Callable[Concatenate[Desk, Session, P], R]) -> Callable[Concatenate[Desk, P], R]:
    """Make a verb of a room: each call is one transaction, all of it or nothing, by somebody proven in it (USR-1).

    Written `def submit(desk, session, draft)`, called `submit(desk, draft)`.
    """

    @functools.wraps(work)
    def transaction(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> R:
        return desk.database.write(lambda session: work(_allowed(desk, session), session, *args, **kwargs))

    return transaction


def action_by_any_clock(work: Callable[Concatenate[Desk, Session, P], R]) -> Callable[Concatenate[Desk, P], R]:
    """Make a verb that is also done while the machine's clock is wrong: coming in, and saying that it is right."""

    @functools.wraps(work)
    def transaction(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> R:
        return desk.database.write(lambda session: work(desk.proven(session), session, *args, **kwargs))

    return transaction

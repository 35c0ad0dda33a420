"""A machine's clock against the newest entry of the book and its server: nobody writes at an impossible time (DB-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, column, func, select, table
from sqlmodel import Session

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.store.columns import Moment
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import Clock, SystemClock

RULE = "DB-8"
CONFIRMED = "clock confirmed"  # from this entry on the book is compared with the new time
AHEAD = "ahead_of_server"  # what that entry keeps: by so many seconds the confirmed clock was ahead of the server's
BY_BOOK = N_("The clock of this machine says {now}, the newest entry of the book {known}: nothing was written.")
BY_SERVER = N_("The clock of this machine says {now}, that of the database's server {known}: nothing was written.")

_STORY = table(
    "timeline", column("id"), column("kind"), column("at", Moment()), column("verb"), column("details", JSON())
)
_AT = select(_STORY.c.at).order_by(_STORY.c.id.desc()).limit(1).scalar_subquery()
_BOOK, _BOTH = Prepared(select(_AT)), Prepared(select(_AT, func.clock_timestamp()))
_LAST_WORD = (
    select(_STORY.c.details)
    .where(_STORY.c.kind == "user", _STORY.c.verb == CONFIRMED)
    .order_by(_STORY.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Known:
    """What a clock is judged by: the newest entry of the book, and the time of the server where there is one."""

    newest: datetime | None
    server: datetime | None = None


def known(session: Session, clock: Clock) -> Known:
    """Read both; a server judges the clocks of machines only, not those that are set by hand."""
    has_server = session.connection().dialect.name == "postgresql" and isinstance(clock, SystemClock)
    return Known(*(_BOTH if has_server else _BOOK).rows(session)[0])


def trouble(session: Session, clock: Clock, policy: Policy) -> tuple[str, datetime] | None:
    """Return what says that a clock cannot be right, as a sentence and its time; nothing when none does."""
    now, found, limits = clock.now(), known(session, clock), policy.clock
    back, ahead = timedelta(minutes=limits.back_minutes), timedelta(days=limits.ahead_days)
    if found.newest and not found.newest - back <= now <= found.newest + ahead:
        return BY_BOOK, found.newest
    apart = timedelta(minutes=limits.server_minutes)
    if found.server and abs(now - found.server) > apart and abs(now - found.server - _confirmed(session)) > apart:
        return BY_SERVER, found.server
    return None


def refuse_wrong(session: Session, clock: Clock, policy: Policy) -> None:
    """Refuse (DB-8) to write by a clock that cannot be right; an administrator may say that it is."""
    found = trouble(session, clock, policy)
    if found is None:
        return
    zone = ZoneInfo(policy.branch.time_zone)
    raise Refused(
        RULE,
        _(found[0]).format(now=_said(clock.now(), zone), known=_said(found[1], zone)),
        mend=_("Set the clock; if it is right, an administrator says so: ordersdesk clock --confirm"),
    )


def _confirmed(session: Session) -> timedelta:
    """Return by how much the clock that was confirmed last was ahead of the server's."""
    details: Any = session.connection().execute(_LAST_WORD).scalar() or {}
    return timedelta(seconds=details.get(AHEAD, 0))


def _said(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

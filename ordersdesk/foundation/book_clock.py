"""A machine's clock against the newest entry of the book: nobody writes at a time that cannot be (DB-8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import column, select, table
from sqlmodel import Session

from ordersdesk.foundation.columns import Moment
from ordersdesk.foundation.language import _
from ordersdesk.foundation.policy import Policy
from ordersdesk.foundation.prepared import Prepared
from ordersdesk.foundation.refusals import Refused

RULE = "DB-8"
_STORY = table("timeline", column("id"), column("at", Moment()))
_NEWEST = Prepared(select(_STORY.c.at).order_by(_STORY.c.id.desc()).limit(1))


def newest(session: Session) -> datetime | None:
    """Return when the newest entry of the book was written, by the clock of whoever wrote it."""
    rows = _NEWEST.rows(session)
    return rows[0][0] if rows else None


def is_wrong(now: datetime, known: datetime | None, policy: Policy) -> bool:
    """Tell whether a clock went back or far ahead since the newest entry."""
    if known is None:
        return False
    back, ahead = timedelta(minutes=policy.clock.back_minutes), timedelta(days=policy.clock.ahead_days)
    return not known - back <= now <= known + ahead


def refuse_wrong(session: Session, now: datetime, policy: Policy) -> None:
    """Refuse (DB-8) to write by a clock that cannot be right; an administrator may say that it is."""
    known = newest(session)
    if known is None or not is_wrong(now, known, policy):
        return
    zone = ZoneInfo(policy.branch.time_zone)
    raise Refused(
        RULE,
        _("The clock of this machine says {now}, the newest entry of the book {known}: nothing was written.").format(
            now=_said(now, zone), known=_said(known, zone)
        ),
        mend=_("Set the clock; if it is right, an administrator says so: ordersdesk clock --confirm"),
    )


def _said(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

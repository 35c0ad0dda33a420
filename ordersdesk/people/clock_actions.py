"""An administrator says that the clock of a machine is right, after it jumped (DB-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ordersdesk.foundation import book_clock
from ordersdesk.foundation.desk import Desk, action_by_any_clock
from ordersdesk.foundation.documents import record
from ordersdesk.foundation.language import _
from ordersdesk.foundation.roles import Role

CONFIRMED = "clock confirmed"  # from this entry on the book is compared with the new time


@dataclass(frozen=True)
class Clocks:
    """What this machine's clock says, what the newest entry of the book says, and whether both can be true."""

    now: datetime
    newest: datetime | None
    is_wrong: bool


def clocks(desk: Desk) -> Clocks:
    """Compare the clock of this machine with the book."""
    with desk.reading() as session:
        known = book_clock.newest(session)
    return Clocks(desk.now(), known, book_clock.is_wrong(desk.now(), known, desk.policy))


@action_by_any_clock
def confirm_clock(desk: Desk, session: Session) -> None:
    """Write by this machine's clock from now on; it stands in the story of the administrator who said so."""
    desk.needs(Role.ADMIN, doing=_("say that the clock is right"))
    known = book_clock.newest(session)
    record(desk, session, "user", desk.user.id, CONFIRMED, rule=book_clock.RULE, note=f"{known}" if known else "")

"""An administrator says that the clock of a machine is right, after it jumped (DB-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action_by_any_clock
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.time import book_clock


@dataclass(frozen=True)
class Clocks:
    """What this machine's clock, the newest entry of the book and the server's clock say; whether all can be true."""

    now: datetime
    newest: datetime | None
    server: datetime | None
    is_wrong: bool


def clocks(desk: Desk) -> Clocks:
    """Compare the clock of this machine with the book, and with its server where there is one."""
    with desk.reading() as session:
        known = book_clock.known(session, desk.clock)
        is_wrong = book_clock.trouble(session, desk.clock, desk.policy) is not None
    return Clocks(desk.now(), known.newest, known.server, is_wrong)


@action_by_any_clock
def confirm_clock(desk: Desk, session: Session) -> None:
    """Write by this machine's clock from now on; it stands in the story of the administrator who said so."""
    desk.needs(Role.ADMIN, doing=_("say that the clock is right"))
    known, verb = book_clock.known(session, desk.clock), book_clock.CONFIRMED
    note = f"{known.newest}" if known.newest else ""
    ahead = {book_clock.AHEAD: (desk.now() - known.server).total_seconds()} if known.server else {}
    record(desk, session, "user", desk.user.id, verb, rule=book_clock.RULE, note=note, details=ahead)

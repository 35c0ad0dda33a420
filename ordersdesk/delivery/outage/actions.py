"""Reserving the numbers of a power-cut pack, and noting who took customers' particulars out on paper (JOY-9, USR-5)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.delivery.model.flow import CARE, OFFICE
from ordersdesk.delivery.outage.queries import entered_numbers, outage_pads
from ordersdesk.delivery.pads.actions import holder, issue_within, only_one
from ordersdesk.delivery.pads.queries import day_of
from ordersdesk.delivery.pads.rules import MOST_SHEETS, OUTAGE, number_typed, runs
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

STORY = "outage pack"


@action
def reserve(desk: Desk, session: Session, *, login: str, slips: int, more: bool = False) -> list[int]:
    """Return so many numbers for somebody's blank slips: today's unused ones first, then new ones, all on pads."""
    needed = CARE if login.strip().lower() in ("", desk.user.login) else OFFICE
    desk.needs(*needed, doing=_("make the power-cut pack"))
    if not 0 <= slips <= MOST_SHEETS:
        raise Refused(
            "JOY-9",
            _("A pack has at most {most} blank slips.").format(most=MOST_SHEETS),
            mend=_("Say how many are needed."),
            field="slips",
        )
    who = holder(session, login or desk.user.login)
    only_one(desk, session)
    numbers = [] if more else _unused(desk, session, who)[:slips]
    if len(numbers) < slips:
        given = issue_within(desk, session, login=who, sheets=slips - len(numbers), source=OUTAGE)
        first = number_typed(given.first, desk.policy)
        numbers += range(first, first + given.sheets)
    return numbers


def _unused(desk: Desk, session: Session, login: str) -> list[int]:
    mine = [pad for pad in outage_pads(desk, session, login) if day_of(desk, pad.issued_at) == desk.today()]
    used = entered_numbers(session, [pad.id for pad in mine])
    return sorted(
        number for pad in mine for run in runs(pad.first, pad.last, used) for number in range(run.first, run.last + 1)
    )


@action
def note_taken_out(desk: Desk, session: Session, *, orders: int, slips: int, items: int) -> None:
    """Note that somebody printed so many customers' phones and addresses (USR-5, ORD-8)."""
    counts = {"orders": orders, "slips": slips, "items": items}
    record(desk, session, STORY, 0, "made", rule="JOY-9", details=counts)

"""Proofs of the road: sheets and their slips agree, and money at the door is what it is said to be (SLP-4, PAY-6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session

from ordersdesk.delivery.model.queries import SLIP, SLIP_LINE
from ordersdesk.delivery.routes.queries import SHEET
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted


def _rows(session: Session, statement: Any) -> Iterable[Sequence[Any]]:
    rows: Any = session.connection().execute(statement)
    return rows


def stops(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every slip that is not where its sheet is: on the road, back, or still in the house (SLP-4)."""
    wrong = or_(
        and_(SHEET.c.state == "made", or_(SLIP.c.state != "loaded", SLIP.c.left_at.is_not(None))),
        and_(SHEET.c.state == "departed", SLIP.c.left_at.is_(None)),
        and_(SHEET.c.state == "back", SLIP.c.state == "loaded"),
        SHEET.c.state == "void",
    )
    columns = (SLIP.c.number, SLIP.c.state, SHEET.c.number, SHEET.c.state)
    joined = select(*columns).join(SHEET, SHEET.c.id == SLIP.c.sheet_id).where(wrong)
    for slip, state, sheet, there in _rows(session, joined):
        text = _("{slip} is “{state}” on {sheet}, which is “{there}”.")
        yield Fault("SLP-4", text.format(slip=slip, state=state, sheet=sheet, there=there))
    unloaded = select(SLIP.c.number).where(
        SLIP.c.state == "loaded", SLIP.c.sheet_id.is_(None), SLIP.c.left_at.is_(None)
    )
    for (slip,) in _rows(session, unloaded):
        yield Fault("SLP-4", _("{slip} is loaded, and on no route sheet.").format(slip=slip))


def cash(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every sheet whose slips did not bring what it says, and every delivery without a sum (PAY-6)."""
    brought = select(SLIP.c.sheet_id, func.sum(SLIP.c.collected).label("came")).group_by(SLIP.c.sheet_id).subquery()
    columns = (SHEET.c.number, SHEET.c.expected, brought.c.came)
    joined = select(*columns).outerjoin(brought, brought.c.sheet_id == SHEET.c.id)
    for number, said, came in _rows(session, joined.where(SHEET.c.state == "back", SHEET.c.expected != brought.c.came)):
        text = _("{sheet} says {said} were collected; its slips brought {came}.")
        yield Fault("PAY-6", text.format(sheet=number, said=formatted(said), came=formatted(came)))
    unsaid = SLIP.c.state.in_(("delivered", "refused")) & SLIP.c.collected.is_(None)
    for (number,) in _rows(session, select(SLIP.c.number).where(unsaid)):
        yield Fault("PAY-6", _("{slip} was delivered, and nobody says what was collected.").format(slip=number))


def refusals(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every slip that was refused and asks for another sum than its goods that stayed come to (SLP-6)."""
    stayed = (SLIP_LINE.c.pieces - SLIP_LINE.c.refused) * SLIP_LINE.c.price
    kept = select(SLIP_LINE.c.slip_id, func.sum(stayed).label("goods"), func.sum(SLIP_LINE.c.refused).label("back"))
    made = kept.group_by(SLIP_LINE.c.slip_id).subquery()
    unsaid = and_(SLIP.c.state == "refused", made.c.back == 0)
    wrong = or_(unsaid, and_(made.c.back > 0, made.c.goods + SLIP.c.fee - SLIP.c.deposit != SLIP.c.due))
    joined = select(SLIP.c.number).join(made, made.c.slip_id == SLIP.c.id)
    for (number,) in _rows(session, joined.where(SLIP.c.state.in_(("refused", "failed")), wrong)):
        yield Fault("SLP-6", _("{slip}: what is due is not what the goods come to that stayed.").format(slip=number))

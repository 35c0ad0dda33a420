"""A shelf that was counted holds less than was promised: the count is true, and the newest orders wait (STK-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.fulfilment.actions import Moved, Progress, fulfil_many
from ordersdesk.orders.model.queries import LINE, ORDER, WAITS, by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.stock.leaving_actions import miss
from ordersdesk.stock.queries import RESERVATION

TOLD = N_("{pieces} of {item} were not on the shelf when it was counted: {number} waits for them.")


@dataclass(frozen=True)
class GivenUp:
    """Pieces of a line that were promised and are not there."""

    order_id: int
    number: str
    line_id: int
    code: str
    pieces: int


def to_give_up(session: Session, item_id: int, place: int, missing: int) -> list[GivenUp]:
    """Return whose pieces are not there: the newest orders, small customers before key; what is on slips stays.

    Whoever changes one of them meanwhile waits, when the caller writes.
    """
    reserved = select(RESERVATION.c.order_id, func.sum(RESERVATION.c.quantity).label("kept"))
    reserved = reserved.where(
        RESERVATION.c.item_id == item_id, RESERVATION.c.warehouse_id == place, RESERVATION.c.order_id.is_not(None)
    ).group_by(RESERVATION.c.order_id)
    kept = reserved.subquery()
    is_key = case((ORDER.c.size_class == "key", 1), else_=0)
    free = (LINE.c.quantity - LINE.c.allocated - WAITS).label("free")
    chosen = (
        select(ORDER.c.id, ORDER.c.number, LINE.c.id, LINE.c.code, kept.c.kept, free)
        .join(kept, kept.c.order_id == ORDER.c.id)
        .join(LINE, (LINE.c.order_id == ORDER.c.id) & (LINE.c.item_id == item_id))
        .where(ORDER.c.state.in_(("confirmed", "review")))
        .order_by(is_key, ORDER.c.id.desc(), LINE.c.position.desc())
    )
    found: list[GivenUp] = []
    left: dict[int, int] = {}
    for order_id, number, line_id, code, held, spare in session.connection().execute(chosen):
        pieces = min(missing, left.setdefault(order_id, int(held)), int(spare))
        if pieces > 0:
            found.append(GivenUp(order_id, number, line_id, code, pieces))
            left[order_id] -= pieces
            missing -= pieces
    return found


def give_up(desk: Desk, session: Session, item_id: int, place: int, missing: int) -> Sequence[GivenUp]:
    """Write off what orders have reserved and the shelf has not; they wait for goods and their agents are told."""
    lost = to_give_up(session, item_id, place, missing)
    by_order: dict[int, list[GivenUp]] = {}
    for each in lost:
        by_order.setdefault(each.order_id, []).append(each)
    miss(desk, session, [(each.order_id, item_id, place, each.pieces) for each in lost], "")
    note = _("not on the shelf when it was counted")
    moved: dict[int, Progress] = {}
    for order_id, mine in by_order.items():
        details = {"item": mine[0].code, "pieces": sum(each.pieces for each in mine)}
        moved[order_id] = Progress({each.line_id: Moved(short=each.pieces) for each in mine}, note, details)
    fulfil_many(desk, session, moved)
    for order_id, mine in sorted(by_order.items()):
        order = by_id(session, order_id)
        facts = {"pieces": sum(each.pieces for each in mine), "item": mine[0].code, "number": order.number}
        tell(desk, session, order, rule="STK-6", login=order.agent, text=TOLD, facts=facts)
    return lost

"""Goods that arrive, from a supplier or from another warehouse of the branch (STK-7)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.stock.book_actions import enter, grow, keep_less, keep_more
from ordersdesk.stock.queries import EXPECTED, MOVEMENT, STOCK

RECEIVED, MOVED = N_("received"), NP_("stock", "moved")
ByOrder = Mapping[int, int]  # order -> pieces


def arrive(
    desk: Desk, session: Session, *, item_id: int, place: int, pieces: int, reason: str, document: str = ""
) -> None:
    """Put pieces on the shelf; joins the caller's transaction; refused (STK-7) when the paper was entered before."""
    # The counter first: whoever enters the same paper at the same moment waits here and then finds it.
    grow(session, [{"item_id": item_id, "warehouse_id": place, "on_hand": pieces}])
    refuse_again(session, item_id, place, document)
    enter(desk, session, [(item_id, place, pieces)], document, reason=reason)


def refuse_again(session: Session, item_id: int, place: int, document: str) -> None:
    """Refuse (STK-7) an item of a delivery note that is in the ledger already."""
    if document and _entered(session, item_id, place, document):
        raise received_before(document)


def received_before(document: str) -> Refused:
    """Build the refusal of a paper that comes a second time."""
    return Refused(
        "STK-7",
        _("This item of delivery note {note} was received before.").format(note=document),
        mend=_("Look at the number of the note again."),
        field="note",
    )


def _entered(session: Session, item_id: int, place: int, document: str) -> bool:
    same = (MOVEMENT.c.item_id == item_id) & (MOVEMENT.c.warehouse_id == place) & (MOVEMENT.c.document == document)
    came = MOVEMENT.c.reason.in_((RECEIVED, MOVED)) & (MOVEMENT.c.quantity > 0)
    return session.connection().execute(select(MOVEMENT.c.id).where(same, came).limit(1)).first() is not None


def keep_for(desk: Desk, session: Session, item_id: int, place: int, orders: ByOrder) -> None:
    """Reserve what just arrived for orders that wait for it; joins the caller's transaction."""
    grow(session, [{"item_id": item_id, "warehouse_id": place, "reserved": sum(orders.values())}])
    keep_more(desk, session, [(order, item_id, place, pieces) for order, pieces in sorted(orders.items()) if pieces])


def depart(
    desk: Desk, session: Session, *, item_id: int, place: int, pieces: int, orders: ByOrder, document: str = ""
) -> None:
    """Take pieces off another warehouse's shelf, with what orders have reserved of them there."""
    chosen = (STOCK.c.item_id == item_id) & (STOCK.c.warehouse_id == place)
    less = {"on_hand": STOCK.c.on_hand - pieces, "reserved": STOCK.c.reserved - sum(orders.values())}
    session.connection().execute(update(STOCK).where(chosen).values(less))
    keep_less(session, [(order, item_id, place, count) for order, count in sorted(orders.items()) if count])
    enter(desk, session, [(item_id, place, -pieces)], document, reason=MOVED)


def expect_less(session: Session, item_id: int, place: int, pieces: int) -> None:
    """Take what arrived off what is on order, the earliest due first."""
    chosen = (EXPECTED.c.item_id == item_id) & (EXPECTED.c.warehouse_id == place)
    columns = select(EXPECTED.c.id, EXPECTED.c.quantity).where(chosen).order_by(EXPECTED.c.due, EXPECTED.c.id)
    for row, quantity in session.connection().execute(columns.with_for_update()).all():
        taken = min(pieces, quantity)
        pieces -= taken
        one = EXPECTED.c.id == row
        if taken == quantity:
            session.connection().execute(delete(EXPECTED).where(one))
        elif taken:
            session.connection().execute(update(EXPECTED).where(one).values(quantity=quantity - taken))

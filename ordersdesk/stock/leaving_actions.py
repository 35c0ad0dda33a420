"""Goods that leave the house, come back or are not found: reservation, counter and ledger together (STK-2, SLP-4)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.stock.book_actions import Kept, Laid, by_place, counted, enter, grow, keep_less, keep_more
from ordersdesk.stock.queries import STOCK

SHIPPED, CAME_BACK = N_("shipped"), N_("failed delivery")
REFUSED, NOT_FOUND = N_("refused at the door"), N_("not found")

_KEY = (STOCK.c.item_id == bindparam("item")) & (STOCK.c.warehouse_id == bindparam("place"))
_ENOUGH = STOCK.c.reserved >= bindparam("less")
_LEAVE = Prepared(
    update(STOCK)
    .where(_KEY, _ENOUGH)
    .values(on_hand=STOCK.c.on_hand - bindparam("less"), reserved=STOCK.c.reserved - bindparam("less"))
)


def take_out(desk: Desk, session: Session, moves: Iterable[Kept], document: str) -> None:
    """Let goods an order has reserved leave the house; joins the caller's transaction, twice is refused (SLP-5)."""
    _go(desk, session, moves, document, reason=SHIPPED)


def miss(desk: Desk, session: Session, moves: Iterable[Kept], document: str) -> None:
    """Write off from the book what the shelf did not have for an order; joins the caller's transaction (SLP-4)."""
    _go(desk, session, moves, document, reason=NOT_FOUND)


def bring_back(desk: Desk, session: Session, moves: Iterable[Kept], document: str) -> None:
    """Lay goods that came back onto the shelf, reserved for their order again; joins the caller's transaction."""
    kept = counted(moves)
    there = by_place(kept)
    grow(session, [{"item_id": i, "warehouse_id": p, "on_hand": n, "reserved": n} for (i, p), n in there.items()])
    keep_more(desk, session, kept)
    enter(desk, session, [(i, p, n) for _order, i, p, n in kept], document, reason=CAME_BACK)


def quarantine(desk: Desk, session: Session, moves: Iterable[Laid], document: str) -> None:
    """Set refused goods aside until somebody looked at them: there, and not for sale (STK-1, SLP-6)."""
    rows = counted(moves)
    grow(session, [{"item_id": i, "warehouse_id": p, "quarantined": n} for i, p, n in rows])
    enter(desk, session, [(i, p, n) for i, p, n in rows], document, reason=REFUSED, aside=True)


def _go(desk: Desk, session: Session, moves: Iterable[Kept], document: str, *, reason: str) -> None:
    """Counters first and in key order: whoever wants the same goods waits there, not in the middle."""
    kept = counted(moves)
    there = by_place(kept)
    done = _LEAVE.many(session, [{"item": i, "place": p, "less": n} for (i, p), n in there.items()])
    keep_less(session, kept)
    if done != len(there):
        raise Refused(
            "STK-3", _("Stock and its reservations do not agree."), mend="ordersdesk check --fix", field="lines"
        )
    enter(desk, session, [(i, p, -n) for _order, i, p, n in kept], document, reason=reason)

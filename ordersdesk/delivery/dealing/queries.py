"""Reads for dealing: items somebody waits for, and the lines that share one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.delivery.dealing.rules import Share
from ordersdesk.delivery.model.queries import of_orders
from ordersdesk.delivery.slips.voiding_actions import is_printing
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts import codes
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.model.tables import TO_ALLOCATE

# What another warehouse keeps for a line is no part of the deal: it is on its way to that line.
DEALT = ("partial", "purchase")
_NOT_ON_ITS_WAY = (LINE.c.shortage != "transfer") | (LINE.c.short == 0)
_ITEM = (ITEM.c.id, ITEM.c.code, ITEM.c.name, ITEM.c.spec)
_SHARE = (
    ORDER.c.id, ORDER.c.number, ORDER.c.agent, ORDER.c.customer_name, ORDER.c.size_class, ORDER.c.urgent,
    ORDER.c.promised_on, LINE.c.id, LINE.c.quantity, LINE.c.short, LINE.c.shortage, LINE.c.allocated, LINE.c.released,
    LINE.c.shipped,
)  # fmt: skip


def waited_for(desk: Desk, session: Session) -> list[tuple[int, str, str]]:
    """Return the items (id, code, full name) that confirmed orders wait for."""
    waits = select(LINE.c.item_id).join(ORDER, ORDER.c.id == LINE.c.order_id)
    waits = waits.where(ORDER.c.branch == desk.branch, TO_ALLOCATE, LINE.c.short > 0, LINE.c.shortage.in_(DEALT))
    waits = waits.where(ORDER.c.reserve_on.is_(None))
    found = select(*_ITEM).where(ITEM.c.id.in_(waits)).order_by(ITEM.c.code)
    return [(row[0], row[1], full_name(row[2], row[3])) for row in session.connection().execute(found)]


def item_of(session: Session, code: str) -> tuple[int, str, str]:
    """Return one item by its code; refused (CAT-2) when there is none."""
    wanted = select(*_ITEM).where(ITEM.c.code == codes.code(code))
    found = session.connection().execute(wanted).first()
    if found is None:
        raise Refused(
            "CAT-2",
            _("There is no item {code}.").format(code=code[:40]),
            mend=_("Look it up by any part of its name."),
            field="item",
        )
    return found[0], found[1], full_name(found[2], found[3])


def shares_of(desk: Desk, session: Session, item_id: int, *, lock: bool = False) -> list[Share]:
    """Return the lines of confirmed orders that share an item, with what of it is being printed."""
    joined = select(*_SHARE).join(LINE, LINE.c.order_id == ORDER.c.id).order_by(ORDER.c.id, LINE.c.id)
    mine = (ORDER.c.branch == desk.branch, ORDER.c.state == "confirmed", LINE.c.item_id == item_id)
    chosen = joined.where(*mine, LINE.c.quantity > LINE.c.released, _NOT_ON_ITS_WAY, ORDER.c.reserve_on.is_(None))
    rows = session.connection().execute(chosen.with_for_update(of=ORDER) if lock else chosen)
    found = [Share(*row) for row in rows]
    printing = _printing(desk, session, sorted({share.order_id for share in found if share.allocated > share.released}))
    return [replace(share, printing=printing[share.line_id]) for share in found]


def _printing(desk: Desk, session: Session, order_ids: list[int]) -> Counter[int]:
    counted: Counter[int] = Counter()
    for part in chunks(order_ids):
        for slip in of_orders(session, part, states=("made",)):
            if is_printing(desk, slip.head):
                counted.update({line.order_line_id: line.pieces for line in slip.lines})
    return counted

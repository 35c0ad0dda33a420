"""Proofs of stock: counters against ledger and reservations, and nothing promised that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.stock.queries import MOVEMENT, RESERVATION, STOCK, discrepancies

_RULES = {"on_hand": "STK-2", "quarantined": "STK-1", "reserved": "STK-3"}


def faults(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every counter its rows do not prove (STK-1…3) and every row without a counter."""
    for found in discrepancies(session):
        text = _("{counter} of item {item} in warehouse {place} is {stored}; its rows make {proved}.")
        yield Fault(
            _RULES[found.counter],
            text.format(
                counter=found.counter, item=found.item_id, place=found.warehouse_id,
                stored=found.stored, proved=found.proved,
            ),
        )  # fmt: skip
    for table in (MOVEMENT, RESERVATION):
        same = and_(STOCK.c.item_id == table.c.item_id, STOCK.c.warehouse_id == table.c.warehouse_id)
        lost = select(table.c.item_id, table.c.warehouse_id).outerjoin(STOCK, same).where(STOCK.c.item_id.is_(None))
        for item, place in session.connection().execute(lost.distinct()):
            text = _("Item {item} in warehouse {place} has rows and no counter.")
            yield Fault("STK-2", text.format(item=item, place=place))

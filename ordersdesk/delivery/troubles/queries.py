"""Trouble on the road: its store, and the list of what nobody has finished with (DLV-8)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, select

from ordersdesk.delivery.model.flow import CASH, ROAD, TROUBLE_FLOW
from ordersdesk.delivery.model.tables import Trouble
from ordersdesk.documents.inbox import whose
from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.model.queries import ORDER

OPEN = ("noted", "told", "claimed")
TROUBLES: Store[Trouble] = Store(
    TROUBLE_FLOW,
    Trouble,
    rule="DLV-8",
    mend=N_("`ordersdesk trouble list` names those there are."),
)
TROUBLE = TROUBLES.table


def is_open(trouble: Table) -> ColumnElement[bool]:
    """Return the condition of those somebody has to do with, or whose customer must still be told."""
    return trouble.c.state.in_(OPEN) | trouble.c.told_at.is_(None)


def untold(desk: Desk, trouble: Table) -> ColumnElement[bool]:
    """Return the condition of those whose customer is not told yet: of the agent's own orders, or of everybody's."""
    agent = "" if desk.user.roles & (ROAD | CASH) else whose(desk)
    theirs = trouble.c.order_id.in_(select(ORDER.c.id).where(ORDER.c.agent == agent))
    return trouble.c.told_at.is_(None) & theirs if agent else trouble.c.told_at.is_(None)

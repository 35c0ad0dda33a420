"""Reads of changes: what one would do, and the requests of an order (CHG-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.changes.plan.case import changed_within
from ordersdesk.orders.changes.plan.comparison import Comparison, compared
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.terms.change_draft import Change

CHANGE = table_of(ChangeRequest)


@dataclass(frozen=True)
class Request:
    """A change request as it stands (CHG-1)."""

    id: int
    number: str
    state: str
    version: int
    order_id: int
    order_number: str
    kind: str
    reason: str
    edits: dict[str, Any]
    before: dict[str, str]
    after: dict[str, str]
    level: str
    occasions: list[str]
    old_total: Decimal
    new_total: Decimal
    created_at: datetime
    created_by: str


_COLUMNS = tuple(CHANGE.c[name] for name in Request.__dataclass_fields__)


def compare(desk: Desk, change: Change) -> Comparison:
    """Return old and new side by side, the level and who approves; nothing is written (CHG-1, CHG-2)."""
    with desk.reading() as session:
        return compared(desk, changed_within(desk, session, change))


def by_number(desk: Desk, number: str) -> Request:
    """Return a change request; refused (CHG-1) when there is none with this number."""
    with desk.reading() as session:
        return held_request(desk, session, number)


def held_request(desk: Desk, session: Session, number: str) -> Request:
    """Do the same inside the caller's session."""
    wanted = (CHANGE.c.branch == desk.branch) & (CHANGE.c.number == number.strip().upper())
    row = session.connection().execute(select(*_COLUMNS).where(wanted)).first()
    if row is None:
        raise Refused(
            "CHG-1",
            _("There is no change request {number}.").format(number=number[:40]),
            mend=_("The order's timeline names its change requests."),
            field="number",
        )
    return Request(*row)


def by_id(session: Session, request_id: int) -> Request:
    """Return a change request by its id, inside the caller's session."""
    return Request(*session.connection().execute(select(*_COLUMNS).where(CHANGE.c.id == request_id)).one())


def of_order(session: Session, order_id: int, *, state: str = "") -> list[Request]:
    """Return the change requests of an order, oldest first; those in one state when it is named."""
    mine = CHANGE.c.order_id == order_id
    chosen = mine & (CHANGE.c.state == state) if state else mine
    rows = session.connection().execute(select(*_COLUMNS).where(chosen).order_by(CHANGE.c.id))
    return [Request(*row) for row in rows]

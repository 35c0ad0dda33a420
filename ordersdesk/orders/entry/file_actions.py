"""What an order keeps of the file it came out of: its number there, and what was said of it (FIL-1, CAL-7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, record, table_of
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.terms.flow import ORDER_FLOW

IMPORTED = "imported"
_STORY = table_of(Timeline)


def came_from_file(desk: Desk, session: Session, number: str, *, theirs: str, said: Mapping[str, Any]) -> None:
    """Note on an order just made what its file calls it and said of it; joins the caller's transaction."""
    mine = (ORDER.c.branch == desk.branch) & (ORDER.c.number == number)
    order_id = int(session.connection().execute(select(ORDER.c.id).where(mine)).scalar_one())
    session.connection().execute(update(ORDER).where(ORDER.c.id == order_id).values(their_number=theirs))
    record(desk, session, ORDER_FLOW.kind, order_id, IMPORTED, rule="FIL-1", note=theirs, details={"said": dict(said)})


def said_before(session: Session, ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Return what files said last of orders they brought, by order."""
    chosen = (_STORY.c.kind == ORDER_FLOW.kind) & (_STORY.c.verb == IMPORTED) & _STORY.c.document_id.in_(ids)
    rows = session.connection().execute(
        select(_STORY.c.document_id, _STORY.c.details).where(chosen).order_by(_STORY.c.id)
    )
    return {order_id: details["said"] for order_id, details in rows if "said" in details}

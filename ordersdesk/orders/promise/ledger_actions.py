"""The promise ledger: each promise made about an order, until it is kept, broken, moved or fallen (DLV-5, DLV-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record, table_of
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.model.tables import Promised
from ordersdesk.orders.promise.dispatch_time import leaving
from ordersdesk.orders.promise.rules import FAILED, Due, was_kept
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.reasons import AGAIN, stored

PROMISE = table_of(Promised)
PROMISED_AGAIN = N_("promised again")
_SAID = Prepared.inserting(PROMISE)


def promised(
    desk: Desk, session: Session, order_id: int, columns: Mapping[str, Any], because: str, *, first: bool = False
) -> None:
    """Write what an order is promised for; the promise before it is moved. Joins the caller's transaction.

    `columns` are the order's own; nothing is written when they promise no day.
    """
    if not first:
        _end(desk, session, order_id, "moved")
    if columns["promised_on"] is None:
        return
    row = {
        "branch": desk.branch, "order_id": order_id, "said_at": desk.now(), "said_by": desk.user.login,
        "because": because, "promised_on": columns["promised_on"], "promised_part": columns["promised_part"],
        "latest": columns["latest"], "explanation": columns["promise"], "outcome": "open", "ended_at": None,
    }  # fmt: skip
    _SAID.many(session, [row])


def settle(desk: Desk, session: Session, order_id: int, delivered_at: datetime) -> str:
    """End the open promise of an order that is delivered in full: `kept` or `broken`, nothing when none is open.

    It is kept when the goods came by the end of the promised day or part of it, or by the latest time of urgent ones,
    in branch time (DLV-4, DLV-7).
    """
    columns = (PROMISE.c.promised_on, PROMISE.c.promised_part, PROMISE.c.latest)
    row = session.connection().execute(select(*columns).where(_open(order_id))).first()
    if row is None:
        return ""
    kept = was_kept(Due(*row), delivered_at.astimezone(desk.zone), desk.policy)
    outcome = "kept" if kept else "broken"
    _end(desk, session, order_id, outcome)
    return outcome


def fallen(desk: Desk, session: Session, order_id: int) -> None:
    """End the open promise of an order that does not stand any more: cancelled, rejected or pulled back."""
    _end(desk, session, order_id, "fallen")


def promise_again(desk: Desk, session: Session, order_id: int, day: date, because: str = FAILED) -> None:
    """Promise an order for another day, any time of it, such as after nobody was there; joins the caller's work.

    The version stays: what others decide about the order is not about its day.
    """
    order = session.connection().execute(select(ORDER.c.region, ORDER.c.latest).where(ORDER.c.id == order_id)).one()
    said = stored([_("Comes again")])
    columns: dict[str, Any] = {
        "promised_on": day, "promised_part": "", "promise": said,
        **leaving(day, "", order.region, desk.policy, desk.calendar),
    }  # fmt: skip
    session.connection().execute(update(ORDER).where(ORDER.c.id == order_id).values(**columns))
    record(
        desk, session, ORDER_FLOW.kind, order_id, PROMISED_AGAIN, rule="SLP-6", details={AGAIN: [said, f"{day}", ""]}
    )
    promised(desk, session, order_id, columns | {"latest": order.latest}, because)


def _open(order_id: int) -> Any:
    return (PROMISE.c.order_id == order_id) & (PROMISE.c.outcome == "open")


def _end(desk: Desk, session: Session, order_id: int, outcome: str) -> None:
    ended = update(PROMISE).where(_open(order_id)).values(outcome=outcome, ended_at=desk.now())
    session.connection().execute(ended)

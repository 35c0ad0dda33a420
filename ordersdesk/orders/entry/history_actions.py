"""Past orders brought in from files: closed documents that feed usual items, last orders and averages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, record, stale, stamps, table_of
from ordersdesk.foundation.texts.language import word_list
from ordersdesk.orders.commitments.usual_actions import adjust, remember
from ordersdesk.orders.entry.past import LINES, PastLine, PastOrder, differences, habits_of
from ordersdesk.orders.entry.past_queries import Stored, known_keys
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.terms.flow import ORDER_FLOW

__all__ = ["PastLine", "PastOrder", "add_history", "rewrite_history"]

CHUNK = 5000
IMPORTED, UPDATED = "imported", "updated from a file"


def add_history(desk: Desk, session: Session, orders: Sequence[PastOrder]) -> int:
    """Write past orders as closed documents and return how many were new; joins the caller's transaction."""
    known = known_keys(session, [order.key for order in orders])
    new = [order for order in orders if order.key not in known]
    for start in range(0, len(new), CHUNK):
        _write(desk, session, new[start : start + CHUNK])
    return len(new)


def _write(desk: Desk, session: Session, orders: Sequence[PastOrder]) -> None:
    connection = session.connection()
    connection.execute(insert(ORDER), [_head(desk, order) for order in orders])
    keys = [order.key for order in orders]
    ids = {
        key: id_
        for id_, key in session.connection().execute(select(ORDER.c.id, ORDER.c.key).where(ORDER.c.key.in_(keys)))
    }
    connection.execute(insert(LINE), [row for order in orders for row in _rows(ids[order.key], order)])
    connection.execute(insert(table_of(Timeline)), [_story(desk, ids[order.key], order) for order in orders])
    if habits := _habits(orders):
        remember(session, habits)


def rewrite_history(
    desk: Desk, session: Session, stored: Stored, told: PastOrder, said: Mapping[str, tuple[str, str]]
) -> None:
    """Write a past order anew as a file tells it now; its story says what changed; joins the caller's transaction."""
    same = (ORDER.c.id == stored.id) & (ORDER.c.version == stored.version) & ORDER.c.from_history
    head = {name: value for name, value in _head(desk, told).items() if name not in _KEPT}
    head |= {"number": stored.order.number, "key": stored.order.key, "version": stored.version + 1}
    result = session.connection().execute(update(ORDER).where(same).values(**head))
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise stale(stored.order.number)
    if LINES in said or differences(stored.order, told, ("line_note",)).keys() & {LINES}:
        session.connection().execute(delete(LINE).where(LINE.c.order_id == stored.id))
        session.connection().execute(insert(LINE), _rows(stored.id, told))
    before = {item: (-orders, -pieces) for item, (orders, pieces) in habits_of(stored.order).items()}
    adjust(session, stored.order.customer_id, before)
    if habits := _habits([told]):
        remember(session, habits)
    details = {name: list(pair) for name, pair in said.items()}
    states = {"from_state": stored.order.state, "to_state": told.state} if stored.order.state != told.state else {}
    record(
        desk, session, ORDER_FLOW.kind, stored.id, UPDATED,
        rule="FIL-1", note=word_list(said), details=details | dict(told.facts), **states,
    )  # fmt: skip


_KEPT = ("branch", "created_by", "version", "key", "number")


def _head(desk: Desk, order: PastOrder) -> dict[str, Any]:
    at = datetime.combine(order.day, order.time, desk.zone).astimezone(UTC)
    return stamps(desk, order.state) | {
        "number": order.number, "key": order.key, "their_number": order.theirs,
        "business_date": order.day, "created_at": at,
        "customer_id": order.customer_id, "customer_name": order.customer_name, "size_class": "small",
        "agent": order.agent or desk.user.login, "channel": order.channel, "contact": order.contact,
        "phone": order.phone, "address": order.address, "route": "", "payment": order.payment,
        "invoice": order.invoice, "urgent": False, "wished_on": order.delivery_date,
        "promised_part": "", "promise": "", "note": order.note,
        "goods": order.goods, "fee": order.fee, "total": order.goods + order.fee,
        "delivery": "delivered" if order.state == "closed" else "none", "paid": order.paid, "from_history": True,
    }  # fmt: skip


def _rows(order_id: int, order: PastOrder) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id, "position": place, "item_id": line.item_id, "code": line.code, "name": line.name,
            "spec": "", "unit": line.unit, "quantity": line.quantity, "typed": str(line.quantity),
            "price": line.price, "price_source": "history", "amount": line.amount, "shortage": "", "short": 0,
            "note": line.note,
        }
        for place, line in enumerate(order.lines, 1)
    ]  # fmt: skip


def _story(desk: Desk, order_id: int, order: PastOrder) -> dict[str, Any]:
    return {
        "kind": ORDER_FLOW.kind, "document_id": order_id, "at": desk.now(), "by": desk.user.login, "verb": IMPORTED,
        "from_state": "", "to_state": order.state, "rule": "FIL-1", "note": order.number, "details": dict(order.facts),
    }  # fmt: skip


def _habits(orders: Sequence[PastOrder]) -> list[dict[str, Any]]:
    """Sum up what each customer bought; one row per pair, since an upsert may not meet the same row twice."""
    sums: dict[tuple[int, int], list[Any]] = {}
    for order in orders:
        for item_id, (count, pieces) in habits_of(order).items():
            found = sums.setdefault((order.customer_id, item_id), [0, 0, order.day])
            found[0] += count
            found[1] += pieces
            found[2] = max(found[2], order.day)
    return [
        {"customer_id": key[0], "item_id": key[1], "orders": orders_, "pieces": pieces, "last_on": last}
        for key, (orders_, pieces, last) in sorted(sums.items())
    ]

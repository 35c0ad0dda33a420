"""Past orders brought in from files: closed documents that feed usual items, last orders and averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Timeline, stamps, table_of
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.queries import LINE, ORDER
from ordersdesk.orders.usual_actions import remember

CHUNK = 5000


@dataclass(frozen=True)
class PastLine:
    """A line of a past order with its own figures."""

    item_id: int
    code: str
    name: str
    unit: str
    quantity: int
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class PastOrder:
    """A past order as a file told it; `key` is made from the file's key columns, so that it comes in once."""

    key: str
    number: str
    customer_id: int
    customer_name: str
    day: date
    lines: tuple[PastLine, ...]
    channel: str = "phone"
    address: str = ""
    note: str = ""
    agent: str = ""


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return which of these orders are in the book already."""
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found.update(session.connection().execute(select(ORDER.c.key).where(ORDER.c.key.in_(part))).scalars())
    return found


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
    remember(session, _habits(orders))


def _head(desk: Desk, order: PastOrder) -> dict[str, Any]:
    goods = sum((line.amount for line in order.lines), Decimal("0.00"))
    noon = datetime.combine(order.day, time(12), desk.zone).astimezone(UTC)
    return stamps(desk, "closed") | {
        "number": order.number, "key": order.key, "business_date": order.day, "created_at": noon,
        "customer_id": order.customer_id, "customer_name": order.customer_name, "size_class": "small",
        "agent": order.agent or desk.user.login, "channel": order.channel, "contact": "", "phone": "",
        "address": order.address, "route": "", "payment": "cash", "invoice": "none", "urgent": False,
        "promised_part": "", "promise": "",
        "note": order.note, "goods": goods, "fee": Decimal("0.00"), "total": goods,
        "delivery": "delivered", "paid": "paid", "from_history": True,
    }  # fmt: skip


def _rows(order_id: int, order: PastOrder) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id, "position": place, "item_id": line.item_id, "code": line.code, "name": line.name,
            "spec": "", "unit": line.unit, "quantity": line.quantity, "typed": str(line.quantity),
            "price": line.price, "price_source": "history", "amount": line.amount, "shortage": "", "short": 0,
            "note": "",
        }
        for place, line in enumerate(order.lines, 1)
    ]  # fmt: skip


def _story(desk: Desk, order_id: int, order: PastOrder) -> dict[str, Any]:
    return {
        "kind": ORDER_FLOW.kind, "document_id": order_id, "at": desk.now(), "by": desk.user.login, "verb": "imported",
        "from_state": "", "to_state": "closed", "rule": "FIL-1", "note": order.number, "details": {},
    }  # fmt: skip


def _habits(orders: Sequence[PastOrder]) -> list[dict[str, Any]]:
    """Sum up what each customer bought; one row per pair, since an upsert may not meet the same row twice."""
    sums: dict[tuple[int, int], list[Any]] = {}
    for order in orders:
        for item_id in {line.item_id for line in order.lines}:
            pieces = sum(line.quantity for line in order.lines if line.item_id == item_id)
            found = sums.setdefault((order.customer_id, item_id), [0, 0, order.day])
            found[0] += 1
            found[1] += pieces
            found[2] = max(found[2], order.day)
    return [
        {"customer_id": key[0], "item_id": key[1], "orders": orders_, "pieces": pieces, "last_on": last}
        for key, (orders_, pieces, last) in sorted(sums.items())
    ]

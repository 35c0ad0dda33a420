"""Reads of past orders: which of a file's orders the book may hold already, with all a file can say of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.entry.past import PastLine, PastOrder
from ordersdesk.orders.model.queries import LINE, ORDER

_HEAD = (
    "key", "number", "customer_id", "customer_name", "channel", "contact", "phone", "address", "payment", "invoice",
    "fee", "note", "agent", "state", "paid",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """An order of the book that a file may tell of; one of our own is never written by a file."""

    id: int
    version: int
    is_past: bool
    order: PastOrder


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return which of these keys orders of the book have already."""
    found: set[str] = set()
    for part in chunks(keys):
        found.update(session.connection().execute(select(ORDER.c.key).where(ORDER.c.key.in_(part))).scalars())
    return found


def taken_numbers(desk: Desk, session: Session, numbers: Sequence[str]) -> set[str]:
    """Return which of these numbers orders of this branch have already."""
    found: set[str] = set()
    for piece in chunks(numbers):
        chosen = (ORDER.c.branch == desk.branch) & ORDER.c.number.in_(piece)
        found.update(session.connection().execute(select(ORDER.c.number).where(chosen)).scalars())
    return found


def told_of(desk: Desk, session: Session, *, theirs: Collection[str], keys: Collection[str]) -> list[Stored]:
    """Return the orders that go by a number or key of a file, by id; at most some hundred of each at once."""
    connection = session.connection()
    numbered = ORDER.c.their_number.in_(theirs) & (ORDER.c.their_number != "")
    own = (ORDER.c.branch == desk.branch) & ORDER.c.number.in_(theirs)
    ids: set[int] = set()
    for same in (numbered, own, ORDER.c.key.in_(keys)):
        ids.update(connection.execute(select(ORDER.c.id).where(same)).scalars())
    heads = [
        head
        for piece in chunks(sorted(ids))
        for head in connection.execute(
            select(ORDER).where(ORDER.c.branch == desk.branch, ORDER.c.id.in_(piece)).order_by(ORDER.c.id)
        ).mappings()
    ]
    lines: dict[int, list[PastLine]] = {}
    names = ("order_id", "item_id", "code", "name", "unit", "quantity", "price", "amount", "note")
    columns = select(*(LINE.c[name] for name in names)).order_by(LINE.c.order_id, LINE.c.position)
    for piece in chunks([head["id"] for head in heads]):
        for order_id, *line in connection.execute(columns.where(LINE.c.order_id.in_(piece))):
            lines.setdefault(order_id, []).append(PastLine(*line))
    return [
        Stored(
            head["id"], head["version"], head["from_history"],
            PastOrder(
                **{name: head[name] for name in _HEAD}, theirs=head["their_number"] or head["number"],
                day=head["business_date"], time=head["created_at"].astimezone(desk.zone).time(),
                delivery_date=head["wished_on"], lines=tuple(lines.get(head["id"], ())),
            ),
        )
        for head in heads
    ]  # fmt: skip

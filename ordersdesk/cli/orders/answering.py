"""Answers the commands put together from several rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ordersdesk.catalogue.queries import find
from ordersdesk.foundation.desk import Desk
from ordersdesk.stock.queries import shelves
from ordersdesk.stock.rules import Shelf, answer


@dataclass(frozen=True)
class Place:
    """What one warehouse has of an item."""

    warehouse: str
    kind: str
    available: int
    on_hand: int
    reserved: int
    expected: int
    due: date | None
    quarantined: int
    """Back and not yet inspected: not available (STK-1)."""


@dataclass(frozen=True)
class StockAnswer:
    """What there is of an item, and the sentence to say (STK-4, JOY-3)."""

    code: str
    name: str
    spec: str
    sentence: str
    places: tuple[Place, ...]


def stock_answers(desk: Desk, text: str, *, wanted: int, limit: int) -> list[StockAnswer]:
    """Return what there is of every item a text finds."""
    found = find(desk, text, limit=limit)
    with desk.reading() as session:
        stored = shelves(session, [item.id for item in found])
    return [
        StockAnswer(
            item.code,
            item.name,
            item.spec,
            answer(stored[item.id], wanted, desk.policy.stock.warehouse_order),
            tuple(map(_place, stored[item.id])),
        )
        for item in found
    ]


def _place(shelf: Shelf) -> Place:
    return Place(
        shelf.warehouse, shelf.kind, shelf.available, shelf.on_hand, shelf.reserved, shelf.expected, shelf.due,
        shelf.quarantined,
    )  # fmt: skip

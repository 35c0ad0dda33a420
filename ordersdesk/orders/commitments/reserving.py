"""What an order reserves where: what the main warehouse has, and transfers where they come from (STK-3, STK-5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ordersdesk.orders.assessment.case import Line
from ordersdesk.stock.rules import sources


def reserved(lines: Iterable[Line], order: Sequence[str]) -> dict[tuple[int, int], int]:
    """Return what to reserve where; `order` are the kinds of warehouses transfers come from (STK-5)."""
    wanted: dict[tuple[int, int], int] = {}
    brought: dict[int, tuple[Line, int]] = {}  # lines of one item share the other warehouses too

    def add(item_id: int, place: int, pieces: int) -> None:
        wanted[item_id, place] = wanted.get((item_id, place), 0) + pieces

    for line in lines:
        assert line.ware is not None
        main = next((shelf for shelf in line.shelves if shelf.is_main), None)
        if main and line.quantity > line.short:
            add(line.ware.id, main.warehouse_id, line.quantity - line.short)
        if line.draft.shortage == "transfer":
            brought[line.ware.id] = (line, brought.get(line.ware.id, (line, 0))[1] + line.short)
    for item_id, (line, missing) in brought.items():
        for shelf, share in sources(line.shelves, missing, order):
            add(item_id, shelf.warehouse_id, share)
    return wanted

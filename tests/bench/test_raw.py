"""The baseline of the submit bench is honest: by hand the very rows are written that a submit writes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.entry.actions import submit
from tests.bench.raw import ONLY, PARTS, Raw
from tests.bench.shop import code, furnish
from tests.builders import a_draft

LINES = [(code(number), number + 1) for number in range(5)]


def rows(desk: Desk, order_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that was written about an order, without what every order has of its own."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with desk.reading() as session:
        for table, key in {"sales_order": "id", **PARTS}.items():
            chosen = f"{key} = :order{ONLY.get(table, '')}"
            said = text(f"SELECT * FROM {table} WHERE {chosen} ORDER BY id").bindparams(order=order_id)
            own = {"id", key, "number", "key"}
            found[table] = [
                tuple(str(value) for name, value in row.items() if name not in own)
                for row in session.connection().execute(said).mappings()
            ]
    return found


def counters(desk: Desk) -> list[tuple[Any, ...]]:
    """Return stock and habits."""
    with desk.reading() as session:
        stock = session.connection().execute(text("SELECT item_id, reserved FROM stock ORDER BY item_id")).all()
        usual = session.connection().execute(text("SELECT item_id, orders, pieces FROM usual_item ORDER BY item_id"))
        return [tuple(row) for row in (*stock, *usual.all())]


def test_by_hand_the_rows_of_a_submit_are_written(desk: Desk) -> None:
    furnish(desk, items=5, buyers=1)
    made = submit(desk, a_draft(*LINES, customer="C000001", address="上海市张江路88号"))
    once = counters(desk)
    raw = Raw(desk.database)
    raw.write(raw.read(made.number))
    raw.close()
    assert rows(desk, 2) == rows(desk, 1)
    assert [row[1:] for row in counters(desk)] == [tuple(2 * value for value in row[1:]) for row in once]

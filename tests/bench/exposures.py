"""What is open with a customer of five thousand open documents among very many orders (PAY-7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import insert, select, text

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import stamps
from ordersdesk.orders.assessment.exposure_queries import ordered_on_credit
from ordersdesk.orders.model.queries import ORDER
from tests.bench.figures import Figure, clocked, median, milliseconds, p95

OPEN, WHOSE = 5_000, 1
GOAL = 5.0  # milliseconds of the 95th in a hundred, on either database
CHUNK = 5_000


def exposures(desk: Desk, *, orders: int, times: int) -> Iterator[Figure]:
    """Sum up the customer's open documents again and again, each time but another one of them."""
    first = _booked(desk, orders)
    by_id = clocked(partial(_read, desk, first + place) for place in range(times))[0]
    sums = (partial(_exposed, desk, first + place) for place in range(times))
    for warm in range(5):
        _exposed(desk, first + warm)
    taken, found = clocked(sums)
    assert set(found) == {Decimal(OPEN - 1) * 100}
    yield Figure(
        what=f"exposure of {OPEN:,} open documents",
        at=f"{desk.database.dialect}, {orders:,} orders",
        measured=milliseconds(taken),
        baseline=f"{milliseconds(by_id)} by id",
        ratio=f"{median(taken) / median(by_id):.1f} ×",
        goal=f"p95 ≤ {GOAL} ms",
        ok=p95(taken) * 1000 <= GOAL,
    )


def _exposed(desk: Desk, without: int) -> Decimal:
    with desk.reading() as session:
        return ordered_on_credit(session, WHOSE, without=without)


def _read(desk: Desk, own: int) -> None:
    with desk.reading() as session:
        session.connection().execute(select(ORDER.c.total).where(ORDER.c.id == own)).one()


def _booked(desk: Desk, orders: int) -> int:
    """Book the orders and return the id of the first open one."""
    for start in range(0, orders, CHUNK):
        rows = [_row(desk, place, orders) for place in range(start, min(start + CHUNK, orders))]
        desk.database.write(lambda session, rows=rows: session.connection().execute(insert(ORDER), rows))
    if desk.database.dialect == "postgresql":
        desk.database.write(lambda session: session.connection().execute(text("ANALYZE sales_order")))
    with desk.reading() as session:
        first = select(ORDER.c.id).where(ORDER.c.key == f"b{orders - OPEN}")
        return session.connection().execute(first).scalar_one()


def _row(desk: Desk, place: int, orders: int) -> dict[str, Any]:
    """The last orders are the customer's open ones; a fifth of those before is theirs too, and closed."""
    is_open = place >= orders - OPEN
    own = {"customer_id": WHOSE if is_open or place % 5 == 0 else place % 900 + 2, "key": f"b{place}"}
    state = "confirmed" if is_open else "closed"
    return stamps(desk, state) | own | {
        "number": f"B{place}", "customer_name": "明远办公", "size_class": "key", "agent": "lin", "channel": "phone",
        "contact": "王芳", "phone": "13800138000", "address": "张江路88号", "payment": "account", "invoice": "none",
        "goods": Decimal(100), "total": Decimal(100), "paid": "unpaid" if is_open else "paid",
    }  # fmt: skip

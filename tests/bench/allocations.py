"""Allocating a wave of 500 orders among a hundred thousand open ones, against writing its rows by hand (SLP-1).

Every round takes the next five hundred, each of five lines; every twentieth is urgent, every fifth a key customer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Table, select, text
from sqlmodel import Session

from ordersdesk.delivery.model.queries import SLIP, SLIP_LINE
from ordersdesk.delivery.slips.allocating_actions import Order, allocate, would_allocate
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import stamps
from ordersdesk.foundation.store.typed_rows import put
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.promise.waves import Wave
from tests.bench.figures import Figure, clocked, median
from tests.builders import as_role

WAVE = 500
LINES = 5
GOAL = 2.0  # seconds of the slowest wave
CHUNK = 5_000
TABLES = (SLIP, SLIP_LINE)
LAST = date(9999, 1, 1)


def allocations(desk: Desk, *, orders: int, rounds: int) -> Iterator[Figure]:
    """Allocate one wave after the other, and write each again by hand."""
    clerk = as_role(desk, "order_group", login="ding")
    days = [desk.today() + timedelta(days=place) for place in range(rounds + 1)]
    _sold(desk, orders, days)
    looked = clocked([partial(would_allocate, clerk, Order(Wave(days[0], "15:30")))])[0]
    taken, made = clocked([partial(allocate, clerk, Order(Wave(day, "15:30"))) for day in days])
    assert [len(done.made) for done in made] == [WAVE] * len(days)
    by_hand = [_again(desk) for _round in range(rounds)]
    yield Figure(
        what=f"allocate a wave of {WAVE} orders",
        at=f"{desk.database.dialect}, {orders:,} open",
        measured=f"{median(taken[1:]):.2f} s, first {taken[0]:.2f} s, dry run {looked[0]:.2f} s",
        baseline=f"{median(by_hand):.2f} s by hand",
        ratio=f"{median(taken[1:]) / median(by_hand):.1f} ×",
        goal=f"≤ {GOAL:.0f} s",
        ok=max(taken) <= GOAL,
    )


def _sold(desk: Desk, orders: int, days: list[date]) -> None:
    """Write confirmed orders: the first of them leave day by day, the others much later."""
    items = desk.database.write(lambda session: list(session.connection().exec_driver_sql(
        "SELECT id, code, name, unit, list_price FROM item ORDER BY id"
    )))  # fmt: skip
    for start in range(0, orders, CHUNK):
        places = range(start, min(start + CHUNK, orders))
        heads = [_order(desk, place, days) for place in places]
        lines = [_line(place, position, items) for place in places for position in range(LINES)]

        def work(session: Session, heads: list[Any] = heads, lines: list[Any] = lines) -> None:
            put(session, ORDER, heads)
            put(session, LINE, lines)

        desk.database.write(work)
    if desk.database.dialect == "postgresql":
        desk.database.write(lambda session: session.connection().execute(text("ANALYZE")))


def _order(desk: Desk, place: int, days: list[date]) -> dict[str, Any]:
    day = days[place // WAVE] if place < WAVE * len(days) else LAST
    return _whole(ORDER, stamps(desk, "confirmed") | {
        "id": place + 1, "number": f"B{place}", "key": f"b{place}", "customer_id": place % 1000 + 1,
        "customer_name": "明远办公", "size_class": "small" if place % 5 else "key", "agent": "lin",
        "channel": "phone", "contact": "王芳", "phone": "13800138000", "address": "张江路88号",
        "route": f"R{place % 9}", "region": "上海",
        "payment": "cash", "invoice": "none", "urgent": not place % 20, "promised_on": day, "leaves_on": day,
        "wave": "12:00", "goods": Decimal("50.00"), "fee": Decimal("10.00"), "total": Decimal("60.00"),
    })  # fmt: skip


def _line(place: int, position: int, items: list[Any]) -> dict[str, Any]:
    item = items[(place * 7 + position) % len(items)]
    return _whole(LINE, {
        "order_id": place + 1, "position": position + 1, "item_id": item[0], "code": item[1], "name": item[2],
        "unit": item[3], "quantity": 10, "price": Decimal("1.00"), "amount": Decimal("10.00"),
    })  # fmt: skip


def _whole(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """Name every column, as writing in bulk wants it."""
    usual = {
        column.name: column.default.arg if column.default is not None and not callable(column.default.arg) else None  # type: ignore[attr-defined]
        for column in table.columns
        if column.name != "id"
    }
    return usual | values


def _again(desk: Desk) -> float:
    """Write as many slips once more, as the plain rows they are, and take them back."""
    seconds: list[float] = []

    def work(session: Session) -> None:
        rows: dict[Table, list[Any]] = {}
        for table, limit in zip(TABLES, (WAVE, WAVE * LINES), strict=True):
            columns = [column for column in table.columns if column.name != "id"]
            found = session.connection().execute(select(*columns).order_by(table.c.id.desc()).limit(limit)).mappings()
            rows[table] = [dict(row) for row in found]
        for number, row in enumerate(rows[SLIP]):
            row["number"] = f"H{number}"
        for table, copies in rows.items():
            seconds.extend(clocked([partial(put, session, table, copies)])[0])
        session.rollback()

    desk.database.write(work)
    return sum(seconds)

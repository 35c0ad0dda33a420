"""Opening the approvals queue: ten thousand pending among the decisions about very many orders (USR-2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import insert, select, text

from ordersdesk.approvals.queries import APPROVAL, queue, waiting_count
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import stamps
from tests.bench.figures import Figure, clocked, median, milliseconds, p95
from tests.builders import as_role

PENDING = 10_000
PAGE = 50
GOALS = {"sqlite": 5.0, "postgresql": 10.0}  # milliseconds of the 95th in a hundred
CHUNK = 5_000
ROLES = (("manager", "account_order"), ("branch_gm", "large_order"), ("leader", "double_order"))
WHO: dict[str, tuple[str, ...]] = {"a manager's": ("manager",), "manager and GM's": ("manager", "branch_gm")}


def queues(desk: Desk, *, orders: int, times: int) -> Iterator[Figure]:
    """Open the queue again and again: for one role, for two, and on from somewhere within it."""
    _asked(desk, orders)
    by_id = clocked(partial(_read, desk, place + 1) for place in range(times))[0]
    for name, roles in WHO.items():
        boss = as_role(desk, *roles, login="boss")
        page = queue(boss, limit=PAGE)
        assert (len(page), page[0].rank) == (PAGE, 0)
        yield _figure(
            desk, f"approvals: {name} queue", orders, clocked([partial(queue, boss, limit=PAGE)] * times)[0], by_id
        )
        after = queue(boss, limit=PENDING // 10)[-1].place
        taken = clocked([partial(queue, boss, limit=PAGE, after=after)] * times)[0]
        yield _figure(desk, f"approvals: {name}, further on", orders, taken, by_id)
    boss = as_role(desk, "manager", login="boss")
    yield _figure(desk, "approvals: how many wait", orders, clocked([partial(waiting_count, boss)] * times)[0], by_id)


def _figure(desk: Desk, what: str, orders: int, taken: list[float], by_id: list[float]) -> Figure:
    goal = GOALS[desk.database.dialect]
    return Figure(
        what=what,
        at=f"{desk.database.dialect}, {PENDING:,} of {orders:,}",
        measured=milliseconds(taken),
        baseline=f"{milliseconds(by_id)} by id",
        ratio=f"{median(taken) / median(by_id):.1f} ×",
        goal=f"p95 ≤ {goal} ms",
        ok=p95(taken) * 1000 <= goal,
    )


def _read(desk: Desk, own: int) -> None:
    with desk.reading() as session:
        session.connection().execute(select(APPROVAL.c.document).where(APPROVAL.c.id == own)).one()


def _asked(desk: Desk, orders: int) -> None:
    """Ask about every order; the last ten thousand are pending, the others were granted."""
    for start in range(0, orders, CHUNK):
        rows = [_row(desk, place, orders) for place in range(start, min(start + CHUNK, orders))]
        desk.database.write(lambda session, rows=rows: session.connection().execute(insert(APPROVAL), rows))
    if desk.database.dialect == "postgresql":
        desk.database.write(lambda session: session.connection().execute(text("ANALYZE approval")))


def _row(desk: Desk, place: int, orders: int) -> dict[str, Any]:
    is_pending = place >= orders - PENDING
    role, occasion = ROLES[place % len(ROLES)]
    return stamps(desk, "waiting" if is_pending else "granted") | {
        "subject": "order", "document_id": place + 1, "document": f"B{place}", "document_version": 1,
        "about": "明远办公", "occasion": occasion, "rule": "ORD-5", "role": role, "amount": Decimal(100),
        "text": "{total} is a large order (from {limit}).", "facts": {"total": "1", "limit": "1"},
        "seen": {"Total": "100.00"}, "rank": place % 10 != 0, "due_at": desk.now() + timedelta(minutes=place % 600),
        "decided_by": "" if is_pending else "boss",
    }  # fmt: skip

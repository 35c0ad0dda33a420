"""Submitting an order of five lines with all its rules, against the same rows written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.actions import submit
from tests.bench.figures import Figure, clocked, median, milliseconds
from tests.bench.raw import Raw
from tests.bench.shop import drafts

GOAL = {"sqlite": 0.15, "postgresql": 0.30}
TURN = 25  # orders of one kind before the other has its turn: both see the same noise


def submits(desk: Desk, *, count: int) -> Iterator[Figure]:
    """Submit so many orders and write as many by hand, by turns."""
    waiting = drafts(desk, seed=1)
    made = [submit(desk, draft) for draft in islice(waiting, TURN)]
    raw = Raw(desk.database, made[-1].number)
    with_rules: list[float] = []
    by_hand: list[float] = []
    for _ in range(count // TURN):
        with_rules += clocked([lambda draft=draft: submit(desk, draft) for draft in islice(waiting, TURN)])
        by_hand += clocked([raw.write] * TURN)
    raw.close()
    ratio, goal = median(by_hand) / median(with_rules), GOAL[desk.database.dialect]
    yield Figure(
        what="submit, five lines, all rules",
        at=desk.database.dialect,
        measured=milliseconds(with_rules),
        baseline=f"{milliseconds(by_hand)} by hand",
        ratio=f"{ratio:.2f} ×",
        goal=f"≥ {goal} ×",
        ok=ratio >= goal,
    )

"""Submitting an order of five lines with all its rules, against the same rows written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.entry.actions import submit
from tests.bench.figures import Figure, clocked, median, milliseconds
from tests.bench.raw import Raw
from tests.bench.shop import drafts

GOAL = {"sqlite": 0.15, "postgresql": 0.30}
TURN = 25  # orders of one kind before the other has its turn: both see the same noise


def submits(desk: Desk, *, count: int) -> Iterator[Figure]:
    """Submit so many orders and write them once more by hand, by turns."""
    waiting, raw = drafts(desk, seed=1), Raw(desk.database)
    with_rules: list[float] = []
    by_hand: list[float] = []
    for turn in range(count // TURN + 1):
        slow, made = clocked(partial(submit, desk, draft) for draft in islice(waiting, TURN))
        copies = [raw.read(order.number) for order in made]
        quick, _nothing = clocked(partial(raw.write, copy) for copy in copies)
        if turn:  # the first one warms both
            with_rules += slow
            by_hand += quick
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

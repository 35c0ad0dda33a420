"""What the processes do that are killed: take orders, park calls, type; each tells what is safe."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from ordersdesk.calls.actions import park
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.entry.intake_actions import keep
from ordersdesk.orders.terms.draft import Draft
from screens.intake.call.journal import Journal
from screens.intake.call.work import Work
from tests.builders import a_draft, agreed, at_their_word
from tests.conftest import MONDAY_TEN

POLICY = load()  # once, before any process is forked
ADDRESS = "上海市张江路88号"  # its words say where it is: no customer has it on their card
CODES = ("A", "B", "C", "D")
NAMES = ("Harbour", "Willow", "Quartz", "Meadow")
CUSTOMERS = tuple(f"C{number:06d}" for number in range(1, len(NAMES) + 1))
TYPED = "13800138000 王芳 A4-80 5箱 张江路88号 leave at the gate; "
APART = timedelta(minutes=31)  # turns are so far apart that what the dead hold lapses

_DATABASES: dict[str, Database] = {}


def warm(where: str) -> None:
    """Do everything once before lives are forked, and close: statements stay prepared, no connection is shared."""
    if "://" in where and where not in _DATABASES:
        _DATABASES[where] = Database(where)
        for life in (takes_orders, parks_calls):
            next(life(where, -1))
        _DATABASES[where].close()


def _desk(where: str, turn: int) -> Desk:
    lin = Actor(id=1, login="lin", name="Lin", roles=frozenset({"agent"}))
    clock = FixedClock(MONDAY_TEN + (turn + 1) * APART)
    return Desk(lin, POLICY.branch.code, clock, POLICY, _DATABASES[where], at_their_word)


def takes_orders(where: str, turn: int) -> Iterator[Any]:
    """Type an order, hold its goods, submit it, tell its number; and the next."""
    desk = _desk(where, turn)
    for draft in _drafts(f"order-{turn}"):
        keep(desk, draft, typed={"lines": len(draft.lines)})
        made = agreed(desk, draft)
        yield {"number": made.number, "key": draft.key, "pieces": [line.quantity for line in draft.lines]}


def parks_calls(where: str, turn: int) -> Iterator[Any]:
    """Type an order, hold its goods, park the call, tell it; and the next."""
    desk = _desk(where, turn)
    for draft in _drafts(f"call-{turn}"):
        typed = {"lines": [line.item for line in draft.lines]}
        keep(desk, draft, typed={})
        park(desk, key=draft.key, draft=typed)
        yield {"key": draft.key, "typed": typed}


def types(where: str, turn: int) -> Iterator[Any]:
    """Type one letter after the other into an intake with a journal, telling how many."""
    journal, work = Journal(Path(where), "lin"), Work(key=f"work-{turn}")
    for letters in count(1):
        work.typing["line"] = typed(letters)
        journal.keep(work)
        yield letters


def typed(letters: int) -> str:
    """Return what stands in the field after so many letters."""
    return (TYPED * (letters // len(TYPED) + 1))[:letters]


def _drafts(name: str) -> Iterator[Draft]:
    for number in count():
        codes = random.sample(CODES, random.randint(1, len(CODES)))
        lines = [(code, random.randint(1, 9)) for code in codes]
        yield a_draft(*lines, key=f"{name}-{number}", customer=random.choice(CUSTOMERS), address=ADDRESS)


LIVES: dict[str, Callable[[str, int], Iterator[Any]]] = {"order": takes_orders, "park": parks_calls, "type": types}

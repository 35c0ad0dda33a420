"""A desk at work in the chaos: it does one act after the other and tells what it tried and what came of it.

Runs as a process of its own, `python -m tests.chaos.desks URL HOME NAME`, until it is killed. In its environment
`CHAOS_CLOCK` says how many days its clock is off, `CHAOS_PAGES` how many pages its database may have.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from ordersdesk.calls.actions import park
from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.backup import back_up
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.foundation.time.clock import SystemClock
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.intake_actions import keep
from tests.builders import a_draft, agreed, as_role, at_their_word
from tests.crash.lives import ADDRESS, CODES, CUSTOMERS

Told = dict[str, Any]


class TurnedClock(SystemClock):
    """The machine's clock, so many days off."""

    def __init__(self, days: float) -> None:
        self._by = timedelta(days=days)

    def now(self) -> datetime:
        """Return the time it says."""
        return super().now() + self._by


def desk_at(url: str, *, clock_off: float = 0) -> Desk:
    """A desk with somebody at it who may do everything; nobody is proven here."""
    roles = frozenset({"agent", "order_group", "admin"})
    policy = load()
    clock = TurnedClock(clock_off)
    database = Database(url, is_made=True)
    return Desk(Actor(1, "lin", "Lin", roles), policy.branch.code, clock, policy, database, at_their_word)


def started(url: str) -> Desk:
    """A desk as somebody starts it, again while its file is away."""
    while True:
        try:
            return desk_at(url, clock_off=float(os.environ.get("CHAOS_CLOCK", "0")))
        except Outage:
            time.sleep(0.1)


class Work:
    """What one desk does, and what it remembers of its own acts."""

    def __init__(self, desk: Desk, home: Path, name: str) -> None:
        self.desk, self.home, self.name = desk, home, name
        self.office = as_role(desk, "order_group")
        self.mine: list[str] = []
        self._keys = count(1)

    def order(self) -> Iterator[Told]:
        """Type an order and submit it."""
        key, told = self._draft()
        yield {"try": "order", "key": key.key, **told}
        keep(self.desk, key, typed=told)
        made = agreed(self.desk, key)
        self.mine.append(made.number)
        yield {"done": "order", "key": key.key, "number": made.number, **told}

    def again(self) -> Iterator[Told]:
        """Submit the same twice, as a hand does that saw no answer."""
        draft, told = self._draft()
        yield {"try": "order", "key": draft.key, **told}
        first = agreed(self.desk, draft).number
        yield {"done": "order", "key": draft.key, "number": first, **told}
        yield {"try": "again", "key": draft.key}
        yield {"done": "order", "key": draft.key, "number": agreed(self.desk, draft).number, **told}

    def regret(self) -> Iterator[Told]:
        """Pull back an order of one's own."""
        if self.mine:
            number = self.mine.pop()
            yield {"try": "regret", "number": number}
            regret(self.desk, number)
            yield {"done": "regret", "number": number}

    def park(self) -> Iterator[Told]:
        """Hold goods for a call and park it."""
        draft, told = self._draft()
        yield {"try": "park", "key": draft.key}
        keep(self.desk, draft, typed={})
        park(self.desk, key=draft.key, draft=told)
        yield {"done": "park", "key": draft.key, **told}

    def print(self) -> Iterator[Told]:
        """Make a slip of an order of one's own and print it."""
        if not self.mine:
            return
        number = self.mine.pop(0)
        yield {"try": "allocate", "number": number}
        slips = [made.slip for made in allocate(self.office, Order(numbers=(number,))).made]
        yield {"done": "allocate", "number": number, "slips": slips}
        if slips:
            yield {"try": "print", "slips": slips}
            made = print_slips(self.office, Wanted(numbers=tuple(slips)), On(to=self.home / "papers", form="text"))
            yield {"done": "print", "slips": list(made.numbers), "files": list(made.places)}

    def backup(self) -> Iterator[Told]:
        """Copy the book while everybody works on."""
        if self.desk.database.dialect == "sqlite":
            target = self.home / f"{self.name}.backup"
            yield {"try": "backup"}
            back_up(self.desk.database, target, replace=True)
            yield {"done": "backup", "file": str(target), "holds": self.mine[-1:]}

    def _draft(self) -> tuple[Any, Told]:
        codes = random.sample(CODES, random.randint(1, len(CODES)))
        lines = [(code, random.randint(1, 9)) for code in codes]
        key = f"{self.name}-{next(self._keys)}"
        draft = a_draft(*lines, key=key, customer=random.choice(CUSTOMERS), address=ADDRESS)
        return draft, {"pieces": [pieces for _code, pieces in lines]}


ACTS: dict[str, int] = {"order": 8, "again": 2, "park": 3, "regret": 2, "print": 8, "backup": 1}


def tell(words: Told) -> None:
    """Tell in one write: no half line is left when the teller dies."""
    os.write(1, f"{json.dumps(words)}\n".encode())


def do(act: Callable[[], Iterator[Told]]) -> None:
    """Do one act; a refusal is an answer, anything else a fault."""
    trying: Told = {}
    try:
        for words in act():
            trying = words if "try" in words else trying
            tell(words)
    except Refused as no:
        unknown = isinstance(no, Outage) and no.is_unknown
        tell({"refused": no.rule, "said": str(no)[:200], "unknown": unknown, "of": trying})
    except Exception:
        tell({"fault": traceback.format_exc()[-2000:], "of": trying})


def main(url: str, home: str, name: str) -> None:
    """Work until somebody kills it."""
    desk = started(url)
    if pages := os.environ.get("CHAOS_PAGES"):
        small = f"PRAGMA max_page_count={int(pages)}"
        event.listen(desk.database.engine, "connect", lambda connection, _record: connection.execute(small))
    work = Work(desk, Path(home), name)
    tell({"born": name})
    for act in iter(lambda: random.choices(list(ACTS), list(ACTS.values()))[0], ""):
        do(getattr(work, act))


if __name__ == "__main__":
    main(*sys.argv[1:])

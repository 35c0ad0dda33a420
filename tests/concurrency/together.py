"""Many at once: threads that begin at the same moment, and processes with connections of their own."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.entry.actions import Submitted, submit
from ordersdesk.orders.terms.draft import Draft
from tests.builders import at_their_word
from tests.conftest import MONDAY_TEN

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T | Refused]:
    """Do everything at the same moment, each in a thread; what is refused comes back as its refusal."""
    start = threading.Barrier(len(acts))

    def begun(act: Callable[[], T]) -> T | Refused:
        start.wait(60)
        try:
            return act()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result(120) for done in [threads.submit(begun, act) for act in acts]]


@contextmanager
def processes(database: Database, count: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that each open a desk of their own over the same database."""
    url = database.url.render_as_string(hide_password=False)
    fresh = multiprocessing.get_context("spawn")  # forked connections would be shared ones
    with ProcessPoolExecutor(count, mp_context=fresh, initializer=_open, initargs=(url,)) as pool:
        yield pool


def take_orders(drafts: Sequence[Draft]) -> list[Submitted | Refused]:
    """Submit one draft after the other in one of the processes."""
    return [_taken(draft) for draft in drafts]


def _taken(draft: Draft) -> Submitted | Refused:
    try:
        return submit(_DESKS[0], draft)
    except Refused as refused:
        return refused


_DESKS: list[Desk] = []


def own_desk() -> Desk:
    """Return the desk of one of the processes."""
    return _DESKS[0]


def _open(url: str) -> None:
    policy = load()
    lin = Actor(id=1, login="lin", name="Lin", roles=frozenset({"agent"}))
    clock = FixedClock(MONDAY_TEN)
    _DESKS.append(Desk(lin, policy.branch.code, clock, policy, Database(url), at_their_word))

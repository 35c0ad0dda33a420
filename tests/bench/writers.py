"""Eight processes submitting at once: none may fail, none may starve, and stock and numbers stay exact."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.orders.entry.actions import submit
from tests.bench.figures import Figure, milliseconds
from tests.bench.shop import desk_over, drafts
from tests.properties.proofs import prove

PROCESSES = 8
GOAL = 1.0  # seconds nobody waits longer than
WARM = 12.0  # seconds for eight interpreters to begin


@dataclass(frozen=True)
class Told:
    """What a process saw: how long each submit took, and the first thing that went wrong."""

    times: tuple[float, ...]
    trouble: str = ""


def writers(desk: Desk, *, seconds: float) -> Iterator[Figure]:
    """Let them all submit for so many seconds."""
    url = desk.database.url.render_as_string(hide_password=False)
    begin = time.time() + WARM
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        told = list(
            pool.map(
                _submitting, *zip(*[(url, seed, begin, seconds) for seed in range(100, 100 + PROCESSES)], strict=True)
            )
        )
    times = list(chain.from_iterable(one.times for one in told))
    trouble = next((one.trouble for one in told if one.trouble), "")
    faults = [fault.what for found in check(desk) for fault in found.faults]
    prove(desk.database)
    shares = sorted(len(one.times) for one in told)
    yield Figure(
        what=f"{PROCESSES} processes submitting for {seconds:.0f} s",
        at=desk.database.dialect,
        measured=f"{milliseconds(times)}, longest {max(times) * 1000:.0f} ms",
        baseline=f"{len(times) / seconds:.0f} orders/s, {shares[0]}…{shares[-1]} each",
        ratio=trouble or "; ".join(faults[:2]) or "exact",
        goal=f"longest ≤ {GOAL:.0f} s, none fails",
        ok=max(times) <= GOAL and not trouble and not faults,
    )


def _submitting(url: str, seed: int, begin: float, seconds: float) -> Told:
    desk = desk_over(Database(url))
    waiting = drafts(desk, seed=seed)
    times: list[float] = []
    submit(desk, next(waiting))
    time.sleep(max(0.0, begin - time.time()))
    try:
        while time.time() < begin + seconds:
            draft = next(waiting)
            begun = time.perf_counter()
            submit(desk, draft)
            times.append(time.perf_counter() - begun)
    except Exception as error:
        return Told(tuple(times), f"{type(error).__name__}: {error}")
    return Told(tuple(times))

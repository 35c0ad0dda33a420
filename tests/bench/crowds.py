"""Many processes doing all acts on the same few orders: nobody waits long, nothing fails, the book stays exact."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random

from sqlalchemy import select

from ordersdesk.changing import call_off, paid
from ordersdesk.check import check
from ordersdesk.customers.records.actions import edit
from ordersdesk.deciding import grant
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import note_read_back
from ordersdesk.orders.entry.intake_actions import keep
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.terms.draft import Draft
from tests.bench.figures import Figure, milliseconds
from tests.bench.shop import code, desk_over
from tests.bench.writers import GOAL
from tests.builders import a_draft, agreed, as_role
from tests.properties.proofs import prove

FEW = 8  # orders, customers and items everybody works on


@dataclass(frozen=True)
class Told:
    """What a process saw: how long each act took, how many were refused, and the first thing that went wrong."""

    times: tuple[tuple[float, str], ...]
    refused: int = 0
    trouble: str = ""


def crowds(desk: Desk, *, sizes: tuple[int, ...], seconds: float) -> Iterator[Figure]:
    """Let one work alone, and then so many together."""
    _alone, (calm, _what), *_ = _crowd(desk, 1, seconds=seconds)
    for size in sizes:
        told, (longest, what), refused, trouble = _crowd(desk, size, seconds=seconds)
        faults = [fault.what for found in check(desk) for fault in found.faults]
        prove(desk.database)
        yield Figure(
            what=f"{size} processes doing everything on {FEW} orders for {seconds:.0f} s",
            at=desk.database.dialect,
            measured=f"{milliseconds(told)}, longest {longest * 1000:.0f} ms ({what})",
            baseline=f"longest {calm * 1000:.0f} ms alone; {len(told) / seconds:.0f} acts/s, {refused} refused",
            ratio=trouble or "; ".join(faults[:2]) or f"{longest / calm:.1f} ×, exact",
            goal=f"longest < {GOAL:.0f} s, none fails",
            ok=longest < GOAL and not trouble and not faults,
        )


def _crowd(desk: Desk, size: int, *, seconds: float) -> tuple[list[float], tuple[float, str], int, str]:
    """Return how long the acts took, the longest with its name, how many were refused, and what failed."""
    url = desk.database.url.render_as_string(hide_password=False)
    fresh = get_context("spawn")
    with ProcessPoolExecutor(size, fresh, initializer=_gather, initargs=(fresh.Barrier(size),)) as pool:
        told = list(pool.map(_working, *zip(*[(url, seed, seconds) for seed in range(size)], strict=True)))
    times = list(chain.from_iterable(one.times for one in told))
    trouble = next((one.trouble for one in told if one.trouble), "")
    return [taken for taken, _what in times], max(times, default=(0.0, "")), sum(one.refused for one in told), trouble


_READY: list[Barrier] = []


def _gather(ready: Barrier) -> None:
    _READY.append(ready)


def _working(url: str, seed: int, seconds: float) -> Told:
    work, dice = Work(desk_over(Database(url)), Random()), Random(seed)
    acts = [*ACTS]
    times: list[tuple[float, str]] = []
    refused = 0
    for act in acts:  # whatever is loaded at the first time
        refused += _took(work, act)[1]
    _READY[0].wait(120)
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            act = dice.choice(acts)
            taken, no = _took(work, act)
            times.append((taken, act.__name__.strip("_")))
            refused += no
    except Exception as error:
        return Told(tuple(times), refused, f"{type(error).__name__}: {error}")
    return Told(tuple(times), refused)


def _took(work: Work, act: Callable[[Work], object]) -> tuple[float, bool]:
    """Do an act; a refusal is an answer like any other, an outage is none."""
    begun = time.perf_counter()
    try:
        act(work)
    except Outage:
        raise
    except Refused:
        return time.perf_counter() - begun, True
    return time.perf_counter() - begun, False


class Work:
    """What a process does, always on the newest orders of all."""

    def __init__(self, desk: Desk, dice: Random) -> None:
        self.desk, self.dice = desk, dice
        self.office = as_role(desk, "order_group", "manager", "finance")

    def order(self) -> None:
        """Type an order, hold its goods, submit it."""
        draft = self._draft()
        keep(self.desk, draft, typed={})
        agreed(self.desk, draft)

    def type(self) -> None:
        """Hold goods for a call that comes to nothing yet."""
        keep(self.desk, self._draft(), typed={})

    def regret(self) -> None:
        """Pull an order back."""
        regret(self.desk, self._number())

    def call_off(self) -> None:
        """Cancel an order, by request or at once."""
        call_off(self.desk, number=self._number(), reason="changed his mind")

    def read_back(self) -> None:
        """Tick a sentence."""
        note_read_back(self.desk, number=self._number(), ticked=["customer"])

    def pay(self) -> None:
        """Mark money in."""
        paid(self.office, self._number(), Received(Decimal(1)))

    def grant(self) -> None:
        """Say yes to an order as it stands."""
        number = self._number()
        grant(self.office, "order", number, seen_version=by_number(self.desk, number).head.version)

    def allocate(self) -> None:
        """Make the slips of two orders."""
        allocate(self.office, Order(numbers=(self._number(), self._number())))

    def edit(self) -> None:
        """Note something about a customer."""
        edit(self.desk, self.dice.randint(1, FEW), version=self.dice.randint(1, 9), changes={"note": "call at ten"})

    def _draft(self) -> Draft:
        lines = [(code(number), self.dice.randint(2, 9)) for number in self.dice.sample(range(FEW), 3)]
        who, key = f"C{self.dice.randint(1, FEW):06d}", f"{self.dice.getrandbits(64):x}"
        return a_draft(*lines, customer=who, key=key, address="上海市张江路88号")

    def _number(self) -> str:
        with self.desk.reading() as session:
            newest = select(ORDER.c.number).order_by(ORDER.c.id.desc()).limit(FEW)
            return self.dice.choice(session.connection().execute(newest).scalars().all() or ("SO20261123-0001",))


ACTS: tuple[Callable[[Work], object], ...] = (
    Work.order, Work.order, Work.type, Work.regret, Work.call_off, Work.read_back,
    Work.pay, Work.grant, Work.allocate, Work.edit,
)  # fmt: skip

"""What a bench says: a line with what was measured, what it is compared with, and the goal; and how times are taken."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")

__all__ = ["Figure", "clocked", "median", "milliseconds", "p95"]


@dataclass(frozen=True)
class Figure:
    """One line of the table; `ok` is nothing where there is no goal."""

    what: str
    at: str
    measured: str
    baseline: str = ""
    ratio: str = ""
    goal: str = ""
    ok: bool | None = None


def clocked(acts: Iterable[Callable[[], T]]) -> tuple[list[float], list[T]]:
    """Do each act once and return how many seconds each took, and what each returned."""
    taken: list[float] = []
    returned: list[T] = []
    for act in acts:
        begun = time.perf_counter()
        done = act()
        taken.append(time.perf_counter() - begun)
        returned.append(done)
    return taken, returned


def p95(times: Sequence[float]) -> float:
    """Return what 95 in a hundred do not exceed."""
    return quantiles(times, n=20, method="inclusive")[-1]


def milliseconds(times: Sequence[float]) -> str:
    """Write median and p95 in milliseconds."""
    return f"{median(times) * 1000:.2f} / {p95(times) * 1000:.2f} ms"

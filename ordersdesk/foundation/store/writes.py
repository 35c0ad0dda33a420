"""The writing transactions of a thread: how many were begun, and what is never made while others wait for one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, wraps
from typing import TypeVar

T = TypeVar("T")
_of_thread = threading.local()


def note() -> None:
    """Count one: a writing transaction begins in this thread."""
    _of_thread.count = count() + 1


def count() -> int:
    """Return how many this thread has begun so far."""
    return getattr(_of_thread, "count", 0)


class Unmade(Exception):
    """A transaction needs what is slow to make: it is taken back, `make` is called, and it begins anew."""

    def __init__(self, make: Callable[[], object]) -> None:
        super().__init__(make)
        self.make = make


@contextmanager
def open_transaction() -> Generator[None, None, None]:
    """Say that this thread is within a writing transaction: others wait until it is done."""
    _of_thread.is_open = True
    try:
        yield
    finally:
        _of_thread.is_open = False


def made_outside(make: Callable[[], T]) -> Callable[[], T]:
    """Make something once, when it is needed first, and never within a transaction: it stays as long as the program."""
    made = cache(make)

    @wraps(make)
    def once() -> T:
        if getattr(_of_thread, "is_open", False) and not made.cache_info().currsize:
            raise Unmade(made)
        return made()

    return once

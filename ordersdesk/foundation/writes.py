"""How many writing transactions a thread has begun: whoever runs work can tell whether it meant to change something."""

from __future__ import annotations

import threading

_of_thread = threading.local()


def note() -> None:
    """Count one: a writing transaction begins in this thread."""
    _of_thread.count = count() + 1


def count() -> int:
    """Return how many this thread has begun so far."""
    return getattr(_of_thread, "count", 0)

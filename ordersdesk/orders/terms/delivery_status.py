"""How far an order's goods are on their way, from its lines (ORD-3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ordersdesk.foundation.texts.language import N_

DELIVERIES: dict[str, str] = {
    "none": N_("not on a slip"),
    "partly allocated": N_("partly on slips"),
    "allocated": N_("on slips"),
    "partly released": N_("partly released"),
    "released": N_("released"),
    "partly delivered": N_("partly delivered"),
    "delivered": N_("delivered"),
}


class Counted(Protocol):
    """A line that knows how many of its pieces are how far."""

    @property
    def quantity(self) -> int:
        """Pieces that are ordered and not closed short."""
        ...

    @property
    def allocated(self) -> int:
        """Pieces on slips."""
        ...

    @property
    def released(self) -> int:
        """Pieces on printed slips."""
        ...

    @property
    def delivered(self) -> int:
        """Pieces with the customer."""
        ...


# What is left out is no part of the order; any other choice means that the pieces still come (STK-5).
LEFT_OUT = "leave"


class Waiting(Protocol):
    """A line that knows which of its pieces are where."""

    @property
    def quantity(self) -> int:
        """Pieces that are ordered and not closed short."""
        ...

    @property
    def short(self) -> int:
        """Pieces that were not there."""
        ...

    @property
    def shortage(self) -> str:
        """How they come."""
        ...

    @property
    def allocated(self) -> int:
        """Pieces on slips."""
        ...


def missing(line: Waiting) -> int:
    """Return the pieces a line still waits for."""
    return 0 if line.shortage == LEFT_OUT else line.short


def free(line: Waiting) -> int:
    """Return the pieces of a line that are here for it and on no slip (SLP-1)."""
    return max(0, line.quantity - missing(line) - line.allocated)


def delivery_track(lines: Iterable[Counted]) -> str:
    """Return an order's track of delivery; lines of which nothing is left do not count."""
    live = [line for line in lines if line.quantity]
    steps = ("delivered", "released", "allocated")
    for name in steps:
        counts = [(getattr(line, name), line.quantity) for line in live]
        if counts and all(done >= wanted for done, wanted in counts):
            return name
        if any(done for done, _wanted in counts):
            return f"partly {name}"
    return "none"

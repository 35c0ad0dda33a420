"""How far an order's goods are on their way, from its lines (ORD-3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ordersdesk.foundation.language import N_

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

"""Who gets what of an item that is short: pure, over plain values (SLP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ordersdesk.orders.terms.delivery_status import missing


@dataclass(frozen=True)
class Share:
    """A line that needs the item: what it may be given, what it has of that, and what it gets."""

    order_id: int
    order: str
    agent: str
    customer: str
    size_class: str
    urgent: bool
    promised_on: date | None
    line_id: int
    quantity: int
    short: int
    shortage: str
    allocated: int
    released: int
    shipped: int
    printing: int = 0
    """Pieces on slips that are being printed right now."""
    after: int = 0

    @property
    def locked(self) -> int:
        """Pieces on paper or about to be: nobody takes them away."""
        return self.released - self.shipped + self.printing

    @property
    def wanted(self) -> int:
        """Pieces that are dealt, were there enough."""
        return self.quantity - self.released - self.printing

    @property
    def before(self) -> int:
        """Pieces of those that are kept for it now."""
        return self.quantity - missing(self) - self.released - self.printing

    @property
    def moves(self) -> int:
        """By how many pieces it gains or loses."""
        return self.after - self.before


@dataclass(frozen=True)
class Dealt:
    """How one item was dealt, or would be; in the order in which its lines were served."""

    code: str
    name: str
    free_before: int
    free_after: int
    shares: tuple[Share, ...]

    @property
    def moved(self) -> tuple[Share, ...]:
        """The lines that gain or lose."""
        return tuple(share for share in self.shares if share.moves)


def priority(share: Share) -> tuple[Any, ...]:
    """Return the place of a line: urgent, key customers, the earlier promise, the older order."""
    first = not share.urgent, share.size_class != "key", share.promised_on or date.max
    return *first, share.order_id, share.line_id


def dealt(shares: Sequence[Share], free: int) -> tuple[list[Share], int]:
    """Give what is free and what is not on paper to one line after the other; returns what is left too."""
    left = free + sum(share.before for share in shares)
    served: list[Share] = []
    for share in sorted(shares, key=priority):
        given = min(share.wanted, left)
        left -= given
        served.append(replace(share, after=given))
    return served, left

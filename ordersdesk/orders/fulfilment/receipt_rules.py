"""Who gets what arrives: pure, over orders that wait for an item (STK-7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ordersdesk.stock.rules import Shortage


@dataclass(frozen=True)
class WaitingLine:
    """One line of an order that waits for pieces."""

    id: int
    shortage: str
    short: int


@dataclass(frozen=True)
class Waiting:
    """One order that waits for an item, with what it has reserved of it outside the main warehouse."""

    order_id: int
    lines: tuple[WaitingLine, ...]
    kept: Mapping[int, int]

    @property
    def short(self) -> int:
        """Pieces that are not here yet."""
        return sum(line.short for line in self.lines)

    @property
    def uncovered(self) -> int:
        """Pieces that no other warehouse keeps for it."""
        return max(0, self.short - sum(self.kept.values()))

    def kept_at(self, place: int) -> int:
        """Pieces that another warehouse keeps for it."""
        return min(self.short, self.kept.get(place, 0))


def shared(waiting: Iterable[Waiting], pieces: int, wants: Callable[[Waiting], int]) -> dict[int, int]:
    """Share pieces out in the order given: each takes what it wants until nothing is left; order to pieces."""
    taken: dict[int, int] = {}
    for each in waiting:
        share = min(pieces, wants(each))
        if share > 0:
            taken[each.order_id] = share
            pieces -= share
    return taken


def by_line(waiting: Waiting, pieces: int, *, moved: int = 0) -> dict[int, int]:
    """Say which lines are filled: pieces moved over go to the lines that wait for a transfer first, others last."""
    left = {line.id: line.short for line in waiting.lines}
    filled: dict[int, int] = {}
    for count, transfers_first in ((moved, True), (pieces, False)):
        for line in sorted(waiting.lines, key=lambda line: (line.shortage == Shortage.TRANSFER) != transfers_first):
            share = min(count, left[line.id])
            if share:
                left[line.id] -= share
                count -= share
                filled[line.id] = filled.get(line.id, 0) + share
    return filled

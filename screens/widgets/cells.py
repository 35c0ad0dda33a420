"""Text in terminal cells: a Chinese character takes two; nothing is cut in the middle of one, nor of a number."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from ordersdesk.foundation.figures import LONGEST, cut_at
from ordersdesk.foundation.texts import shown


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Return the text, safe for a terminal, in exactly this many cells; what is cut ends with an ellipsis."""
    if width <= 0:
        return ""
    safe = shown(text)
    length = cell_len(safe)
    if length > width:
        safe = _cut(safe, width)
    padding = " " * (width - cell_len(safe))
    return padding + safe if right else safe + padding


def _cut(safe: str, width: int) -> str:
    kept = set_cell_size(safe, width - 1)
    place = cut_at(safe[: len(kept) + LONGEST], len(kept))
    return (kept if place == len(kept) else safe[:place]) + "…"


def clipped(text: str, width: int) -> str:
    """Return the text, safe for a terminal, in at most this many cells."""
    return fitted(text, width).rstrip() if cell_len(shown(text)) > width else shown(text)

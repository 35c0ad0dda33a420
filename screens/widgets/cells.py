"""Text in terminal cells: a Chinese character takes two, and nothing is ever cut in the middle of one."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from ordersdesk.foundation.texts import shown


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Return the text, safe for a terminal, in exactly this many cells; what is cut ends with an ellipsis."""
    if width <= 0:
        return ""
    safe = shown(text)
    length = cell_len(safe)
    if length > width:
        return set_cell_size(safe, width - 1) + "…"
    padding = " " * (width - length)
    return padding + safe if right else safe + padding


def clipped(text: str, width: int) -> str:
    """Return the text, safe for a terminal, in at most this many cells."""
    return fitted(text, width).rstrip() if cell_len(shown(text)) > width else shown(text)

"""Text in terminal cells: a Chinese character takes two; nothing is cut in the middle of one, nor of a number."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ordersdesk.foundation.texts.figures import LONGEST, begin_at, cut_at
from ordersdesk.foundation.texts.texts import shown


def fitted(text: str, width: int, *, right: bool = False, inside: bool = False) -> str:
    """Return the text, safe for a terminal, in exactly this many cells; an ellipsis stands for what is cut.

    Cut `inside` it keeps its end as well: goods that differ by their spec only stay apart.
    """
    if width <= 0:
        return ""
    safe = shown(text)
    length = cell_len(safe)
    if length > width:
        end = _end(safe, width) if inside else ""
        safe = _cut(safe, width - cell_len(end)) + end
    padding = " " * (width - cell_len(safe))
    return padding + safe if right else safe + padding


def _cut(safe: str, width: int) -> str:
    kept = set_cell_size(safe, width - 1)
    place = cut_at(safe[: len(kept) + LONGEST], len(kept))
    return (kept if place == len(kept) else safe[:place]) + "…"


def _end(safe: str, width: int) -> str:
    """Return the last words, in half of the room or in two thirds; of one long word its last characters.

    It never begins within a figure.
    """
    for room in (width // 2, width * 2 // 3):
        words = _last(safe, room)
        space = words.rstrip().find(" ")
        if space >= 0:
            return words[space:]
    return safe[begin_at(safe, len(safe) - len(_last(safe, (width - 1) // 2))) :]


def _last(safe: str, room: int) -> str:
    end = safe[len(safe) - room :]
    while cell_len(end) > room:
        end = end[1:]
    return end


def cut(line: Text, width: int) -> Text:
    """Return a styled line in at most this many cells."""
    kept = clipped(line.plain, width)
    return line if kept == line.plain else line[: max(len(kept) - 1, 0)].append(kept[-1:])


def clipped(text: str, width: int, *, inside: bool = False) -> str:
    """Return the text, safe for a terminal, in at most this many cells."""
    return fitted(text, width, inside=inside).rstrip() if cell_len(shown(text)) > width else shown(text)

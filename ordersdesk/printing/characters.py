"""Characters on paper: what no font can show is printed as its code, what would steer the text is made visible."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from ordersdesk.foundation.texts import shown

MARKS = 2  # on one letter; Vietnamese and Thai need two, a pile of them would run into the lines above


def coded(char: str) -> str:
    """Write a character as its code: `[U+1F600]`."""
    return f"[U+{ord(char):04X}]"


def printable(text: str, known: Callable[[str], bool] = lambda _char: True) -> str:
    """Return the text with every character that the fonts do not know replaced by its code; line ends are kept."""
    if text.isascii() and text.isprintable():
        return text
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_line(shown(line), known) for line in lines)


def _line(text: str, known: Callable[[str], bool]) -> str:
    out: list[str] = []
    marks = MARKS  # a mark needs a letter to stand on
    for char in text:
        is_mark = unicodedata.category(char) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        fits = known(char) and not (is_mark and marks > MARKS)
        out.append(char if fits else coded(char))
        if not fits:
            marks = MARKS
    return "".join(out)

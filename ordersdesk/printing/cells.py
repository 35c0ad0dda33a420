"""Text in the cells of a printer with one width of type: a Chinese character takes two, a mark on a letter none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_FINE = ("Mn", "Me", "Cf")


def width(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in _FINE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Fill a text up to so many cells; a longer one stays as it is."""
    room = " " * (cells - width(text))
    return room + text if right else text + room


def wrapped(text: str, cells: int) -> list[str]:
    """Break a text into lines of at most so many cells: at spaces and between wide characters, else anywhere."""
    return [line for part in text.split("\n") for line in _lines(part, max(cells, 2))]


def _lines(text: str, cells: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, cells):
        if line and width(line) + width(piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()]


def _pieces(text: str, cells: int) -> Iterator[str]:
    """Yield what stays together: a word with the space behind it, one wide character, each with its marks."""
    word, taken = "", 0
    for char in text:
        room = _cells(char)
        if word and room and (room > 1 or word[-1] == " " or taken + room > cells or _is_wide(word)):
            yield word
            word, taken = "", 0
        word, taken = word + char, taken + room
    yield word


def _is_wide(word: str) -> bool:
    return _cells(word[0]) > 1 and not word.endswith(" ")

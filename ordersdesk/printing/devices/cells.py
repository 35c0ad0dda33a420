"""Text in the cells of a printer with one width of type: a Chinese character takes two, a mark on a letter none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ordersdesk.foundation.texts.figures import parts

_FINE = ("Mn", "Me", "Cf")
CODE = "gb18030"


@lru_cache(maxsize=8192)
def _on_screen(char: str) -> int:
    if unicodedata.category(char) in _FINE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@lru_cache(maxsize=8192)
def _on_printer(char: str) -> int:
    return len(char.encode(CODE, "replace"))


def _has_any(_char: str) -> bool:
    return True


@lru_cache(maxsize=8192)
def _has_two_bytes(char: str) -> bool:
    """Tell whether a Chinese printer has it: one or two bytes of its code, and no place left for one's own."""
    return len(char.encode(CODE, "replace")) <= 2 and unicodedata.category(char) != "Co"


@dataclass(frozen=True)
class Type:
    """How many cells each character takes on a machine, and which it can show."""

    cells: Callable[[str], int]
    has: Callable[[str], bool] = _has_any

    def width(self, text: str) -> int:
        """Return how many cells a text takes."""
        return len(text) if text.isascii() else sum(map(self.cells, text))

    def padded(self, text: str, cells: int, *, right: bool = False) -> str:
        """Fill a text up to so many cells; a longer one stays as it is."""
        room = " " * (cells - self.width(text))
        return room + text if right else text + room

    def centred(self, text: str, cells: int) -> str:
        """Put a text into the middle of so many cells."""
        return " " * ((cells - self.width(text)) // 2) + text

    def wrapped(self, text: str, cells: int) -> list[str]:
        """Break a text into lines of at most so many cells: at spaces and between wide characters, else anywhere."""
        return [line for part in text.split("\n") for line in self._lines(part, max(cells, 2))]

    def _lines(self, text: str, cells: int) -> list[str]:
        if self.width(text) <= cells:
            return [text.rstrip()]
        lines: list[str] = []
        line = ""
        for piece in self._pieces(text, cells):
            if line and self.width(line) + self.width(piece.rstrip()) > cells:
                lines.append(line.rstrip())
                line = ""
            line += piece if line or not piece.isspace() else ""
        return [*lines, line.rstrip()]

    def _pieces(self, text: str, cells: int) -> Iterator[str]:
        """Yield what stays together: a figure, a word with the space behind it, one wide character with its marks."""
        word, taken = "", 0
        for unit in self._units(text, cells):
            room = self.width(unit)
            wide = self.cells(unit[0]) > 1
            if word and room and (wide or word[-1] == " " or taken + room > cells or self._is_wide(word)):
                yield word
                word, taken = "", 0
            word, taken = word + unit, taken + room
        yield word

    def _units(self, text: str, cells: int) -> Iterator[str]:
        for part, is_figure in parts(text):
            if is_figure and self.width(part) <= cells:
                yield part
            else:
                yield from part

    def _is_wide(self, word: str) -> bool:
        return self.cells(word[0]) > 1 and not word.endswith(" ")


SCREEN = Type(_on_screen)
# A Chinese printer gives each byte of its code a cell; what takes four bytes it cannot show.
PRINTER = Type(_on_printer, _has_two_bytes)


def width(text: str) -> int:
    """Return how many cells a text takes on a screen."""
    return SCREEN.width(text)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Fill a text up to so many cells of a screen; a longer one stays as it is."""
    return SCREEN.padded(text, cells, right=right)


def wrapped(text: str, cells: int) -> list[str]:
    """Break a text into lines of at most so many cells of a screen."""
    return SCREEN.wrapped(text, cells)

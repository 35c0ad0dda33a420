"""Characters on paper: what no font can show is printed as its code, what would steer the text is made visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ordersdesk.foundation.texts.texts import shown

MARKS = 2  # on one letter; Vietnamese and Thai need two, a pile of them would run into the lines above


def coded(char: str) -> str:
    """Write a character as its code: `[U+1F600]`."""
    return f"[U+{ord(char):04X}]"


# Nothing among these steers, composes or hides: ASCII, Latin-1 letters, Chinese with its punctuation.
_PLAIN = re.compile("[\x20-\x7e\xa1-\xac\xae-\xff\u2013-\u201d\u2026\u3001-\u3029\u3400-\u9fff\uff01-\uff5e\n]*")


def is_plain(text: str) -> bool:
    """Tell whether a text is printed as it is by any font for Chinese."""
    return _PLAIN.fullmatch(text) is not None


def printable(text: str, known: Callable[[str], bool] | None = None) -> str:
    """Return the text with every character that the fonts do not know replaced by its code; line ends are kept."""
    if is_plain(text) and (known is None or all(map(known, text))):
        return text
    known = known or (lambda _char: True)
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

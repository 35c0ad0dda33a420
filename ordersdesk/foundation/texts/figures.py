"""Numbers, amounts, dates, times, phones and codes in a text: what may be left out, but never broken or cut in two.

Half a number is another number: `1,500,0…` says something that is not so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 24  # characters; whatever is longer is no number that anybody reads

_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?"
_CHINESE_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?: ?周[一二三四五六日])?"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_HALF = r"(?:[ap]\.m\.|[上下]午)"
_MOMENT = rf"(?:{_DAY}|{_CHINESE_DAY}|\d{{4}}-\d\d-\d\d)(?: ?{_TIME})?(?: ?{_HALF})?|{_TIME}"
_NUMBER = r"[-+]?[A-Za-z]{0,3}\d[\dA-Za-z.,:/%-]*(?: \d{3,4}(?![\d.,:]))*"
FIGURE = re.compile(rf"(?<![\dA-Za-z])(?:{_MOMENT}|{_NUMBER})")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, and of each whether it is a figure."""
    at = 0
    for found in FIGURE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], len(found[0]) <= LONGEST
        at = found.end()
    if at < len(text):
        yield text[at:], False


def is_figure(text: str) -> bool:
    """Tell whether the whole text is one figure."""
    return len(text) <= LONGEST and FIGURE.fullmatch(text) is not None


def begin_at(text: str, place: int) -> int:
    """Return where a text may go on after a gap: at the place, or behind a figure it stands in or right before."""
    for found in FIGURE.finditer(text, max(place - LONGEST, 0)):
        if found.start() <= place < found.end() and len(found[0]) <= LONGEST:
            return found.end()
    return place


def cut_at(text: str, place: int) -> int:
    """Return where a text may be cut: at the place, or before a figure it stands in or right behind.

    `1,500…` behind a whole 1,500 would be read as the beginning of a larger number.
    """
    if not any(char.isdigit() for char in text[max(place - LONGEST, 0) : place + LONGEST]):
        return place
    for found in FIGURE.finditer(text):
        if found.start() < place <= found.end() and len(found[0]) <= LONGEST:
            return found.start()
    return place

"""The dictionary of Chinese words and how they are read, kept as text: as objects it takes 40 MiB of every desk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from types import ModuleType

from ordersdesk.foundation.store.writes import made_outside

_END, _READ = "\n", "\0"
_ENTRY = re.compile(r'"([^"]+)":\s*(\[.*?\]\s*\])', re.DOTALL)
_FIRST = re.compile(r'\[\s*"([^"]+)"')  # of the readings of each character


@made_outside
def library() -> ModuleType:
    """Return the library of readings, loaded (90 ms) before the first save or import, with its characters only."""
    os.environ |= {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
    import pypinyin  # noqa: PLC0415

    return pypinyin


@cache
def toneless() -> Callable[[str], str]:
    """Return what takes the tone off a syllable: chóng is chong."""
    library()
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    return to_normal


def first_word(han: str) -> str:
    """Return the longest word a text begins with; one character is one."""
    return next((word for word in _words(han[:2]) if han.startswith(word)), han[:1])


@lru_cache(maxsize=20_000)
def _words(pair: str) -> tuple[str, ...]:
    """Return the words that begin with two characters, the longest first; most pairs begin none."""
    block = _blocks().get(pair[:1], "")
    if _END + pair not in block or len(pair) < 2:
        return ()
    found = (line.partition(_READ)[0] for line in block.split(_END) if line.startswith(pair))
    return tuple(sorted(found, key=len, reverse=True))


def spoken(word: str) -> tuple[str, ...]:
    """Return the syllables of a word of the dictionary with their tones; empty for anything else."""
    block = _blocks().get(word[:1], "")
    start = block.find(_begin(word))
    if start < 0:
        return ()
    _word, _read, syllables = block[start + 1 : block.index(_END, start + 1)].partition(_READ)
    return tuple(syllables.split(" "))


def _begin(word: str) -> str:
    return f"{_END}{word}{_READ}"


@made_outside
def _blocks() -> dict[str, str]:
    """Return the dictionary by first characters, each a text of lines: a word and its syllables."""
    text = resources.files(library()).joinpath("phrases_dict.json").read_text("utf-8")
    blocks: dict[str, list[str]] = {}
    for entry in _ENTRY.finditer(text):  # one by one: read at once, the file would leave 10 MiB of holes
        word = entry[1]
        blocks.setdefault(word[0], []).append(f"{word}{_READ}{' '.join(_FIRST.findall(entry[2]))}")
    return {char: f"{_END}{_END.join(lines)}{_END}" for char, lines in blocks.items()}

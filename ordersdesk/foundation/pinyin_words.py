"""The dictionary of Chinese words and how they are read, kept as text: as objects it takes 40 MiB of every desk."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from types import ModuleType

LONGEST = 10  # characters of the longest word in the dictionary
_END, _READ = "\n", "\0"
_ENTRY = re.compile(r'"([^"]+)":\s*(\[.*?\]\s*\])', re.DOTALL)


@cache
def library() -> ModuleType:
    """Return the library of readings, loaded (90 ms) by the first save or import, with its characters only."""
    os.environ |= {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
    import pypinyin  # noqa: PLC0415

    return pypinyin


@cache
def toneless() -> Callable[[str], str]:
    """Return what takes the tone off a syllable: chóng is chong."""
    library()
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    return to_normal


def cut(han: str) -> Iterator[str]:
    """Cut a text into the longest words there are from the left on, and single characters."""
    place = 0
    while place < len(han):
        block = _blocks().get(han[place], "")
        longest = min(LONGEST, len(han) - place) if block else 1
        length = next((size for size in range(longest, 1, -1) if _begin(han[place : place + size]) in block), 1)
        yield han[place : place + length]
        place += length


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


@cache
def _blocks() -> dict[str, str]:
    """Return the dictionary by first characters, each a text of lines: a word and its syllables."""
    text = resources.files(library()).joinpath("phrases_dict.json").read_text("utf-8")
    blocks: dict[str, str] = {}
    for entry in _ENTRY.finditer(text):  # one by one: read at once, the file would leave 10 MiB of holes
        word, syllables = entry[1], " ".join(first for first, *_others in json.loads(entry[2]))
        blocks[word[0]] = f"{blocks.get(word[0], _END)}{word}{_READ}{syllables}{_END}"
    return blocks

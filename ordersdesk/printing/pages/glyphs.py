"""Which characters a font file has glyphs for, read from its character map."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_COLLECTION = b"ttcf"
_RANKED = (12, 4)  # formats of a character map: all of Unicode goes before its first plane
Ranges = list[tuple[int, int]]


class Coverage:
    """The characters of one font."""

    def __init__(self, ranges: Ranges) -> None:
        self._ranges = sorted(ranges)
        self._starts = [first for first, _last in self._ranges]

    def __contains__(self, char: str) -> bool:
        place = bisect_right(self._starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self._ranges[place][1]


@lru_cache(maxsize=256)
def coverage(path: Path, index: int = 0) -> Coverage:
    """Return what a font can show; a file that is no font shows nothing."""
    try:
        data = path.read_bytes()
        return Coverage(list(_mapped(_character_map(data, index))))
    except (OSError, struct.error, StopIteration, IndexError):
        return Coverage([])


def _character_map(data: bytes, index: int) -> bytes:
    """Return the best character map of a font or of one in a collection."""
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == _COLLECTION else 0
    count = struct.unpack_from(">H", data, start + 4)[0]
    tables = (struct.unpack_from(">4sIII", data, start + 12 + 16 * each) for each in range(count))
    table = next(offset for tag, _sum, offset, _size in tables if tag == b"cmap")
    records = struct.unpack_from(">H", data, table + 2)[0]
    places = [table + struct.unpack_from(">I", data, table + 8 + 8 * each)[0] for each in range(records)]
    formats = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    return data[next(formats[each] for each in _RANKED if each in formats) :]


def _mapped(table: bytes) -> Iterator[tuple[int, int]]:
    if struct.unpack_from(">H", table)[0] == _RANKED[0]:
        groups = struct.unpack_from(">I", table, 12)[0]
        for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * groups]):
            yield (first if glyph else first + 1, last)
        return
    yield from _first_plane(table)


def _first_plane(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the characters of format 4, where a segment may hold characters without a glyph."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    places = 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", table, places)
    for each, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if not offsets[each]:
            yield from ((code, code) for code in range(first, last + 1) if (code + deltas[each]) & 0xFFFF)
            continue
        at = places + 2 * each + offsets[each]
        glyphs = struct.unpack_from(f">{last - first + 1}H", table, at)
        yield from ((first + step, first + step) for step, glyph in enumerate(glyphs) if glyph)

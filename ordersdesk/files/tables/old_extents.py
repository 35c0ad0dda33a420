"""How large the sheets of an XLS workbook would be, by its records, wherever they lie in the file (FIL-1)."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

from ordersdesk.files.tables.extents import Extent

_HEADER = struct.Struct("<44x8I109I")  # where the tables of a compound file begin, and its first sectors
_ENTRY = 128  # bytes of an entry of its directory
_STREAMS = frozenset(("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")))
_SMALL = 64  # bytes of a piece in the stream of small streams
_BEGIN, _DIMENSIONS, _SEVERAL = 0x0809, 0x0200, 0x00BD
# A formula, a number, a text (three codings), a truth, a short number.
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x00D6, 0x00FD, 0x0205, 0x027E))


def too_large_of_old(content: bytes) -> Extent | None:
    """Return the first sheet of an XLS workbook that is too large to read."""
    try:
        return next((extent for extent in _extents(_Compound(content).book()) if extent.is_too_large), None)
    except (struct.error, ValueError):
        return None  # whoever opens it says what is wrong with it


class _Compound:
    """A file of streams in sectors, each chained to the next by a table."""

    def __init__(self, content: bytes) -> None:
        self._content, self._size = content, 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
        _count, self._directory, _, self._cutoff, self._small, _, more, _, *tables = _HEADER.unpack_from(content)
        while len(found := self._sector(more)) == self._size and len(tables) * self._size < len(content):
            *further, more = _numbers(found)
            tables += further
        self._table = _numbers(b"".join(map(self._sector, tables)))

    def book(self) -> bytes:
        """Return the stream of the workbook."""
        directory = self._joined(self._directory)
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            name, length, first, size = struct.unpack_from("<64sH50xII", directory, start)
            if name[: max(length - 2, 0)] in _STREAMS:
                return self._joined(first)[:size] if size >= self._cutoff else self._small_stream(directory, first)
        return b""

    def _small_stream(self, directory: bytes, first: int) -> bytes:
        held, table = self._joined(struct.unpack_from("<I", directory, 116)[0]), _numbers(self._joined(self._small))
        return b"".join(held[place * _SMALL : (place + 1) * _SMALL] for place in _chain(first, table))

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(first, self._table)))

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]


def _numbers(held: bytes) -> array[int]:
    return array("I", held[: len(held) // 4 * 4])


def _chain(first: int, table: array[int]) -> Iterator[int]:
    """Follow a chain to its end; one that runs in a circle ends as well."""
    for _turn in range(len(table)):
        if first >= len(table):
            return
        yield first
        first = table[first]


def _extents(records: bytes) -> Iterator[Extent]:
    """Yield what each part of the workbook spans; what a sheet says of itself counts where no sheet can be so large."""
    extent, place = Extent(top=1 << 30, left=1 << 30), 0
    while place + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, place)
        place += 4
        if kind == _BEGIN:
            yield extent if extent.cells else Extent()
            extent = Extent(top=1 << 30, left=1 << 30)
        elif kind == _DIMENSIONS and length >= 12:
            top, bottom, left, right = struct.unpack_from("<IIHH", records, place)
            yield Extent(top, max(bottom, top), left, max(right, left), cells=1 << 30)
        elif kind in _CELLS or kind == _SEVERAL:
            row, column = struct.unpack_from("<HH", records, place)
            last = struct.unpack_from("<H", records, place + length - 2)[0] if kind == _SEVERAL else column
            extent.top, extent.bottom = min(extent.top, row), max(extent.bottom, row)
            extent.left, extent.right = min(extent.left, column), max(extent.right, column, last)
            extent.cells += max(last - column, 0) + 1
        place += length
    yield extent if extent.cells else Extent()

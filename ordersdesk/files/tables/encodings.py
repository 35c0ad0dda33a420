"""Which encoding a text file is in, found by reading it once from end to end (FIL-1)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins like that one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# What follows the apostrophe may be beyond ASCII: looked at more closely then.
_HARMLESS = re.compile(rb"'[\s\x00\x1c-\x1f]*[=+\-@'\t\r\x80-\xff]")
# The characters of everyday in Big5, which stand first in it.
_BIG5_COMMON = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
SPOILT = "\ufffd"


@dataclass(frozen=True)
class Scan:
    """What one reading of a text file tells: its encoding, line ends, NULs, bytes that do not fit, and
    whether a cell seems to begin with the apostrophe of an export made harmless."""

    encoding: str
    lines: int
    size: int
    nuls: int
    spoilt: int
    harmless: bool


@dataclass
class _Count:
    """How well one encoding fits: characters beyond ASCII, those that are common in it, and misfits."""

    decoder: codecs.IncrementalDecoder
    beyond: int = 0
    common: int = 0
    misfits: int = 0

    def take(self, chunk: bytes, *, last: bool = False) -> None:
        text = self.decoder.decode(chunk, last)
        if text.isascii():
            return
        misfits = text.count(SPOILT)
        self.misfits += misfits
        plain = len(text.encode("ascii", "ignore"))
        self.beyond += len(text) - plain - misfits
        self.common += (len(text.encode("gb2312", "ignore")) - plain) // 2


def _counting(encoding: str) -> _Count:
    return _Count(codecs.getincrementaldecoder(encoding)("replace"))


@dataclass
class _Reading:
    utf8: _Count = field(default_factory=lambda: _counting("utf-8"))
    gb: _Count = field(default_factory=lambda: _counting("gb18030"))
    size: int = 0
    nuls: int = 0
    line_feeds: int = 0
    returns: int = 0
    western: bool = True
    harmless: bool = False
    tail: bytes = b""
    level_one: int = 0
    big5: _Count = field(default_factory=lambda: _counting("big5hkscs"))
    marked: _Count | None = None

    def take(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.nuls += chunk.count(0)
        self.line_feeds += chunk.count(b"\n")
        self.returns += chunk.count(b"\r")
        self.harmless = self.harmless or _HARMLESS.search(self.tail + chunk) is not None
        self.tail = chunk[-16:]
        if self.marked:
            self.marked.take(chunk)
        self.utf8.take(chunk)
        if not chunk.isascii():
            self.gb.take(chunk)
            self.big5.take(chunk)
            self.level_one += len(_BIG5_COMMON.findall(chunk))
            self.western = self.western and _NOT_IN_CP1252.search(chunk) is None


def scan(chunks: Iterable[bytes]) -> Scan:
    """Read a text file once and say which encoding it is in.

    A byte order mark decides. Then UTF-8, even with a few broken characters in it; then GB18030 when nearly all
    of it reads as common Chinese (accented Western letters rarely come in pairs, Chinese bytes always do); then Big5
    on the same terms; then the Western code page.
    """
    reading, head = _Reading(), b""
    for chunk in chunks:
        if not head:
            head = chunk[:4096]
            encoding = _marked(head)
            reading.marked = _counting(encoding) if encoding else None
        reading.take(chunk)
    reading.utf8.take(b"", last=True)
    encoding = _marked(head)
    if reading.marked:  # a mark names the encoding; it proves nothing about the bytes behind it
        reading.marked.take(b"", last=True)
    encoding, spoilt = (encoding, reading.marked.misfits) if encoding and reading.marked else _guessed(reading)
    return Scan(
        encoding, max(reading.line_feeds, reading.returns), reading.size, reading.nuls, spoilt, reading.harmless
    )


def _marked(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # UTF-16 without a mark: Latin letters leave every second byte zero.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) * 4 > len(head) and min(even, odd) * 8 < max(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _guessed(reading: _Reading) -> tuple[str, int]:
    utf8, gb = reading.utf8, reading.gb
    if utf8.misfits * 20 <= utf8.beyond or (utf8.misfits == 1 and utf8.beyond and gb.misfits):
        return "utf-8", utf8.misfits
    if gb.misfits * 20 <= gb.beyond and gb.common * 10 >= gb.beyond * 7:
        return "gb18030", gb.misfits
    big5 = reading.big5
    if big5.misfits * 20 <= big5.beyond and reading.level_one * 10 >= big5.beyond * 8:
        return "big5hkscs", big5.misfits
    return ("cp1252" if reading.western else "latin-1"), 0

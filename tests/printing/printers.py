"""Two printers in memory: they read their own commands and Chinese text, and stop at any byte that is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ESCP = re.compile(
    rb"(?P<reset>\x1b@)|(?P<setting>\x1b[2M]|\x1c&|\x1cS..|\x1bC.)|(?P<strong>\x1bE)|(?P<normal>\x1bF)"
    rb"|(?P<line>\r\n)|(?P<page>\x0c)",
    re.DOTALL,
)
ESCPOS = re.compile(
    rb"(?P<reset>\x1b@)|(?P<setting>\x1c&|\x1ba[\x00\x01]|\x1dh.|\x1dw.|\x1dH.)"
    rb"|(?P<strong>\x1bE\x01)|(?P<normal>\x1bE\x00)|(?P<line>\n)|(?P<page>\x1dVB\x00)"
    rb"|\x1dkI.\{B(?P<bars>[ -~]+)(?=\n)|\x1d\(k(?:\x04\x001A2\x00|\x03\x001[CE].|\x03\x001Q0)"
    rb"|\x1d\(k.\x001P0(?P<qr>[ -~]+)",
    re.DOTALL,
)


@dataclass
class Printed:
    """What came out: the lines of every page, what was emphasised, and what a scanner finds."""

    pages: list[list[str]] = field(default_factory=list)
    strong: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)
    resets: int = 0
    line: str = ""
    lines: list[str] = field(default_factory=list)
    strong_from: int = 0

    def does(self, kind: str | None, said: bytes) -> None:
        """Follow one command."""
        if kind in ("bars", "qr"):
            self.codes.append(said.decode("ascii"))
        elif kind == "reset":
            self.resets += 1
        elif kind == "strong":
            self.strong_from = len(self.line)
        elif kind == "normal":
            self.strong.add(self.line[self.strong_from :])
        elif kind in ("line", "page"):
            self.lines.append(self.line)
            self.line = ""
        if kind == "page":
            self.pages.append(self.lines)
            self.lines = []


def printed(data: bytes, commands: re.Pattern[bytes]) -> Printed:
    """Feed a printer; a control byte that begins no command it knows is an error."""
    out, place = Printed(), 0
    while place < len(data):
        command = commands.match(data, place)
        if command:
            out.does(command.lastgroup, command[command.lastgroup] if command.lastgroup else b"")
            place = command.end()
            continue
        size = 2 if data[place] > 0x80 else 1
        char = data[place : place + size].decode("gb18030")
        assert char.isprintable() or char == "\u3000", f"byte {data[place]:#x} at {place} is no command and no text"
        out.line += char
        place += size
    assert [out.line, out.lines] == ["", []], "what stands behind the last page never comes out"
    return out

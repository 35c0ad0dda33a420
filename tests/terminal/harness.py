"""A real terminal for tests: the program runs on a pty, a terminal in memory shows what a person would see.

Everything waits by looking for a text until a deadline; nothing sleeps.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

DEADLINE = 30.0  # generous: a busy machine is no failure
CHECKOUT = Path(__file__).parents[2]

KEYS = {
    "Enter": "\r",
    "Tab": "\t",
    "Esc": "\x1b",
    "Backspace": "\x7f",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "PgUp": "\x1b[5~",
    "PgDn": "\x1b[6~",
    "Shift+Tab": "\x1b[Z",
    **{f"F{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{f"F{n}": f"\x1b[{code}~" for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)},
    **{f"Ctrl+{letter}": chr(ord(letter) - 64) for letter in "ABCDEFGKLNOPQRSTUVWXYZ"},
}


def encoded(keys: str) -> list[str]:
    """Return what a keyboard sends: `<F2>13800<Enter>` is seven keys."""
    parts = re.findall(r"<([A-Za-z][\w+]*)>|(.)", keys, re.DOTALL)
    return [KEYS[name] if name else char for name, char in parts]


class Terminal:
    """A program on a pty of a fixed size."""

    def __init__(
        self, command: Sequence[str], *, home: Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str] = {}
    ) -> None:
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._pty = pty.fork()
        if self.pid == 0:
            self._become(command, _environment(home) | dict(env))
        fcntl.ioctl(self._pty, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.exit_code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    @staticmethod
    def _become(command: Sequence[str], env: dict[str, str]) -> None:
        try:
            os.chdir(CHECKOUT)
            os.execvpe(command[0], list(command), env)
        finally:
            os._exit(127)

    @property
    def text(self) -> str:
        """What is on the screen now."""
        # pyte's own `display` fails on the half of a wide character that was written over.
        lines = (self._screen.buffer[row] for row in range(self._screen.lines))
        return "\n".join("".join(line[x].data for x in range(self._screen.columns)).rstrip() for line in lines)

    def type(self, keys: str, *, gap: float = 0.0) -> None:
        """Type keys with this many seconds between them; with none they arrive in one burst."""
        sequence = encoded(keys)
        if not gap:
            os.write(self._pty, "".join(sequence).encode())
            return
        begun = time.monotonic()
        for number, key in enumerate(sequence):
            self._read_until(begun + number * gap)
            os.write(self._pty, key.encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal in bracketed-paste mode does."""
        os.write(self._pty, f"\x1b[200~{text}\x1b[201~".encode())

    def wait_for(self, *texts: str, within: float = DEADLINE) -> None:
        """Wait until all the texts are on the screen together."""
        self._wait(lambda: all(text in self.text for text in texts), f"{texts} on screen", within)

    def press(self, key: str, *, until: str) -> None:
        """Press a key that decides and wait for a text; pressed too early it is kept and typed again."""
        self.type(key)
        self._wait(lambda: until in self.text or "kept:" in self.text, f"{until!r} or a kept key", DEADLINE)
        while until not in (before := self.text):
            # Typed within the same burst it is kept as well, so it may take more than one.
            self.type("<Ctrl+R>")
            self.wait_changed(before)

    def wait_changed(self, before: str) -> None:
        """Wait until the screen shows something else than this."""
        self._wait(lambda: self.text != before, "a change", DEADLINE)

    def wait_gone(self, text: str, *, within: float = DEADLINE) -> None:
        """Wait until a text is on the screen no longer."""
        self._wait(lambda: text not in self.text, f"{text!r} gone", within)

    def wait_exit(self, *, within: float = DEADLINE) -> int:
        """Wait until the program has ended and return its exit code."""
        self._wait(self._has_ended, "the end of the program", within)
        assert self.exit_code is not None
        return self.exit_code

    def kill(self, signal_number: int = signal.SIGKILL) -> None:
        """End the program if it still runs."""
        if not self._has_ended():
            os.kill(self.pid, signal_number)
            _pid, status = os.waitpid(self.pid, 0)
            self.exit_code = os.waitstatus_to_exitcode(status)
        if self._pty >= 0:
            os.close(self._pty)
            self._pty = -1

    def _wait(self, holds: object, what: str, within: float) -> None:
        assert callable(holds)
        deadline = time.monotonic() + within
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {within} s for {what}; the screen shows:\n{self.text}")
            self._read_until(time.monotonic() + 0.05, once=True)

    def _read_until(self, moment: float, *, once: bool = False) -> None:
        while (left := moment - time.monotonic()) > 0:
            ready, _, _ = select.select([self._pty], [], [], left)
            if ready:
                try:
                    self._stream.feed(os.read(self._pty, 65536))
                except OSError:
                    return  # the program closed its side
                if once:
                    return

    def _has_ended(self) -> bool:
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
        "PYTHONPATH": str(CHECKOUT),
    }


def python(*arguments: str) -> list[str]:
    """Return the command that runs this interpreter."""
    return [sys.executable, *arguments]

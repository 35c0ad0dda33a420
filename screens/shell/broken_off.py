"""After a fault: what was typed ahead is thrown away, and somebody reads why before the shell gets the keyboard."""

from __future__ import annotations

import contextlib
import os
import select
import sys

from ordersdesk.foundation.texts.language import _

try:
    import termios
    import tty
except ImportError:  # Windows: its console hands no typed-ahead keys to the shell
    termios = tty = None

QUIET = 0.5  # seconds without a key until nobody is typing ahead any more
ENTER = (b"\r", b"\n")


def await_a_reader() -> None:
    """Wait for Enter once nobody types any more; nothing typed before, or with it, reaches the shell."""
    if termios is None or tty is None or not sys.stdin.isatty():
        return
    handle = sys.stdin.fileno()
    with contextlib.suppress(termios.error, OSError):
        before = termios.tcgetattr(handle)
        tty.setcbreak(handle)
        try:
            while _key(handle, within=QUIET):
                pass
            print(_("Press Enter to leave."), flush=True)
            while (typed := _key(handle, within=None)) and not typed.endswith(ENTER):
                pass
        finally:
            termios.tcsetattr(handle, termios.TCSAFLUSH, before)


def _key(handle: int, *, within: float | None) -> bytes:
    """Return what was typed in one go; empty when nobody typed, or when the terminal is gone."""
    ready, _writable, _broken = select.select([handle], [], [], within)
    return os.read(handle, 4096) if ready else b""

"""The desk's end of the line by which a telephone pops its intake; runs in the desk's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from ordersdesk.foundation.popline import LONGEST, has_lines, line_of, number_in, reachable


class PopListener:
    """Listens for the signed-in user's calls: `await start()` after signing in, `await stop()` when locked or left.

    `ring` is called in the event loop with the number as it was sent; it must not block.
    """

    def __init__(self, home: Path, login: str, ring: Callable[[str], object]) -> None:
        self.path = line_of(home, login)
        self._ring = ring
        self._server: asyncio.Server | None = None
        self._made = 0

    async def start(self) -> bool:
        """Begin to listen; False where the system has no such sockets or the home cannot hold one."""
        if not has_lines():
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A desk that was killed leaves its socket; of two desks of one user the newest takes the calls.
        self.path.unlink(missing_ok=True)
        before = os.umask(0o177)  # nobody else may open it, not even for a moment
        try:
            with reachable(self.path) as address:
                self._server = await asyncio.start_unix_server(self._serve, address, limit=LONGEST)
            self._made = self.path.stat().st_ino
        except OSError:
            return False
        finally:
            os.umask(before)
        return True

    async def stop(self) -> None:
        """Listen no more and take the socket away, unless another desk has put its own there."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        with contextlib.suppress(OSError):
            if self.path.stat().st_ino == self._made:
                self.path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            number = number_in(await reader.readline())
            if number is not None:
                self._ring(number)
            writer.write(b'{"ok": true}\n' if number is not None else b'{"ok": false}\n')
            await writer.drain()
        except (OSError, ValueError):
            return  # the caller hung up, or sent more than a line may hold
        finally:
            writer.close()

"""The desk's end of the line by which a telephone pops its intake; runs in the desk's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable, Coroutine
from pathlib import Path

from ordersdesk.foundation.machine.popline import LONGEST, has_lines, line_of, number_in, reachable


class PopListener:
    """Listens for the signed-in user's calls: `await start()` after signing in, `await stop()` when locked or left.

    `ring` is called in the event loop with the number as it was sent; it must not block.
    """

    def __init__(self, home: Path, login: str, ring: Callable[[str], object]) -> None:
        self.path = line_of(home, login)
        self._ring = ring
        self._made = 0
        self._tasks: set[asyncio.Task[None]] = set()  # the one that listens, and one for each caller

    async def start(self) -> bool:
        """Begin to listen; False where the system has no such sockets or the home cannot hold one."""
        if not has_lines():
            return False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # A desk that was killed leaves its socket; of two desks of one user the newest takes the calls.
            self.path.unlink(missing_ok=True)
        except OSError:
            return False
        before = os.umask(0o177)  # nobody else may open it, not even for a moment
        try:
            with reachable(self.path) as address:
                self._begin(self._listen(_opened(address)))
            self._made = self.path.stat().st_ino
        except OSError:
            return False
        finally:
            os.umask(before)
        return True

    async def stop(self) -> None:
        """Hang up, listen no more, and take the socket away unless another desk has put its own there."""
        if not self._tasks:
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(OSError):
            if self.path.stat().st_ino == self._made:
                self.path.unlink()

    def _begin(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, line: socket.socket) -> None:
        with line:
            while True:
                caller, _address = await asyncio.get_running_loop().sock_accept(line)
                self._begin(self._answer(caller))

    async def _answer(self, caller: socket.socket) -> None:
        # The caller may hang up, or send more than a line may hold.
        with caller, contextlib.suppress(OSError, ValueError):
            number = number_in(await _line_from(caller))
            if number is not None:
                self._ring(number)
            answer = b'{"ok": true}\n' if number is not None else b'{"ok": false}\n'
            await asyncio.get_running_loop().sock_sendall(caller, answer)


def _opened(address: str) -> socket.socket:
    # Not asyncio's own server: stopped while somebody calls, it leaves the call's socket open for ever.
    line = socket.socket(socket.AF_UNIX)
    line.setblocking(False)
    line.bind(address)
    line.listen()
    return line


async def _line_from(caller: socket.socket) -> bytes:
    """Read up to the end of a line; ValueError when it is longer than any line may be."""
    read = b""
    while not read.endswith(b"\n") and (more := await asyncio.get_running_loop().sock_recv(caller, LONGEST)):
        read += more
        if len(read) > LONGEST:
            raise ValueError(len(read))
    return read

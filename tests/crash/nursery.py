"""A warm process that gives birth: it has imported everything, so that a life costs a fork and not two seconds.

It reads one life a line, `order 7 sqlite:///…`; whatever its children tell comes out of its pipe, line by line.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.terminal.harness import CHECKOUT

PATIENCE = 60.0  # a busy machine is no failure


@dataclass
class Life:
    """A process as the test knows it, and all it has told."""

    pid: int
    told: list[Any] = field(default_factory=list[Any])


class Nursery:
    """The warm process as the test uses it: lives are born, listened to and killed."""

    def __enter__(self) -> Nursery:
        command = [sys.executable, "-m", "tests.crash.nursery"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CHECKOUT)
        assert self._server.stdin
        assert self._server.stdout
        self._orders, self._pipe = self._server.stdin, self._server.stdout.fileno()
        self._lives: dict[int, Life] = {}
        self._rest = b""
        return self

    def __exit__(self, *_error: object) -> None:
        self._orders.close()
        self._server.kill()
        self._server.wait(PATIENCE)

    def born(self, life: str, turn: int, where: str) -> Life:
        """Begin a life."""
        known = len(self._lives)
        self._orders.write(f"{life} {turn} {where}\n".encode())
        self._orders.flush()
        self._listen(until=lambda: len(self._lives) > known)
        return list(self._lives.values())[-1]

    def kill(self, life: Life, *, told: int, after: float) -> None:
        """End a life: once it has told so much, and so many seconds later."""
        self._listen(until=lambda: len(life.told) >= told)
        deadline = time.monotonic() + after
        self._listen(until=lambda: time.monotonic() >= deadline, step=0.001)
        os.kill(life.pid, signal.SIGKILL)
        self._listen(until=lambda: not _is_there(life.pid), step=0.001)
        while self._read(0):
            pass

    def _listen(self, *, until: Callable[[], bool], step: float = 0.05) -> None:
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < deadline, "a process told nothing for a minute"
            self._read(step)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._pipe], [], [], seconds)
        data = os.read(self._pipe, 65536) if ready else b""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            pid, words = line.split(b" ", 1)
            self._heard(int(pid), json.loads(words))
        return bool(data)

    def _heard(self, pid: int, words: Any) -> None:
        assert not (isinstance(words, dict) and "error" in words), words["error"]
        if words == "born":
            self._lives[pid] = Life(pid)
        else:
            self._lives[pid].told.append(words)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def tell(words: Any) -> None:
    """Tell the test in one write: no half line is left when the teller dies."""
    os.write(1, f"{os.getpid()} {json.dumps(words)}\n".encode())


def main() -> None:
    """Give birth to a life for every line, and wait for no child."""
    from tests.crash.lives import LIVES, warm  # noqa: PLC0415 - the test uses the nursery without the lives

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        life, turn, where = line.split()
        warm(where)
        if os.fork():
            continue
        tell("born")
        try:
            for words in LIVES[life](where, int(turn)):
                tell(words)
        except BaseException:
            tell({"error": traceback.format_exc()[-3000:]})
        finally:
            os._exit(1)


if __name__ == "__main__":
    main()

"""The desk on a real pty: how soon it paints and answers, how soon a key finds rows, what memory it takes."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.figures import Figure, median, milliseconds, p95
from tests.bench.shop import LOGIN, PASSWORD
from tests.terminal.harness import Terminal, encoded, python

SIZE = (120, 40)
CREDENTIALS = f"{LOGIN}<Enter>{PASSWORD}"
SIGN_IN = f"{CREDENTIALS}<Enter>"
GAP = 0.12  # seconds a key: somebody who types their password without looking
SETTLED = 0.25  # seconds without a changed row after which a list is taken for complete
HURRIED = 0.01  # seconds a key where nobody watches what it finds
FLAT = 1.05  # times the memory after the first thousand keys
# Typed one after the other, each taken away again: first letters, as an agent begins a name.
LETTERS = ("w", "l", "z", "c", "y", "h", "x", "s", "m", "t")


class Watched(Terminal):
    """A terminal that says when the rows below its first lines changed last."""

    def rows(self) -> list[str]:
        """Return the lines of the list."""
        return self.text.split("\n")[4:36]

    def changed(self, key: str) -> float | None:
        """Press a key and return how many seconds later the last row was painted."""
        before, changed = self.rows(), None
        begun = time.perf_counter()
        os.write(self._pty, encoded(key)[0].encode())
        deadline = begun + 2.0
        while time.perf_counter() < deadline:
            ready, _, _ = select.select([self._pty], [], [], SETTLED)
            if not ready:
                break
            self._stream.feed(os.read(self._pty, 65536))
            now = self.rows()
            if now != before:
                before, changed = now, time.perf_counter() - begun
                deadline = time.perf_counter() + SETTLED
        return changed

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def starts(home: Path, *, times: int, customers: int) -> Iterator[Figure]:
    """Start the desk and a bare application by turns."""
    bare: list[float] = []
    painted: list[float] = []
    waited: list[float] = []
    ahead: list[float] = []
    for _ in range(times):
        bare.append(_until(python("-m", "tests.bench.bare"), home, "painted"))
        painted.append(_until(_desk(home), home, "Password"))
        waited.append(_waited(home))
        ahead.append(_until(_desk(home), home, "What waits", keys=SIGN_IN))
    rows = (
        ("first paint", painted, 1.5),
        ("usable with data: all waiting beside typing the password", waited, 3.0),
        ("usable with data: password typed before the desk is there", ahead, None),
    )
    for what, taken, most in rows:
        ratio = median(taken) / median(bare)
        yield Figure(
            what=f"desk on a pty: {what}",
            at=f"sqlite, {customers:,}",
            measured=milliseconds(taken),
            baseline=f"{milliseconds(bare)} a bare application",
            ratio=f"{ratio:.2f} ×",
            goal=f"≤ {most} ×" if most else "",
            ok=ratio <= most if most else None,
        )


def _waited(home: Path) -> float:
    """Return how long one waits for the door to be painted, and for the home list after the last Enter."""
    begun = time.perf_counter()
    with Terminal(_desk(home), home=home, size=SIZE) as terminal:
        terminal.wait_for("Password")
        painted = time.perf_counter() - begun
        terminal.type(CREDENTIALS, gap=GAP)
        entered = time.perf_counter()
        terminal.type("<Enter>")
        terminal.wait_for("What waits")
        return painted + time.perf_counter() - entered


def _desk(home: Path) -> list[str]:
    return python("-m", "ordersdesk.cli", "--home", str(home), "desk")


def _until(command: Sequence[str], home: Path, text: str, *, keys: str = "") -> float:
    begun = time.perf_counter()
    with Terminal(command, home=home, size=SIZE) as terminal:
        if keys:
            terminal.type(keys)
        terminal.wait_for(text)
        return time.perf_counter() - begun


def typing(home: Path, *, rounds: int, customers: int) -> Iterator[Figure]:
    """Type into the search of the desk and of the same desk with a fixed list, by turns; weigh the desk too."""
    real: list[float] = []
    fixed: list[float] = []
    at = f"sqlite, {customers:,}"
    with (
        Watched(_desk(home), home=home, size=SIZE) as desk,
        Watched(python("-m", "tests.bench.fixed", str(home)), home=home, size=SIZE) as still,
    ):
        for terminal in (desk, still):
            terminal.type(SIGN_IN)
            terminal.wait_for("What waits")
        signed_in = desk.memory()
        for terminal in (desk, still):
            terminal.type("<F7>")
            terminal.wait_for("Found by")
            _typed(terminal)
        for _ in range(rounds):
            fixed += _typed(still)
            real += _typed(desk)
        searched = desk.memory()
    ratio = p95(real) / p95(fixed)
    yield Figure(
        what="key press to 20 rows on a pty",
        at=at,
        measured=milliseconds(real),
        baseline=f"{milliseconds(fixed)} a fixed list",
        ratio=f"{ratio:.2f} ×",
        goal="p95 ≤ 2.5 ×",
        ok=ratio <= 2.5,
    )
    yield Figure("memory of a signed-in desk", at, f"{signed_in:.0f} MiB", goal="≤ 90 MiB", ok=signed_in <= 90)
    yield Figure(f"memory after {len(real)} look-ups", at, f"{searched:.0f} MiB")


def weights(home: Path, *, keys: tuple[int, int], customers: int) -> Iterator[Figure]:
    """Weigh a desk at home, after a first stretch of keys, and after a long one: it must not grow any more."""
    with Watched(_desk(home), home=home, size=SIZE) as desk:
        desk.type(SIGN_IN)
        desk.wait_for("What waits")
        at_home, pressed, weighed = desk.memory(), 0, list[float]()
        for goal in keys:
            while pressed < goal:
                pressed += _worked(desk)
            weighed.append(desk.memory())
    first, last = weighed
    yield Figure(
        what=f"memory of a desk after {keys[1]:,} keys",
        at=f"sqlite, {customers:,}",
        measured=f"{last:.0f} MiB",
        baseline=f"{at_home:.0f} MiB at home, {first:.0f} MiB after {keys[0]:,} keys",
        ratio=f"{last / first:.2f} ×",
        goal=f"≤ {FLAT} ×",
        ok=last / first <= FLAT,
    )


def _worked(desk: Watched) -> int:
    """Look customers up, begin an intake, leave it, and return how many keys that took."""
    keys = 0
    for screen, text, shown in (("<F7>", "wanglizhang", "Found by"), ("<F2>", "wangwei", "Caller")):
        desk.press(screen, until=shown)
        typed = f"{text}{'<Backspace>' * len(text)}"
        desk.type(typed, gap=HURRIED)
        desk.press("<Esc>", until="What waits")
        keys += 2 + 2 * len(text)
    return keys


def _typed(terminal: Watched) -> list[float]:
    """Press each letter and take it away again."""
    taken: list[float] = []
    for letter in LETTERS:
        seconds = terminal.changed(letter)
        taken += [] if seconds is None else [seconds]
        terminal.changed("<Backspace>")
    return taken

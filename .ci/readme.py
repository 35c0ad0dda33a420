"""The README's two commands: printed one a line, or (`--try ENVIRONMENT`) the first one run on a terminal by hand.

Run it from a checkout, with the test extra installed: the terminal in memory is that of the tests.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
sys.path.insert(0, str(CHECKOUT))

from tests.terminal.harness import Terminal  # noqa: E402  (the line above makes it importable)

PATIENCE = 600.0  # a slow registry


def commands() -> list[str]:
    """Return the lines of the first block of commands, as they stand."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## Two commands$.*?^```\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block, "the README has no block of commands under 'Two commands'"
    return block[1].splitlines()


def surroundings(environment: Path, data: Path) -> dict[str, str]:
    """Return what the command finds around it: the environment activated, and nothing of an earlier desk."""
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = {"VIRTUAL_ENV": str(environment), "PATH": path, "XDG_DATA_HOME": str(data), "PYTHONPATH": ""}
    return {**os.environ, **own, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


def take_an_order(terminal: Terminal) -> None:
    """Do what the README tells under 'Take an order', from the demo's door to the number."""
    terminal.wait_for("Sign in", within=PATIENCE)
    terminal.type("<Enter><Enter>")
    terminal.wait_for("What waits")
    terminal.type("<F2>13912345678<Enter>")
    terminal.wait_for("Nobody found")
    terminal.type("新星文具<Enter>李明<Enter><Enter>上海市世纪大道1号<Enter>浦东<Enter>", gap=0.02)
    terminal.type("ZH202<Enter>5x<Enter>", gap=0.02)
    terminal.wait_for("ZH202", "F9 confirms")
    terminal.press("<F9>", until="Read it back")
    terminal.press("<F9>", until="is done.")
    terminal.press("<F6>", until="Order book")
    terminal.wait_for("新星文具")
    terminal.type("<Ctrl+Q>")


def try_first(environment: Path) -> None:
    """Run the first command on a pty until the desk has opened, taken an order and been left."""
    with tempfile.TemporaryDirectory() as data:
        around = surroundings(environment, Path(data))
        shell = ["bash", "-c", commands()[0]]
        with Terminal(shell, home=Path.home(), size=(100, 30), env=around) as terminal:
            take_an_order(terminal)
            code = terminal.wait_exit()
            assert code == 0, f"the demo ended with {code}:\n{terminal.text}"
    print("opened, signed in, took an order, quit")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--try"]:
        try_first(Path(sys.argv[2]))
    else:
        print(*commands(), sep="\n")

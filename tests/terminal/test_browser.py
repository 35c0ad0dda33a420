"""The desk in a browser: textual-serve runs the command with pipes and a driver of its own, and speaks in packets."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import IO

import pyte

from tests.terminal.desk_home import a_home
from tests.terminal.harness import CHECKOUT, encoded, python

WEB = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "COLUMNS": "80", "ROWS": "24"}


def packets(out: IO[bytes]) -> pyte.Screen:
    """Paint what comes until the desk says it has ended."""
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    while kind := out.read(1):
        payload = out.read(int.from_bytes(out.read(4), "big"))
        if kind == b"D":
            stream.feed(payload)
            if "What waits" in "\n".join(screen.display):
                return screen
    raise AssertionError("the desk ended before anybody sat at it:\n" + "\n".join(screen.display))


def test_the_desk_opens_in_a_browser_and_takes_keys(tmp_path: Path) -> None:
    a_home(tmp_path)
    command = python("-m", "ordersdesk.cli", "--home", str(tmp_path), "desk")
    environment = {**os.environ, **WEB, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert b"__GANGLION__\n" in iter(running.stdout.readline, b"")
        typed = "".join(encoded("lin<Enter>demo1234<Enter>")).encode()
        running.stdin.write(b"D" + len(typed).to_bytes(4, "big") + typed)
        running.stdin.flush()
        assert "What waits" in "\n".join(packets(running.stdout).display)
        running.kill()

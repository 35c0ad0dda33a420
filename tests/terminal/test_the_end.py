"""How the program ends on a real terminal: clean when it is left, without anybody's data when it breaks."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.harness import Terminal, python

BROKEN = """
import pathlib, sys
import tests.screens.toy as toy
from screens.shell.app import run

def confirm(screen):
    customer = "Li Lei 13912345678"
    raise KeyError(len(customer))

toy.Home.action_theme = confirm
toy.ToyApp.action_theme = confirm
sys.exit(run(toy.ToyApp(pathlib.Path(sys.argv[1]))))
"""


def test_ctrl_q_leaves_with_help_open(tmp_path: Path) -> None:
    with Terminal(python("-m", "tests.screens.toy", str(tmp_path)), home=tmp_path) as terminal:
        terminal.wait_for("Password")
        terminal.type("li<Enter>pw<Enter><F6><F1>")
        terminal.wait_for("SO000000", "Type as fast as you like")
        terminal.type("<Ctrl+Q>")
        assert terminal.wait_exit() == 0


def test_a_bug_says_where_the_report_is_and_shows_no_data(tmp_path: Path) -> None:
    with Terminal(python("-c", BROKEN, str(tmp_path)), home=tmp_path, size=(160, 24)) as terminal:
        terminal.wait_for("Password")
        terminal.type("<Ctrl+Y>")
        terminal.wait_for("The desk had to stop because of an error (KeyError).", "crash-20261123-020000.txt")
        terminal.wait_for("Press Enter to leave.")
        terminal.type("<Enter>")
        assert terminal.wait_exit() == 1
        assert "Li Lei" not in terminal.text
        assert "Traceback" not in terminal.text


def test_what_was_typed_ahead_of_a_fault_never_reaches_the_shell(tmp_path: Path) -> None:
    program = python("-c", BROKEN, str(tmp_path))
    shell = ["sh", "-c", '"$@"; echo left; read -r line; echo "shell: $line"', "sh", *program]
    with Terminal(shell, home=tmp_path, size=(160, 24)) as terminal:
        terminal.wait_for("Password")
        terminal.type("<Ctrl+Y>touch made-by-accident<Enter>exit<Enter>")
        terminal.wait_for("Press Enter to leave.")
        terminal.type("touch made-by-accident<Enter>")
        terminal.wait_for("left")
        terminal.type("typed afterwards<Enter>")
        terminal.wait_for("shell: typed afterwards")
        assert list(tmp_path.glob("*made*")) == []

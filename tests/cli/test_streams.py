"""Exit codes, streams, signals and what a command loads, as the system sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.main import get_command

from ordersdesk.cli.app import app

HEAVY = {"textual", "sqlmodel", "sqlalchemy", "alembic", "xlsxwriter", "phonenumbers", "pypinyin", "asyncio"}
LOADED = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); sys.argv = ['ordersdesk', {args}]; import ordersdesk.cli; ordersdesk.cli.main()"  # noqa: E501


def ordersdesk(*args: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ORDERSDESK_HOME": str(home), "LANG": "en_US.UTF-8", **more}
    command = [sys.executable, "-m", "ordersdesk.cli", *args]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, stdin=subprocess.DEVNULL
    )


def loaded(*args: str) -> set[str]:
    """The modules a command has loaded when it ends."""
    code = LOADED.format(args=", ".join(map(repr, args)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "args", [["--help"], ["orders", "--help"], ["orders", "submit", "--help"], ["import", "--help"]]
)
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    assert loaded(*args) & HEAVY == set()


@pytest.mark.parametrize("command", ["desk", "demo"])
def test_painting_does_not_wait_for_typer(command: str) -> None:
    assert loaded(command, "--home", "/nonexistent") & {"typer", "rich", *HEAVY} == set()


def test_a_ringing_telephone_waits_for_nothing() -> None:
    assert loaded("call", "10086", "--home", "/nonexistent") & {"typer", "rich", *HEAVY} == set()


def test_help_speaks_the_terminals_language_or_english(home: Path) -> None:
    done = ordersdesk("orders", "submit", "--help", home=home)
    assert done.returncode == 0
    assert "ordersdesk orders submit order.json" in done.stdout


@pytest.mark.parametrize("group", [[], ["orders"], ["orders", "submit"]])
def test_a_help_page_is_all_in_the_language_asked_for(home: Path, group: list[str]) -> None:
    said = ordersdesk(*group, "--help", "--lang", "zh_CN", home=home).stdout
    assert [word for word in ("用法：ordersdesk", "─ 选项 ─", "显示本帮助。") if word not in said] == []
    assert [word for word in ("Usage", "Options", "Commands", "Arguments", "Show this") if word in said] == []


def test_every_command_has_an_example() -> None:
    todo, silent = [("ordersdesk", get_command(app))], []
    while todo:
        name, command = todo.pop()
        todo += [(f"{name} {child}", one) for child, one in getattr(command, "commands", {}).items()]
        if f"\n{name}"[:11] not in (command.epilog or "") or not command.help:
            silent.append(name)
    assert silent == []


def test_the_version_is_the_packages(home: Path) -> None:
    done = ordersdesk("--version", home=home)
    assert (done.returncode, done.stdout, loaded("--version") & HEAVY) == (
        0,
        f"ordersdesk {version('ordersdesk')}\n",
        set(),
    )
    assert json.loads(ordersdesk("--json", "--version", home=home).stdout) == {"ordersdesk": version("ordersdesk")}


def test_a_refusal_is_exit_one_with_rule_and_mend_on_stderr(home: Path) -> None:
    done = ordersdesk("orders", "show", "SO1", home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == ["ORD-9: There is no order SO1.", "Look it up in the order book."]


def test_a_wrong_call_is_exit_two(home: Path) -> None:
    assert ordersdesk("orders", "show", home=home).returncode == 2


def test_a_reader_may_go_away(home: Path) -> None:
    environment = {**os.environ, "ORDERSDESK_HOME": str(home)}
    command = [sys.executable, "-m", "ordersdesk.cli", "policy", "show"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert (running.wait(30), running.stderr.read()) == (0, b"")


def test_ctrl_c_is_quiet(home: Path) -> None:
    environment = {**os.environ, "ORDERSDESK_HOME": str(home)}
    command = [sys.executable, "-m", "ordersdesk.cli", "orders", "submit", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    heard = partial(signal.signal, signal.SIGINT, signal.default_int_handler)  # whoever starts the tests may ignore it
    with subprocess.Popen(command, env=environment, preexec_fn=heard, **pipes) as running:  # type: ignore[call-overload]
        waiting = Path(f"/proc/{running.pid}/wchan")
        _until_it_reads(running, waiting)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"")


def _until_it_reads(running: subprocess.Popen[bytes], waiting: Path) -> None:
    if not waiting.exists():
        pytest.skip("this system does not tell what a process waits for")
    while running.poll() is None and "pipe" not in waiting.read_text():
        os.sched_yield()


def test_what_customers_typed_never_steers_a_terminal(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(
        "Name,Territory,Phone,Address\n\x1b]0;owned\x07王,浦东,13800138001,路\n", encoding="utf-8"
    )
    done = ordersdesk("import", "customers", str(tmp_path / "bad.csv"), home=home)
    assert "\x1b" not in done.stdout + done.stderr


def test_half_a_character_gets_an_answer_that_programs_can_read(home: Path) -> None:
    done = ordersdesk("--json", "orders", "change", "\udcff", home=home)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["refused"]["message"] == "\udcff cannot be read: there is no such file or folder."


def test_an_option_gone_wrong_leaves_the_terminal_alone(home: Path) -> None:
    done = ordersdesk("approvals", "list", "--reason", "\x1b[31m", home=home)
    assert (done.returncode, "\x1b" in done.stderr) == (2, False)

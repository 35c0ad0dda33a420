"""What is neither done nor refused: a fault of the program, or a machine that does not do its part."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from ordersdesk import cli
from ordersdesk.cli import app
from tests.cli.conftest import Command

CALLER = "王芳 13800138000"


def stumbles(_args: object) -> int:
    raise KeyError(CALLER)


def test_a_fault_of_the_program_is_one_sentence_and_a_report_without_a_customers_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "run", stumbles)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["ordersdesk", "orders", "find", "王芳"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    (report,) = tmp_path.glob("crash-*.txt")
    said = capsys.readouterr().err
    assert (end.value.code, str(report) in said, "Traceback" in said) == (70, True, False)
    text = report.read_text(encoding="utf-8")
    assert ("王芳" in text, "13800138000" in text, "builtins.KeyError" in text, "at: orders find" in text) == (
        False, False, True, True,
    )  # fmt: skip
    assert report.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words", [("init", "--login", "mei"), ("db", "upgrade"), ("customers", "find", "x")])
def test_a_home_that_cannot_be_made_is_a_sentence(command: Command, words: tuple[str, ...]) -> None:
    done = command("--home", "/proc/nowhere", *words)
    assert (done.code, "Traceback" in done.err, len(done.err.strip().splitlines()) <= 3) == (1, False, True)


def test_a_bad_address_of_a_database_is_a_sentence(command: Command) -> None:
    assert [command("--db", url, "orders", "list").code for url in ("nonsense", "sqlite:////proc/x/y.db", "x://y")] == [
        1, 1, 1,
    ]  # fmt: skip

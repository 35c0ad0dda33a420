"""The log of a home: private, one fact a line, no person in it, and shared by all desks of the home."""

from __future__ import annotations

import ast
import re
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordersdesk.foundation.machine import log

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d+ (INFO|WARNING) (.*)")


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    log.stop()


def facts(home: Path) -> list[str]:
    """The facts of a log, each a line that reads as it should."""
    lines = (home / log.NAME).read_text(encoding="utf-8").splitlines()
    return [found[2] if (found := LINE.fullmatch(line)) else f"no line: {line}" for line in lines]


def test_a_fact_is_a_line_only_its_owner_reads(tmp_path: Path) -> None:
    log.keep(tmp_path)
    log.note("desk opened", version="0.1.0", schema="0004", user=3, rule="")
    log.warn("desk stopped by an error", kind="KeyError")
    assert facts(tmp_path) == ["desk opened version=0.1.0 schema=0004 user=3", "desk stopped by an error kind=KeyError"]
    assert stat.S_IMODE((tmp_path / log.NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("typed", ["王芳", "two words", "line\nbreak", "\x1b[31m", "x" * 61, "a@b.c", "{0}%s"])
def test_what_somebody_typed_never_gets_in(tmp_path: Path, typed: str) -> None:
    log.keep(tmp_path)
    log.note("refused", rule=typed)
    assert facts(tmp_path) == ["refused rule=?"]


def test_only_known_particulars_are_told_anywhere() -> None:
    """A new one is thought about first: it must name nobody."""
    told = {
        keyword.arg
        for package in ("ordersdesk", "screens")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("log.note", "log.warn")
        for keyword in node.keywords
        if keyword.arg
    }
    assert told - log.PARTICULARS == set()
    assert len(told) > 5


def test_pages_are_turned_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PAGE", 200)
    monkeypatch.setattr(log, "PAGES", 2)
    log.keep(tmp_path)
    for number in range(30):
        log.note("command", exit=number)
    pages = sorted(path for path in tmp_path.iterdir() if not path.name.endswith(".lock"))
    assert [path.name for path in pages] == [log.NAME, f"{log.NAME}.1", f"{log.NAME}.2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in pages} == {0o600}
    assert facts(tmp_path)[-1] == "command exit=29"


def test_a_desk_goes_on_where_another_turned_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.keep(tmp_path)
    log.note("command", exit=1)
    (tmp_path / log.NAME).rename(tmp_path / f"{log.NAME}.1")
    log.note("command", exit=2)
    assert facts(tmp_path) == ["command exit=2"]


def test_no_line_is_lost_among_desks(tmp_path: Path) -> None:
    log.keep(tmp_path)
    desks = [threading.Thread(target=lambda: [log.note("command", exit=n) for n in range(50)]) for _desk in range(4)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(facts(tmp_path)) == sorted(f"command exit={n}" for n in range(50) for _desk in range(4))


def test_no_home_is_made_for_a_log(tmp_path: Path) -> None:
    log.keep(tmp_path / "none")
    log.note("command", exit=0)
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / log.NAME).mkdir()
    log.keep(tmp_path)
    log.note("command", exit=0)
    assert capsys.readouterr() == ("", "")

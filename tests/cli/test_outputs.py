"""No output lies over the desk's own files, and what the desk makes only its owner reads (DB-7)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ordersdesk.cli.app import run
from ordersdesk.foundation.machine import own_files
from ordersdesk.foundation.texts.texts import escaped, shown
from tests.cli.conftest import Command
from tests.cli.test_orders import ORDER, written

OWN = ("desk.db", "desk.db.lock", "policy.toml", "ordersdesk.log", "forms/slip.typ")


@pytest.fixture(autouse=True)
def _guards_nothing_afterwards() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    own_files.forget()
    os.umask(before)


@pytest.fixture
def number(command: Command, home: Path, tmp_path: Path) -> str:
    """An order in a desk that has every kind of file."""
    (home / "policy.toml").write_text("")
    (home / "forms").mkdir()
    (home / "forms" / "slip.typ").write_text("")
    return str(command("--json", "orders", "submit", written(tmp_path, ("A4-80", 5))).json()["number"])


def outputs(number: str, target: str, bad: str) -> dict[str, Sequence[str]]:
    """Every command that writes where it is told, told to write over the target."""
    return {
        "sheet": ("orders", "sheet", number, "--pdf", target, "--replace"),
        "slips": ("slips", "print", "--to", target, "--form", "text", "--replace"),
        "backup": ("backup", target, "--replace"),
        "export": ("export", "customers", "--out", target, "--replace"),
        "bad rows": ("import", "items", bad, "--commit", "--keep-good", "--bad-rows", target),
        "pack": ("outage-pack", target, "--form", "text", "--replace"),
    }


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("what", outputs("", "", ""))
def test_no_command_writes_over_what_the_desk_lives_in(
    command: Command, home: Path, tmp_path: Path, number: str, what: str, name: str
) -> None:
    (tmp_path / "bad.csv").write_text("code,name,unit,list_price\nX,Y,Z,dear\n")
    command("slips", "allocate", "--order", number)
    target = home / name
    before = (target.stat().st_ino, target.read_bytes() if name != "ordersdesk.log" else b"")
    done = command(*outputs(number, str(target), str(tmp_path / "bad.csv"))[what])
    after = (target.stat().st_ino, target.read_bytes() if name != "ordersdesk.log" else b"")
    assert (done.code, before[0]) == (1, after[0]), done.out
    if name != "desk.db":  # the book itself may have been written in, by the act before its paper
        assert before == after
    assert command("orders", "show", number).code == 0


def test_what_the_desk_makes_only_its_owner_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "desk.db").touch(mode=0o644)
    monkeypatch.setenv("ORDERSDESK_HOME", str(home))
    (tmp_path / "goods.csv").write_text("code,name,unit,list_price\nX,Y,Z,1\n")
    goods, papers = str(tmp_path / "goods.csv"), str(home / "papers")
    for args in (["init"], ["import", "items", goods, "--commit"], ["outage-pack", papers, "--form", "text"]):
        run(args)
    wide = [str(path) for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077]
    assert wide == []


def test_a_password_in_the_address_of_the_database_is_warned_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for url, warned in (("postgresql://lin:secret@localhost:1/x", True), (f"sqlite:///{tmp_path}/a:b@c.db", False)):
        run(["--home", str(tmp_path), "--db", url, "orders", "list"])
        assert ("can read the password in --db" in capsys.readouterr().err) is warned


STEERING = "a\x9b2Jb\x85c\u202ed\u2066e\ufefff"


def test_json_steers_no_terminal_and_says_the_same(command: Command, tmp_path: Path) -> None:
    told = command("--json", "orders", "show", f"SO{STEERING}")
    out = told.out + told.err
    assert [char for char in STEERING if not char.isascii() and char in out] == []
    rows = [json.dumps(STEERING, ensure_ascii=False)]
    assert (json.loads(escaped(rows[0])), escaped(rows[0]).isascii(), escaped('"明\\n"')) == (STEERING, True, '"明\\n"')
    assert [char for char in STEERING if not char.isascii() and char in shown(STEERING)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"customer": "C000001", "customer": "C000002"}', "“customer” stands in it twice"),
        ('{"lines": ' + "[" * 100_000 + "]" * 100_000 + "}", "it is nested too deep"),
        (json.dumps({**ORDER, "lines": [{"item": "A4-80", "quantity": True}]}), "y: true and false are no number"),
        (json.dumps({**ORDER, "fee": True}), "fee: true and false are no number"),
    ],
)
def test_an_order_that_can_be_read_in_two_ways_is_refused(
    command: Command, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "order.json").write_text(text, encoding="utf-8")
    done = command("orders", "submit", str(tmp_path / "order.json"))
    assert (done.code, said in done.err) == (1, True), done.err


def test_a_mapping_and_a_policy_nested_too_deep_are_refused(command: Command, home: Path, tmp_path: Path) -> None:
    deep = "a = " + "[" * 100_000 + "]" * 100_000
    for file, args in (
        (tmp_path / "map.toml", ("import", "items", str(tmp_path / "x.csv"), "--mapping", str(tmp_path / "map.toml"))),
        (home / "policy.toml", ("policy", "check")),
    ):
        file.write_text(deep)
        (tmp_path / "x.csv").write_text("code\nX\n")
        done = command(*args)
        assert (done.code, "Traceback" in done.err) == (1, False), done.err

"""Desks are made, refused and reached from the command line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ordersdesk.cli.desks.running import refuse_pipe
from tests.cli.conftest import Command


@pytest.fixture
def fresh(tmp_path: Path) -> str:
    return str(tmp_path / "new" / "home")


def test_a_desk_is_made_with_its_first_administrator(command: Command, fresh: str) -> None:
    made = command("--home", fresh, "--json", "init", "--login", "mei")
    users = command("--home", fresh, "--user", "mei", "--json", "users", "list").json()
    assert (made.json()["created"], [one["login"] for one in users]) == (True, ["mei"])


def test_its_files_are_for_nobody_else(command: Command, fresh: str) -> None:
    command("--home", fresh, "init")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (Path(fresh), Path(fresh, "desk.db"))}
    assert modes == {"home": 0o700, "desk.db": 0o600}


def test_making_it_again_changes_nothing(command: Command) -> None:
    again = command("--json", "init", "--login", "somebody")
    assert (again.code, again.json()["created"], again.json()["users"]) == (0, False, ["admin", "lin"])


def test_one_user_is_one_user(command: Command, fresh: str) -> None:
    made = [command("--home", fresh, "init").code for _time in range(2)]
    told = command("--home", fresh, "init").out
    assert (made, told) == ([0, 0], "This desk is there already, with 1 user; nothing was changed.\n")


def test_without_a_password_nobody_is_made(command: Command, fresh: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDERSDESK_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert command("--home", fresh, "init").code == 1
    assert command("--home", fresh, "--json", "users", "list").json()["refused"]["rule"] == "USR-1"


@pytest.mark.parametrize("words", [["orders", "list"], ["check"], ["users", "list"], ["db", "upgrade"]])
def test_a_desk_that_was_never_made_is_refused_and_not_made(command: Command, fresh: str, words: list[str]) -> None:
    done = command("--home", fresh, "--json", *words)
    assert (done.code, done.json()["refused"]["rule"], Path(fresh).exists()) == (1, "DB-2", False)
    assert "ordersdesk init" in done.json()["refused"]["mend"]


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/desk", "postgresql+nothing://host/desk"])
def test_an_address_that_is_none_is_refused(command: Command, url: str) -> None:
    done = command("--db", url, "--json", "orders", "list")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "DB-1")


def test_a_server_that_does_not_answer_is_refused(command: Command, tmp_path: Path) -> None:
    done = command("--db", f"postgresql://desk@/desk?host={tmp_path}", "--json", "orders", "list")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "DB-1")


@pytest.mark.parametrize("words", [["desk"], ["demo"]])
def test_nothing_is_painted_in_a_pipe(command: Command, words: list[str]) -> None:
    done = command("--json", *words)
    assert (done.code, done.json()["refused"]["rule"]) == (1, "CLI-1")


def test_a_browsers_driver_needs_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    refuse_pipe()


def test_a_call_without_a_desk_is_refused(command: Command) -> None:
    done = command("call", "13800138000", "--user", "lin")
    assert done.code == 1
    assert done.err.startswith("CAL-1: No desk of lin is running")


def test_the_policy_is_shown_with_its_rules(command: Command) -> None:
    rows = {row["key"]: row for row in command("--json", "policy", "show", "delivery").json()}
    assert (rows["delivery.key_cut_off"]["value"], rows["delivery.key_cut_off"]["rule"]) == ("12:00", "DLV-2")


def test_a_sites_policy_is_checked_before_use(command: Command, tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('[delivery]\nkey_cut_off = "11:30"\n')
    (tmp_path / "bad.toml").write_text('[delivery]\nkey_cut_off = "soon"\n')
    good = command("--json", "policy", "check", str(tmp_path / "good.toml")).json()
    bad = command("--json", "policy", "check", str(tmp_path / "bad.toml"))
    assert ([row["key"] for row in good["changed"]], len(good["missing"])) == (["delivery.key_cut_off"], 8)
    assert (bad.code, bad.json()["refused"]["rule"]) == (1, "DLV-2")


def test_what_papers_cannot_say_of_the_firm_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text('[firm]\ncompany = "明远"\naddress = "张江路88号"\nfax = " "\n')
    said = command("policy", "check", str(tmp_path / "firm.toml")).out
    assert "firm.hotline, firm.fax, firm.mail, firm.tax_number, firm.bank, firm.account." in " ".join(said.split())


def test_everything_wrong_with_a_policy_is_told_at_once(command: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[delivery]\nkey_cut_off = "soon"\nnonsense = 1\n[stock]\nhold_minutes = 0\n[stok]\nx = 1\n')
    done, told = command("--json", "policy", "check", str(bad)), command("policy", "check", str(bad))
    fields = {fault["field"] for fault in done.json()["faults"]}
    assert fields == {"delivery.key_cut_off", "delivery.nonsense", "stock.hold_minutes", "stok"}
    assert (done.code, told.code, told.out) == (1, 1, "")
    assert "STK-3: Policy stock.hold_minutes = 0 is not allowed.\nAllowed: a whole number from 1 to 10080." in told.err


def test_a_policy_in_a_pipe_is_no_wider_than_people_read(command: Command) -> None:
    lines = command("policy", "show").out.splitlines()
    assert max(map(len, lines)) <= 160


@pytest.mark.parametrize("number", ["abc", "", "  ", "+"])
def test_a_call_from_no_number_is_refused(command: Command, number: str) -> None:
    done = command("--json", "call", number, "--user", "lin")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "CUS-3")


@pytest.mark.parametrize("number", ["anonymous", "sip:13800138000@host", "８００８２０１２３４"])
def test_what_a_telephone_system_sends_is_taken(command: Command, number: str) -> None:
    assert command("--json", "call", number, "--user", "lin").json()["refused"]["rule"] == "CAL-1"


def test_a_database_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    done = command("--db", f"sqlite:///{tmp_path}/nope/x.db", "orders", "list")
    assert done.err.startswith(f"DB-2: There is no desk in {tmp_path}/nope/x.db yet.")


def test_a_wrong_option_is_wrongly_called(command: Command) -> None:
    wrong = (["orders", "list", "--nonsense"], ["nonsense"], ["--lang", "x", "desk"])
    assert [command(*words).code for words in wrong] == [2, 2, 2]


def test_a_database_elsewhere_gets_its_folder(command: Command, fresh: str, tmp_path: Path) -> None:
    assert command("--home", fresh, "--db", f"sqlite:///{tmp_path}/far/x.db", "init").code == 0
    assert (tmp_path / "far" / "x.db").exists()

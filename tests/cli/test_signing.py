"""Signing in on the command line, and what proves who acts there (USR-1, USR-6)."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ordersdesk.cli.desks.demonstrating import make_demo
from ordersdesk.cli.desks.running import demo_setting
from ordersdesk.cli.kit import keyring
from tests.cli.conftest import PASSWORD, Command, Ran, setting


@pytest.fixture(autouse=True)
def _unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("ORDERSDESK_USER", "ORDERSDESK_PASSWORD", "ORDERSDESK_NEW_PASSWORD"):
        monkeypatch.delenv(variable)


Says = Callable[..., None]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Write lines to stdin."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def signed_in(command: Command, login: str, says: Says, password: str = PASSWORD) -> None:
    says(password)
    assert command("login", login, "--password-stdin").code == 0


def rule(done: Ran) -> tuple[int, str]:
    return done.code, done.json()["refused"]["rule"]


def tokens(home: Path) -> Path:
    return keyring.path(setting(home))


def test_without_signing_in_nobody_acts_whoever_is_named(command: Command) -> None:
    assert rule(command("orders", "list", "--json")) == (1, "USR-1")
    assert rule(command("users", "passwd", "admin", "--user", "admin", "--json")) == (1, "USR-1")


def test_who_signed_in_acts_until_they_sign_out(command: Command, says: Says) -> None:
    signed_in(command, "lin", says)
    known = command("whoami", "--json").json()
    assert (known["user"], known["roles"], known["how"]) == ("lin", ["agent"], "token")
    assert command("logout").out == "Lin is signed out here.\n"
    assert rule(command("whoami", "--json")) == (1, "USR-1")


def test_who_signed_in_last_acts_and_another_can_be_named(command: Command, says: Says) -> None:
    signed_in(command, "admin", says)
    signed_in(command, "lin", says)
    assert command("whoami", "--json").json()["user"] == "lin"
    assert command("whoami", "--json", "--user", "admin").json()["user"] == "admin"
    assert rule(command("whoami", "--json", "--user", "mei")) == (1, "USR-1")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(command: Command, says: Says) -> None:
    answers = []
    for login in ("lin", "nobody-here", "' or 1=1", "x" * 5000):
        says("wrong")
        answers.append(command("login", login, "--password-stdin").err)
    assert len(set(answers)) == 1


def test_the_token_is_for_its_owner_alone(command: Command, says: Says, home: Path) -> None:
    old = os.umask(0)
    try:
        signed_in(command, "lin", says)
    finally:
        os.umask(old)
    file = tokens(home)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_a_token_others_could_have_read_is_refused(command: Command, says: Says, home: Path) -> None:
    signed_in(command, "lin", says)
    tokens(home).chmod(0o644)
    done = command("whoami")
    assert (done.code, "Others may read" in done.err) == (1, True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"current": 1, "tokens": {}}', '{"current": "lin", "tokens": [1]}'])
def test_a_damaged_file_of_tokens_is_a_sentence(command: Command, says: Says, home: Path, text: str) -> None:
    signed_in(command, "lin", says)
    tokens(home).write_text(text)
    assert rule(command("whoami", "--json")) == (1, "USR-1")


def test_a_token_is_good_in_its_own_home_only(
    command: Command, says: Says, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(command, "lin", says)
    other = Path(shutil.copytree(home, tmp_path / "other"))
    shutil.copy(tokens(home), tokens(other))
    monkeypatch.setenv("ORDERSDESK_HOME", str(other))
    assert rule(command("whoami", "--json")) == (1, "USR-1")


def test_a_token_is_good_on_its_own_machine_only(
    command: Command, says: Says, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed_in(command, "lin", says)
    before = tokens(home)
    (tmp_path / "machine").write_text("another machine")
    monkeypatch.setattr(keyring, "MACHINE_ID", tmp_path / "machine")
    shutil.copy(before, tokens(home))
    assert rule(command("whoami", "--json")) == (1, "USR-1")


def test_a_copied_token_is_worth_nothing_after_signing_out(command: Command, says: Says, home: Path) -> None:
    signed_in(command, "lin", says)
    kept = tokens(home).read_text()
    command("logout")
    tokens(home).touch(mode=0o600)
    tokens(home).write_text(kept)
    assert rule(command("orders", "list", "--json")) == (1, "USR-1")


def test_signing_out_everywhere_ends_the_token_of_another_machine(command: Command, says: Says, home: Path) -> None:
    signed_in(command, "lin", says)
    kept = json.loads(tokens(home).read_text())["tokens"]["lin"]
    signed_in(command, "lin", says)
    assert command("logout", "--everywhere").out == "Lin is signed out everywhere.\n"
    assert kept not in (tokens(home).read_text() if tokens(home).exists() else "")
    assert rule(command("whoami", "--json")) == (1, "USR-1")


def test_scripts_bring_name_and_password(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERSDESK_USER", "lin")
    monkeypatch.setenv("ORDERSDESK_PASSWORD", PASSWORD)
    assert command("whoami", "--json").json()["how"] == "password"
    monkeypatch.setenv("ORDERSDESK_PASSWORD", "wrong")
    assert rule(command("whoami", "--json")) == (1, "USR-6")


def test_or_the_password_by_stdin(command: Command, says: Says) -> None:
    says(PASSWORD)
    assert command("orders", "list", "--user", "lin", "--password-stdin").code == 0
    says("wrong")
    assert command("orders", "list", "--user", "lin", "--password-stdin").code == 1


def test_ones_own_password_and_a_new_one_come_line_by_line(command: Command, says: Says) -> None:
    says(PASSWORD, "a password for mei")
    done = command("--user", "admin", "--password-stdin", "users", "add", "mei", "--password-stdin")
    assert done.code == 0
    signed_in(command, "mei", says, "a password for mei")


def test_locked_is_locked_for_commands_too(command: Command, says: Says) -> None:
    signed_in(command, "lin", says)
    for _ in range(5):
        says("wrong")
        command("login", "lin", "--password-stdin")
    assert rule(command("orders", "list", "--json")) == (1, "USR-6")


def test_dismissed_is_out_at_once(command: Command, says: Says) -> None:
    signed_in(command, "lin", says)
    signed_in(command, "admin", says)
    assert command("users", "dismiss", "lin", "--to", "admin").code == 0
    assert rule(command("orders", "list", "--json", "--user", "lin")) == (1, "USR-7")
    says(PASSWORD)
    assert rule(command("login", "lin", "--password-stdin", "--json")) == (1, "USR-6")


def test_a_programs_account_does_what_it_is_for_and_nothing_else(command: Command, says: Says, tmp_path: Path) -> None:
    signed_in(command, "admin", says)
    says("a password for cron")
    assert command("users", "add", "cron", "--role", "timer", "--password-stdin").code == 0
    signed_in(command, "cron", says, "a password for cron")
    assert (command("backup", str(tmp_path / "copy.db")).code, command("check").code) == (0, 0)
    assert rule(command("orders", "list", "--json")) == (1, "USR-2")


def test_the_owner_of_the_database_gets_back_in_and_every_administrator_hears_of_it(
    command: Command, says: Says, home: Path
) -> None:
    says("a new password")
    assert command("recover", "lin", "--password-stdin").code == 0
    says(PASSWORD)
    told = command("login", "admin", "--password-stdin")
    assert (told.code, "lin was made administrator from the database itself" in told.err) == (0, True)
    says(PASSWORD)
    assert command("login", "admin", "--password-stdin").err == ""


def test_who_does_not_own_the_database_does_not(command: Command, says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    says("a new password")
    assert rule(command("recover", "lin", "--password-stdin", "--json")) == (1, "USR-1")


def test_the_demo_is_open_and_says_so(command: Command, tmp_path: Path) -> None:
    where = demo_setting(setting(tmp_path))
    make_demo(where, fresh=False)
    done = command("--home", str(where.home), "--user", "lin", "whoami", "--json")
    assert (done.json()["how"], done.err) == ("open", "This demo desk is open: nobody proves who they are.\n")
    assert rule(command("--home", str(where.home), "whoami", "--json")) == (1, "USR-1")
    assert rule(command("--home", str(where.home), "--user", "nobody", "whoami", "--json")) == (1, "USR-1")


def test_who_is_added_to_the_demo_is_not_taken_at_their_word(command: Command, says: Says, tmp_path: Path) -> None:
    where = demo_setting(setting(tmp_path))
    make_demo(where, fresh=False)
    says("a password for mei")
    command("--home", str(where.home), "--user", "admin", "users", "add", "mei", "--password-stdin")
    assert rule(command("--home", str(where.home), "--user", "mei", "whoami", "--json")) == (1, "USR-1")


def test_a_mark_in_the_home_opens_no_desk(command: Command, home: Path) -> None:
    (home / "demo-is-complete").touch()
    assert rule(command("--user", "lin", "whoami", "--json")) == (1, "USR-1")

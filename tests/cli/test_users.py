"""Users are added, listed and given passwords from the command line."""

from __future__ import annotations

import io

import pytest

from tests.cli.conftest import Command


def test_a_user_is_added_and_listed(command: Command) -> None:
    assert command("users", "add", "mei", "--name", "梅", "--role", "agent", "--role", "leader").code == 0
    mei = next(one for one in command("--json", "users", "list").json() if one["login"] == "mei")
    assert (mei["name"], mei["roles"], mei["is_active"]) == ("梅", ["agent", "leader"], True)


@pytest.mark.parametrize("words", [["--roles", "agent,leader"], ["--roles", "agent", "--role", "leader, agent"]])
def test_roles_are_named_together_or_one_by_one(command: Command, words: list[str]) -> None:
    added = command("--json", "users", "add", "mei", "--name", "梅", *words)
    assert (added.code, added.json()["roles"]) == (0, ["agent", "leader"])


def test_the_list_tells_no_hash(command: Command) -> None:
    assert "argon2" not in command("--json", "users", "list").out + command("users", "list").out


def test_only_an_administrator_adds_users(command: Command) -> None:
    done = command("--user", "lin", "--json", "users", "add", "mei")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "USR-2")


def test_a_password_comes_by_stdin(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a new password\n"))
    assert command("users", "passwd", "lin", "--password-stdin").code == 0


def test_nobody_is_asked_in_a_pipe(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDERSDESK_NEW_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    done = command("users", "passwd", "lin")
    assert done.code == 1
    assert "--password-stdin" in done.err


def test_a_short_password_is_refused(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERSDESK_NEW_PASSWORD", "short")
    done = command("--json", "users", "passwd", "lin")
    assert (done.code, done.json()["refused"]["field"]) == (1, "password")


def test_who_acts_must_be_known(command: Command) -> None:
    done = command("--json", "users", "list", "--user", "nobody-here")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "USR-6")


def test_roles_group_and_name_are_changed_and_the_story_tells_it(command: Command) -> None:
    assert command("users", "roles", "lin", "agent", "leader").out == "lin has the roles: agent, leader.\n"
    assert command("users", "group", "lin", "key_accounts").out == "lin is in the group: key accounts.\n"
    assert command("users", "rename", "lin", "林晓").out == "lin is called 林晓.\n"
    assert "roles: agent → agent, leader" in command("users", "story", "lin").out
    assert command("users", "group", "lin", "none").out == "lin is in no group.\n"


def test_a_user_is_dismissed_and_reinstated(command: Command) -> None:
    assert command("users", "dismiss", "lin").out == "Lin is dismissed and signed out everywhere.\n"
    assert "dismissed" in command("users", "list").out
    assert command("--user", "lin", "orders", "list").code == 1
    assert command("users", "reinstate", "lin").out == "Lin works here again, with a new password.\n"
    assert command("--user", "lin", "orders", "list").code == 0


def test_a_user_is_signed_out_everywhere(command: Command) -> None:
    assert command("users", "revoke", "lin").out == "Lin is signed out everywhere.\n"


def test_the_story_of_a_user_is_for_administrators(command: Command) -> None:
    done = command("--user", "lin", "--json", "users", "story", "admin")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "USR-2")

"""Changing, cancelling and pulling back orders from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.cli.test_orders import written


@pytest.fixture
def number(command: Command, tmp_path: Path) -> str:
    """A confirmed order of 20 reams."""
    return command("--json", "--user", "lin", "orders", "submit", written(tmp_path, ("A4-80", 20))).json()["number"]


def change(folder: Path, order: str, **said: Any) -> str:
    path = folder / "change.json"
    path.write_text(json.dumps({"order": order, "reason": "customer called", **said}), encoding="utf-8")
    return str(path)


def test_a_dry_run_shows_old_and_new_and_writes_nothing(command: Command, tmp_path: Path, number: str) -> None:
    file = change(tmp_path, number, lines=[{"position": 1, "quantity": 21}])
    done = command("orders", "change", file, "--dry-run")
    assert done.code == 0
    assert [word in done.out for word in ("500.00", "525.00", "Level minor: ", "(CHG-2)", "Needs team leader")] == [
        True
    ] * 5
    assert command("--json", "orders", "show", number).json()["head"]["version"] == 1


def test_a_dry_run_for_programs_tells_what_stands_against_it(command: Command, tmp_path: Path, number: str) -> None:
    file = change(tmp_path, number, lines=[{"position": 1, "quantity": "lots"}])
    done = command("--json", "orders", "change", file, "--dry-run")
    assert (done.code, [(one["rule"], one["field"]) for one in done.json()["findings"]]) == (
        1, [("ORD-1", "lines.0.quantity")],
    )  # fmt: skip


def test_a_light_change_is_applied_at_once(command: Command, tmp_path: Path, number: str) -> None:
    done = command("--json", "orders", "change", change(tmp_path, number, contact="李雷")).json()
    assert (done["state"], done["level"], done["order"]) == ("applied", "light", number)
    assert command("--json", "orders", "show", number).json()["head"]["contact"] == "李雷"


def test_another_change_waits_for_whoever_approves_it(command: Command, tmp_path: Path, number: str) -> None:
    done = command("orders", "change", change(tmp_path, number, lines=[{"position": 1, "quantity": 30}]))
    assert (done.code, "Waits for branch GM: The total changes by 50 %" in done.out) == (0, True)


def test_the_schema_is_printed(command: Command) -> None:
    assert {"order", "reason", "lines", "add"} <= set(command("orders", "change", "--schema").json()["properties"])


def test_what_is_no_json_is_refused(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text("{", encoding="utf-8")
    done = command("orders", "change", str(file))
    assert (done.code, "orders change --schema" in done.err) == (1, True)


def test_a_confirmed_order_is_cancelled_by_approval(command: Command, number: str) -> None:
    done = command("--json", "orders", "cancel", number, "--reason", "ordered twice").json()
    assert (done["state"], [one["role"] for one in done["waits"]]) == ("asked", ["manager"])


def test_cancelling_needs_a_reason(command: Command, number: str) -> None:
    done = command("--json", "orders", "cancel", number)
    assert (done.code, done.json()["refused"]["rule"]) == (1, "CHG-4")


def test_an_order_is_pulled_back_and_then_cancelled_freely(command: Command, number: str) -> None:
    assert command("--json", "orders", "regret", number).json() == {"number": number, "state": "draft", "freed": 20}
    done = command("orders", "cancel", number, "--reason", "changed his mind")
    assert (done.code, done.out) == (0, f"{number} is cancelled.\n")


@pytest.mark.parametrize("huge", ["1e999999999", "9" * 5000, "-1e-999999999"])
def test_a_number_nothing_comes_to_is_refused_at_once(command: Command, tmp_path: Path, number: str, huge: str) -> None:
    file = tmp_path / "huge.json"
    file.write_text(f'{{"order": "{number}", "lines": [{{"position": 1, "quantity": {huge}}}]}}', encoding="utf-8")
    for wanted in (("orders", "change", str(file)), ("orders", "submit", str(file))):
        done = command("--json", *wanted)
        assert (done.code, done.json()["refused"]["field"]) == (1, "file")


def test_who_took_a_cancelled_order_must_know_until_it_is_noted(command: Command, number: str) -> None:
    made = command("--json", "--user", "lin", "orders", "cancel", number, "--reason", "closed down").json()
    command("users", "add", "zhao", "--name", "Zhao", "--role", "manager")
    assert command("--user", "zhao", "approvals", "grant", made["number"]).code == 0
    told = command("--json", "--user", "lin", "orders", "notices").json()
    assert [(one["order"], one["rule"]) for one in told] == [(number, "CHG-4")]
    left = command("--user", "lin", "orders", "notices", "--note", str(told[0]["id"]))
    assert (left.code, left.out.strip()) == (0, "There is nothing you must know.")
    again = command("--json", "--user", "lin", "orders", "notices", "--note", str(told[0]["id"]))
    assert (again.code, again.json()["refused"]["rule"]) == (1, "CHG-4")

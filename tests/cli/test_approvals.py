"""Approvals from the command line: the queue, yes and no, codes, who answers, and the matrix (USR-2 … 4, JOY-10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.kinds import OCCASIONS
from tests.cli.conftest import Command
from tests.cli.test_orders import written

LARGE = ("A4-80", 100)


@pytest.fixture
def asking(command: Command, tmp_path: Path, home: Path) -> str:
    """An order of 2,500 at a desk where the branch GM decides from 2,000 on, as does everybody's manager `admin`."""
    site = '[orders]\nlarge_order_limit = 2000\n[approvals.large_order]\nrole = "manager"\n'
    (home / "policy.toml").write_text(site, encoding="utf-8")
    done = command("--user", "lin", "--json", "orders", "submit", written(tmp_path, LARGE))
    return str(done.json()["number"])


def test_what_waits_for_me_is_listed_and_granted(command: Command, asking: str) -> None:
    (waits,) = command("--user", "admin", "--json", "approvals", "list").json()
    assert (waits["document"], waits["occasion"], waits["amount"], waits["asked_by"]) == (
        asking, "large_order", "2500.00", "lin",
    )  # fmt: skip
    assert command("--user", "admin", "approvals", "grant", asking).out == f"{asking} is confirmed.\n"
    assert command("--user", "admin", "approvals", "list").out == "Nothing waits for you.\n"


def test_the_queue_is_a_table_for_people(command: Command, asking: str) -> None:
    told = command("--user", "admin", "approvals", "list", "--reason", "large_order").out
    assert all(word in told for word in (asking, "明远办公", "2,500.00 is a large order (from 2,000.00).", "Lin"))
    assert command("--user", "admin", "approvals", "list", "--reason", "overdue").out == "Nothing waits for you.\n"
    assert command("--user", "admin", "approvals", "list", "--reason", "rain").code == 2


def test_a_no_needs_a_reason_and_rejects(command: Command, asking: str) -> None:
    assert command("--user", "admin", "--json", "approvals", "deny", asking).json()["refused"]["field"] == "reason"
    done = command("--user", "admin", "--json", "approvals", "deny", asking, "--reason", "too much")
    assert (done.code, done.json()["state"]) == (0, "rejected")


def test_whoever_is_not_asked_does_not_grant(command: Command, asking: str) -> None:
    assert command("--user", "lin", "--json", "approvals", "grant", asking).json()["refused"]["rule"] == "USR-2"


def test_an_old_look_is_refused(command: Command, asking: str) -> None:
    done = command("--user", "admin", "--json", "approvals", "grant", asking, "--seen", "9")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "ORD-11")


def test_a_code_is_read_out_and_typed(command: Command, asking: str) -> None:
    made = command("--user", "admin", "--json", "approvals", "code", asking).json()
    assert (len(made["code"]), made["minutes"]) == (6, 10)
    done = command("--user", "lin", "--json", "approvals", "grant", asking, "--code", made["code"])
    assert (done.code, done.json()["state"]) == (0, "confirmed")
    again = command("--user", "lin", "--json", "approvals", "grant", asking, "--code", made["code"])
    assert again.json()["refused"]["rule"] == "ORD-11"


def test_who_answers_is_listed(command: Command, asking: str) -> None:
    command("--user", "admin", "approvals", "grant", asking)
    assert command("--user", "admin", "--json", "approvals", "answered").json() == []


@pytest.mark.parametrize("number", ["CA20261123-0001", "", "\x1b[31m", "SO20991231-9999"])
def test_what_is_not_there_is_refused(command: Command, number: str) -> None:
    assert command("--user", "admin", "--json", "approvals", "grant", number).code == 1


def test_an_order_is_not_withdrawn_but_cancelled(command: Command, asking: str) -> None:
    done = command("--user", "lin", "--json", "approvals", "withdraw", asking, "--reason", "no need")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "ORD-13")


def test_the_review_queue_filters_by_reason(command: Command, asking: str) -> None:
    (one,) = command("--json", "orders", "review").json()
    assert (one["entry"]["number"], [why["occasion"] for why in one["reasons"]]) == (asking, ["large_order"])
    assert command("--json", "orders", "review", "--reason", "overdue").json() == []
    assert asking in command("orders", "review", "--reason", "large_order").out


def test_the_matrix_says_who_approves_what(command: Command, asking: str) -> None:
    rows = {row["occasion"]: row for row in command("--json", "policy", "show", "approvals").json()}
    assert list(rows) == list(OCCASIONS)
    large = rows["large_order"]
    assert (large["rule"], large["threshold"], large["role"], large["answerable"]) == (
        "ORD-5", "from 2,000.00", "manager", False,
    )  # fmt: skip
    assert "large order" in command("policy", "show", "approvals").out


def test_every_flow_is_a_table_and_a_diagram(command: Command) -> None:
    told = command("--json", "flows", "order").json()
    assert [flow["kind"] for flow in told] == ["order"]
    assert {"verb": "reject", "from": ["review"], "to": ["rejected"]}.items() <= next(
        verb for verb in told[0]["verbs"] if verb["verb"] == "reject"
    ).items()
    assert "Reject" in command("flows", "order").out
    drawn = command("flows", "approval", "--mermaid").out.splitlines()
    assert (drawn[0], "    waiting --> granted: Grant (USR-3)" in drawn) == ("stateDiagram-v2", True)
    assert command("flows", "nonsense").code == 2

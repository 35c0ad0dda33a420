"""Promises, and where an order is, from the command line (DLV-5, DLV-7, ORD-14)."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_orders import written


@pytest.fixture
def number(command: Command, tmp_path: Path) -> str:
    return str(command("--json", "orders", "submit", written(tmp_path, ("A4-80", 5))).json()["number"])


def test_what_was_promised_is_listed_with_what_became_of_it(command: Command, number: str) -> None:
    told = command("--json", "promises", "--order", number).json()
    assert [(one["order"], one["because"], one["outcome"]) for one in told["promises"]] == [(number, "order", "open")]
    assert (told["kept"], told["percent_kept"]) == (0, None)
    assert "No promise was due yet." in command("promises", "--kept").out


def test_where_it_is_and_what_is_owed_is_said(command: Command, number: str) -> None:
    assert f"{number} is confirmed; its goods are kept for it." in command("orders", "where", number).out
    assert [one["quantity"] for one in command("--json", "orders", "owed", "C000001").json()] == [5]
    assert (command("orders", "owed", "C9").code, command("orders", "where", "SO1").code) == (1, 1)

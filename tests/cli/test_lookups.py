"""Customers, items and stock are found from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.cli.desks.founding import made
from ordersdesk.stock.leaving_actions import quarantine
from tests.cli.conftest import Command, setting


@pytest.mark.parametrize("text", ["明远", "myb", "8000", "138 0013 8000", "张江", "C000001", "王芳"])
def test_a_customer_is_found_by_anything(command: Command, text: str) -> None:
    assert [one["number"] for one in command("--json", "customers", "find", text).json()] == ["C000001"]


def test_phones_are_masked_in_lists(command: Command) -> None:
    for words in (["--json"], []):
        out = command("customers", "find", "明远", *words).out
        assert "138****8000" in out
        assert "13800138000" not in out


def test_nothing_found_is_no_refusal(command: Command) -> None:
    done = command("customers", "find", "nobody at all")
    assert (done.code, done.out) == (0, "Nothing found.\n")


def test_items_are_found_with_their_price(command: Command) -> None:
    found = command("--json", "items", "find", "fyz").json()
    assert [(one["code"], one["list_price"]) for one in found] == [("A4-80", "25.00")]
    assert "25.00" in command("items", "find", "复印").out


def test_stock_answers_with_the_sentence_to_say(command: Command) -> None:
    answer = command("--json", "stock", "check", "A4-80", "--wanted", "120").json()[0]
    assert (answer["sentence"], answer["places"][0]["available"]) == ("100 now, 20 must be ordered", 100)


def test_goods_set_aside_stand_in_a_column_of_their_own(command: Command, home: Path) -> None:
    desk = made(setting(home))
    desk.database.write(lambda session: quarantine(desk, session, [(2, 1, 4)], "SL1"))
    desk.database.close()
    assert "Not inspected" in command("stock", "check", "PEN-1").out
    assert "Not inspected" not in command("stock", "check", "A4-80").out
    place = command("--json", "stock", "check", "PEN-1").json()[0]["places"][0]
    assert (place["available"], place["on_hand"], place["quarantined"]) == (10, 10, 4)


def test_the_spec_tells_items_of_one_name_apart(command: Command, tmp_path: Path) -> None:
    (tmp_path / "specs.csv").write_text("Item code,Name,Spec\nPEN-1,签字笔,0.5mm 黑\n", encoding="utf-8")
    assert command("import", "items", str(tmp_path / "specs.csv"), "--commit").code == 0
    assert "签字笔 0.5mm 黑" in command("stock", "check", "PEN-1").out
    assert command("--json", "stock", "check", "PEN-1").json()[0]["spec"] == "0.5mm 黑"


def test_a_pipe_gets_whole_lines(command: Command) -> None:
    lines = command("stock", "check", "A4").out.splitlines()
    assert any("A4复印纸" in line and "100" in line for line in lines)

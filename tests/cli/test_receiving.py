"""Goods are received from the command line, one item or a file of them (STK-7)."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

FILE = "Item,Quantity,From,Delivery note\nA4-80,1箱,,DN-1\nPEN-1,3,,dn-1\n"


def on_hand(command: Command, code: str) -> int:
    return command("--json", "stock", "check", code).json()[0]["places"][0]["on_hand"]


def test_one_delivery_is_received_once(command: Command) -> None:
    done = command("stock", "receive", "A4-80", "2箱", "--note", "DN-1", "--json").json()
    assert (done["pieces"], done["free"], done["filled"], done["note"]) == (20, 20, [], "DN-1")
    again = command("stock", "receive", "a4-80", "20", "--note", "dn-1")
    assert (again.code, on_hand(command, "A4-80")) == (1, 120)
    assert "DN-1 was received before" in again.err


def test_a_file_is_received_whole(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(FILE, encoding="utf-8")
    assert command("stock", "receive", "--file", str(path)).code == 0
    assert [on_hand(command, code) for code in ("A4-80", "PEN-1")] == [110, 13]
    assert command("stock", "receive", "--file", str(path)).code == 1


def test_bad_rows_of_a_file_are_named_and_nothing_is_received(command: Command, tmp_path: Path) -> None:
    path, bad = tmp_path / "notes.csv", tmp_path / "bad.csv"
    path.write_text(FILE + "NONE,1,,\nA4-80,-4,,\nA4-80,5,MOON,\nPEN-1,3,,DN-1\n", encoding="utf-8")
    done = command("stock", "receive", "--file", str(path), "--bad-rows", str(bad))
    assert (done.code, on_hand(command, "A4-80"), len(bad.read_text("utf-8").splitlines())) == (1, 100, 5)
    assert command("stock", "receive", "--file", str(path), "--keep-good").code == 0
    assert (on_hand(command, "A4-80"), on_hand(command, "PEN-1")) == (110, 13)


def test_an_item_or_a_file_is_named(command: Command) -> None:
    assert [command("stock", "receive", *words).code for words in ((), ("A4-80", "1", "--file", "x.csv"))] == [2, 2]

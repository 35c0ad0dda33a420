"""Handwritten slips from the command line (SLP-7)."""

from __future__ import annotations

from tests.cli.conftest import Command


def test_a_pad_is_issued_used_and_checked(command: Command) -> None:
    assert command("pads", "issue", "lin", "--sheets", "20").out == "Lin has H0000001 to H0000020 now, sheets: 20.\n"
    done = command("pads", "enter", "h1", "--reason", "other", "--note", "flood", "--customer", "明远", "--json").json()
    assert (done["number"], done["slip"], done["amount"]) == ("H0000001", "", "0.00")
    no = command("pads", "enter", "1", "--reason", "computer", "--customer", "别家")
    assert (no.code, "Enter it again only when two papers bear this number: --again" in no.err) == (1, True)
    assert command("pads", "enter", "2", "--spoiled").out == "H0000002 is spoiled.\n"
    assert "H0000003" in command("pads", "list").out
    listed = command("pads", "check")
    assert (listed.code, "明远" in listed.out, "H0000002" in listed.out) == (1, True, False)
    assert "H0000003–H0000020" in command("pads", "return", "2").out
    assert "H0000003 to H0000020" in command("pads", "hand", "9", "admin").out


def test_nothing_to_list_is_said_and_good(command: Command) -> None:
    assert command("pads", "list").out == "Nobody has a pad.\n"
    done = command("pads", "check")
    assert (done.code, done.out) == (0, "No handwritten number is missing, doubled or unpaired.\n")

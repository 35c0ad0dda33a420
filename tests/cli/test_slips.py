"""Slips and waves from the command line: allocate, look, void, deal, release first, chase (SLP-1, SLP-5, SLP-9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command, inside
from tests.delivery.building import an_order

FAR = ("--wave", "15:30", "--day", "2030-12-02")


@pytest.fixture
def orders(home: Path) -> list[str]:
    """Two confirmed orders: five of A4-80, and seven."""
    desk = inside(home)
    numbers = [an_order(desk, ("A4-80", count)) for count in (5, 7)]
    desk.database.close()
    return numbers


def test_a_wave_is_tried_and_then_allocated(command: Command, orders: list[str]) -> None:
    tried = command("--user", "admin", "slips", "allocate", *FAR, "--dry-run", "--json").json()
    assert [(one["order"], one["slip"]) for one in tried["made"]] == [(number, "") for number in orders]
    done = command("--user", "admin", "slips", "allocate", *FAR)
    assert (done.code, [number in done.out for number in orders]) == (0, [True, True])
    again = command("--user", "admin", "slips", "allocate", "--order", orders[0])
    assert f"{orders[0]} stays: Everything of it is on slips already. (SLP-1)" in again.out
    listed = command("slips", "list", "--json").json()
    assert [(one["state"], one["order_number"]) for one in listed] == [("made", number) for number in orders]
    assert command("slips", "list", "--state", "picked").out == "No slips.\n"
    assert command("slips", "list", "--state", "lost").code == 2


def test_a_slip_is_shown_and_void(command: Command, orders: list[str]) -> None:
    slip = command("--user", "admin", "slips", "allocate", "--order", orders[0], "--json").json()["made"][0]["slip"]
    assert [line["pieces"] for line in command("slips", "show", slip, "--json").json()["lines"]] == [5]
    assert "125.00" in command("slips", "show", slip).out
    assert command("--user", "admin", "slips", "void", slip).code == 1
    assert "void" in command("--user", "admin", "slips", "void", slip, "--reason", "twice").out


def test_goods_leave_first_and_are_chased(command: Command, orders: list[str]) -> None:
    assert command("slips", "chase").out == "Every slip of goods that left is on paper.\n"
    assert command("--user", "lin", "slips", "release-first", orders[0], "--reason", "hospital").code == 1
    said = ("--reason", "hospital", "--driver", "郝师傅", "--vehicle", "沪A12345", "--confirmed", "王芳")
    done = command("--user", "admin", "slips", "release-first", orders[0], *said, "--json").json()
    assert [one["number"] for one in command("slips", "chase", "--json").json()] == [done[0]["head"]["number"]]


def test_short_stock_is_dealt_and_the_waves_are_shown(command: Command, orders: list[str]) -> None:
    assert command("--user", "admin", "slips", "deal", "--dry-run").out == "No confirmed order waits for anything.\n"
    shown = command("--user", "admin", "slips", "deal", "A4-80", "--dry-run", "--json").json()[0]
    assert [(share["order"], share["after"]) for share in shown["shares"]] == [(orders[0], 5), (orders[1], 7)]
    assert [row["wave"] for row in command("waves", "--json").json()] == ["08:30", "12:00", "13:00", "15:30"]
    assert "12:00" in command("waves", "--day", "2030-12-02").out

"""Slips are picked from the command line (SLP-4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command, inside
from tests.delivery.building import a_slip

FIVE, TWO = ("A4-80", 5), ("PEN-1", 2)


@pytest.fixture
def printed(home: Path) -> list[str]:
    """Two printed slips: five of A4-80 and two pens; five of A4-80."""
    desk = inside(home)
    slips = [a_slip(desk, *lines, state="printed").head.number for lines in ((FIVE, TWO), (FIVE,))]
    desk.database.close()
    return slips


def test_the_list_to_walk_with(command: Command, printed: list[str]) -> None:
    told = command("slips", "picklist", "--json").json()
    assert [(one["code"], one["pieces"], len(one["slips"])) for one in told] == [("A4-80", 10, 2), ("PEN-1", 2, 1)]
    assert f"{printed[0]} × 5  {printed[1]} × 5" in command("slips", "picklist").out
    assert command("slips", "picklist", "--route", "R9").out == "No printed slip waits to be picked.\n"


def test_all_is_well(command: Command, printed: list[str]) -> None:
    done = command("--user", "admin", "slips", "pick", *printed, "--parcels", "2")
    assert (done.code, done.out.splitlines()) == (
        0,
        [f"{printed[0]} is picked: 7 pieces in 2 parcels.", f"{printed[1]} is picked: 5 pieces in 2 parcels."],
    )
    assert command("--user", "admin", "slips", "pick", printed[0]).code == 1


def test_what_the_shelf_lacks_is_said(command: Command, printed: list[str]) -> None:
    done = command("--user", "admin", "slips", "pick", printed[0], "--short", "1=2", "--short", "2=2")
    assert done.out.splitlines() == [
        f"{printed[0]} is picked: 3 pieces in 1 parcel.",
        "Line 1, A4-80: 3 of 5 包 found; the rest waits for goods.",
        "Line 2, PEN-1: 0 of 2 包 found; the rest waits for goods.",
        f"Its paper says more than goes: `ordersdesk slips reprint {printed[0]}`.",
    ]
    nothing = command("--user", "admin", "slips", "pick", printed[1], "--short", "1=5", "--json").json()
    assert (nothing[0]["state"], nothing[0]["missed"][0]["found"]) == ("void", 0)


@pytest.mark.parametrize(("said", "code"), [("x=1", 2), ("1", 2), ("1=-1", 2), ("1=6", 1), ("9=1", 1), ("1=1=1", 2)])
def test_what_cannot_be_missing_is_refused(command: Command, printed: list[str], said: str, code: int) -> None:
    assert command("--user", "admin", "slips", "pick", printed[0], "--short", said).code == code

"""Route sheets, what became of their slips, and trouble, from the command line (SLP-4…6, DLV-8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_draft, agreed
from tests.cli.conftest import Command, inside
from tests.delivery.building import allocated, moved_on

VAN = ("--driver", "郝师傅", "--vehicle", "沪A12345")
AHEAD = ("--other-day", "goes ahead")  # the commands run at any hour: the next departure may be tomorrow's


@pytest.fixture
def slip(home: Path) -> str:
    """A picked slip of ten packs of paper."""
    desk = inside(home)
    number = agreed(desk, a_draft(("A4-80", 10), customer="C000001")).number
    made = allocated(desk, number).made[0].slip
    moved_on(desk, made, "picked")
    desk.database.close()
    return made


def test_the_road_from_the_command_line(command: Command, slip: str) -> None:
    sheet = command("--json", "routes", "make", *VAN, "--route", "R9", "--slip", slip).json()
    number = sheet["number"]
    assert (sheet["slips"], len(sheet["warnings"])) == ([slip], 1)
    assert command("--json", "routes", "depart", number, *AHEAD).json()["expected"] == "250.00"
    assert slip in command("routes", "show", number).out
    back = command("--json", "routes", "back", slip, "--refused", "1=2:damaged", "--signed", "王芳")
    assert (back.json()["state"], back.json()["collected"]) == ("refused", "200.00")
    no = command("--json", "routes", "return", number, "--cash", "190")
    assert (no.code, "PAY-6" in no.err + no.out) == (1, True)
    done = command("--json", "routes", "return", number, "--cash", "190", "--why", "false note").json()
    assert (done["difference"], [row["kind"] for row in command("--json", "trouble", "list").json()]) == (
        "-10.00", ["damaged"],
    )  # fmt: skip
    listed = command("--json", "routes", "list", "--state", "back").json()
    assert [(row["number"], row["slips"], row["open"]) for row in listed] == [(number, 1, 0)]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        (("--delivered",), ["250.00", "0.00", "250.00"]),
        (("--refused", "1=3:not_wanted"), ["250.00", "-75.00", "0.00", "175.00"]),
        (("--refused", "1=10:not_wanted"), ["250.00", "-250.00", "0.00", "0.00"]),
    ],
)
def test_the_figures_of_a_slip_add_up_and_what_came_back_has_its_words(
    command: Command, slip: str, said: tuple[str, ...], figures: list[str]
) -> None:
    number = command("--json", "routes", "make", *VAN, "--route", "R9", "--slip", slip).json()["number"]
    command("routes", "depart", number, *AHEAD)
    assert command("routes", "back", slip, *said).code == 0
    shown = command("slips", "show", slip).out
    names = ("Goods ", "Came back ", "Delivery fee ", "To pay ")
    assert [row.split()[-1] for row in shown.splitlines() if row.strip().startswith(names)] == figures
    assert ("not_wanted" in shown, "not wanted any more" in shown) == (False, "--refused" in said)


def test_a_difference_in_cash_is_shown_with_its_reason(command: Command, slip: str) -> None:
    number = command("--json", "routes", "make", *VAN, "--route", "R9", "--slip", slip).json()["number"]
    command("routes", "depart", number, *AHEAD)
    command("routes", "all-well", number)
    command("routes", "return", number, "--cash", "197.80", "--why", "short change")
    shown = command("routes", "show", number).out
    assert [row.split() for row in shown.splitlines() if "Difference" in row] == [
        ["Difference", "-52.20", "·", "short", "change"]
    ]


def test_trouble_is_told_and_claimed(command: Command, slip: str) -> None:
    number = command("--json", "routes", "make", *VAN, "--route", "R1", "--slip", slip).json()["number"]
    command("routes", "depart", number, *AHEAD)
    trouble = command("--json", "trouble", "note", slip, "--kind", "late", "--cause", "雪").json()["number"]
    assert "customer told" in command("trouble", "told", trouble, "--how", "call").out
    assert command("trouble", "claim", trouble, "--amount", "30", "--on", "德邦物流").code == 0
    assert command("--json", "trouble", "settle", trouble, "--amount", "30").json()["state"] == "settled"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("back", "SL1"), 2), (("back", "SL1", "--delivered", "--failed", "nobody"), 2),
        (("back", "SL1", "--refused", "1:2"), 2), (("back", "SL1", "--refused", "1=²"), 2),
        (("back", "SL1", "--delivered", "--at", "noon"), 2),
        (("back", "SL1", "--delivered"), 1), (("show", "RS1"), 1), (("make", "--driver", "x"), 2),
        (("return", "RS1", "--cash", "much"), 1), (("list", "--state", "lost"), 2),
    ],
)  # fmt: skip
def test_what_is_wrongly_called_or_not_there_is_refused(command: Command, args: tuple[str, ...], code: int) -> None:
    assert command("routes", *args).code == code


def test_the_customer_is_told_asked_and_the_receipt_comes_back(command: Command, slip: str) -> None:
    number = command("--json", "routes", "make", *VAN, "--route", "R1", "--slip", slip).json()["number"]
    command("routes", "depart", number, *AHEAD)
    assert [row["number"] for row in command("--json", "slips", "to-advise").json()] == [slip]
    assert command("slips", "advise", slip).out == f"{slip}: the customer was told.\n"
    assert command("slips", "follow-up", slip, "--how", "call").code == 0
    assert command("--json", "routes", "all-well", number).json()[0]["state"] == "delivered"
    assert slip in command("slips", "receipts-out").out
    assert command("slips", "receipt", slip).code == 0
    assert command("slips", "receipts-out").out == "Every receipt is back.\n"


def test_the_papers_of_the_road_are_shown_and_printed(command: Command, slip: str, tmp_path: Path) -> None:
    number = command("--json", "routes", "make", *VAN, "--route", "R1", "--slip", slip).json()["number"]
    assert command("slips", "advice", slip, "--preview").code == 1
    command("routes", "depart", number, *AHEAD)
    shown = command("routes", "print", number, "--preview").out
    assert (number in shown, "明远办公" in shown, "250.00" in shown) == (True, True, True)
    assert "A4复印纸" in command("slips", "advice", slip, "--preview").out
    assert command("slips", "letter", slip, "--preview").code == 1
    paper = tmp_path / "sheet.txt"
    assert command("--json", "routes", "print", number, "--letters", "--form", "text", "--to", str(paper)).json() == {
        "numbers": [number], "places": [str(paper)],
    }  # fmt: skip
    assert number in paper.read_text(encoding="utf-8")

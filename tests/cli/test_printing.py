"""Slips are printed, printed again and looked at from the command line (SLP-2, SLP-3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.cli.kit.papers import FORMS
from ordersdesk.printing.papers import PAPERS
from tests.cli.conftest import Command, Ran, inside
from tests.delivery.building import a_slip


@pytest.fixture
def slips(home: Path) -> list[str]:
    """Two slips that wait for their paper."""
    desk = inside(home)
    numbers = [a_slip(desk, ("A4-80", 5)).head.number for _ in range(2)]
    desk.database.close()
    return numbers


def states(command: Command, slips: list[str]) -> list[str]:
    return [command("--json", "slips", "show", number).json()["head"]["state"] for number in slips]


def as_admin(command: Command, *args: str) -> Ran:
    return command("--user", "admin", "slips", *args)


def test_what_waits_is_printed_into_the_desks_papers(command: Command, slips: list[str], home: Path) -> None:
    done = as_admin(command, "print", "--form", "escp", "--json").json()
    papers = list((home / "papers").iterdir())
    assert (done["numbers"], done["places"], done["skipped"]) == (slips, [str(path) for path in papers], [])
    assert (papers[0].suffix, papers[0].read_bytes()[:2]) == (".prn", b"\x1b@")
    assert states(command, slips) == ["printed", "printed"]
    assert as_admin(command, "print").out == "No slip waits for its paper.\n"


def test_named_slips_go_to_a_file_and_what_is_printed_already_is_told(
    command: Command, slips: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "slip.pdf"
    done = as_admin(command, "print", "--number", slips[0], "--form", "a5", "--copies", "white", "--to", str(path))
    assert done.out.splitlines() == [slips[0], f"1 slip printed: {path}"]
    assert path.read_bytes()[:5] == b"%PDF-"
    again = as_admin(command, "print", "--number", slips[0], "--to", f"{tmp_path}/")
    assert again.out == f"{slips[0]} was not printed: it is printed already; print it again as a reprint\n"


def test_a_preview_is_the_text_form_and_prints_nothing(command: Command, slips: list[str], tmp_path: Path) -> None:
    seen = as_admin(command, "print", "--preview", "--copies", "blue")
    one = as_admin(command, "preview", slips[0], "--copies", "blue")
    assert (one.out.count("\f"), seen.out.split("\f")[0], states(command, slips)) == (
        0, one.out.removesuffix("\n"), ["made", "made"],
    )  # fmt: skip
    path = tmp_path / "slip.txt"
    as_admin(command, "print", "--number", slips[0], "--form", "text", "--copies", "blue", "--to", str(path))
    assert path.read_text(encoding="utf-8") == one.out


def test_a_reprint_is_marked(command: Command, slips: list[str], tmp_path: Path) -> None:
    assert as_admin(command, "reprint", slips[0]).code == 1
    as_admin(command, "print")
    path = tmp_path / "again.txt"
    done = as_admin(command, "reprint", slips[0], "--why", "torn", "--form", "text", "--to", str(path))
    assert (done.code, "补打" in path.read_text(encoding="utf-8")) == (0, True)
    assert command("--json", "slips", "show", slips[0]).json()["head"]["prints"] == 2


WRONG = {
    ("--form", "vellum"): 2, ("--copies", "green"): 1, ("--to", "no such printer"): 1, ("--day", "x"): 2,
    ("--to", "nowhere/slips.txt"): 1, ("--number", "SL1", "--wave", "12:00"): 2, ("--number", "SL1"): 1,
}  # fmt: skip


def test_what_cannot_be_printed_marks_nothing(command: Command, slips: list[str]) -> None:
    assert {args: as_admin(command, "print", *args).code for args in WRONG} == WRONG
    assert states(command, slips) == ["made", "made"]


def test_the_picking_list_is_printed_for_the_slips_it_is_for(
    command: Command, slips: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "pick.txt"
    as_admin(command, "print")
    done = as_admin(command, "picklist", "--form", "text", "--to", str(path))
    assert (done.code, done.out) == (0, f"{slips[0]} – {slips[1]} printed: {path}\n")
    assert all(words in path.read_text(encoding="utf-8") for words in ("A4-80", f"{slips[0]} × 5", f"{slips[1]} × 5"))


def test_every_paper_there_is_can_be_named() -> None:
    assert tuple(PAPERS) == FORMS

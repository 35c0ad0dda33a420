"""The power-cut pack from the command line (JOY-9)."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_the_pack_is_made_once_and_again_when_told(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    done = command("outage-pack", str(folder), "--slips", "2", "--form", "a5")
    assert (done.code, sorted(path.name for path in folder.iterdir())) == (
        0, ["plan.pdf", "plan.txt", "prices.pdf", "prices.txt", "slips.pdf", "slips.txt"],
    )  # fmt: skip
    assert "Blank slips: H0000001–H0000002.\nItems: 2, orders to deliver: 0, slips on the road: 0.\n" in done.out
    assert (folder / "slips.pdf").read_bytes()[:5] == b"%PDF-"
    no = command("outage-pack", str(folder), "--slips", "2")
    assert (no.code, "JOY-9" in no.err, "--replace" in no.err) == (1, True, True)
    again = command("outage-pack", str(folder), "--slips", "2", "--form", "text", "--replace", "--json").json()
    assert (again["files"], again["numbers"]) == (["plan.txt", "prices.txt", "slips.txt"], "H0000001–H0000002")


def test_a_folder_that_cannot_be_named_is_refused(command: Command) -> None:
    no = command("outage-pack", "x" * 10_000, "--slips", "2")
    assert (no.code, "JOY-9" in no.err, len(no.err) < 500) == (1, True, True)

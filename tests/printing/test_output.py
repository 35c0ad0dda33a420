"""Papers go into files and folders or to a printer's queue; what cannot be printed is refused (SLP-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.printing import output
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.output import issue
from ordersdesk.printing.papers import PAPERS
from tests.printing.papers import a_slip

FORMS = [replace(a_slip(), number=f"SL20261123-{count:04d}") for count in (1, 2)]
TEXT = PAPERS["text"].make(FORMS, None)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_holds_all_and_is_never_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "slips.txt"
    assert (issue(FORMS, "text", path), path.read_bytes()) == ([str(path)], TEXT)
    with pytest.raises(Refused, match="There is such a file already"):
        issue(FORMS, "text", str(path))
    assert issue(FORMS[:1], "text", path, replace=True) == [str(path)]


def test_a_folder_gets_one_file_for_a_run_and_a_second_run_another(tmp_path: Path) -> None:
    folder = f"{tmp_path}/papers/"
    made = [
        *issue(FORMS, "text", folder),
        *issue(FORMS, "escp", folder, title="wave 12:00"),
        *issue(FORMS, "text", folder),
    ]
    assert made == [str(tmp_path / "papers" / name) for name in (
        "SL20261123-0001_SL20261123-0002.txt", "wave-12-00.prn", "SL20261123-0001_SL20261123-0002-2.txt",
    )]  # fmt: skip


def test_each_form_may_get_a_file_of_its_own(tmp_path: Path) -> None:
    issue(FORMS, "thermal", tmp_path, each=True)
    assert names(tmp_path) == ["SL20261123-0001.bin", "SL20261123-0002.bin"]


def test_when_one_paper_cannot_be_made_none_of_the_run_stays(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no paper"):
        issue(FORMS, "vellum", tmp_path)
    broken = [FORMS[0], replace(FORMS[1], rows=(("too short",),))]
    with pytest.raises(IndexError):
        issue(broken, "text", tmp_path, each=True)
    assert names(tmp_path) == []


Lp = Callable[[str], Path]


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lp:
    """Put a program `lp` on the path that keeps what it was given and ends as it is told."""

    def made(ending: str = "exit 0") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "lp"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{folder}/args\ncat >>{folder}/paper\n{ending}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        return folder

    return made


@pytest.mark.parametrize(
    ("paper", "options"),
    [("text", []), ("escp", ["raw"]), ("thermal", ["raw"]), ("continuous", ["media=Custom.241x140mm"])],
)
def test_a_printer_gets_the_paper_with_a_title_and_its_own_bytes_untouched(
    lp: Lp, paper: str, options: list[str]
) -> None:
    folder = lp("exit 0")
    assert issue(FORMS, paper, "needles", title="wave 12:00") == ["needles"]
    said = ["-d", "needles", "-t", "wave 12 00", *(["-o", *options] if options else [])]
    assert (folder / "args").read_text().splitlines() == said
    sent = (folder / "paper").read_bytes()
    assert sent[:5] == b"%PDF-" if paper == "continuous" else sent == PAPERS[paper].make(FORMS, None)


def test_a_printer_that_says_no_is_refused_with_what_it_says(lp: Lp) -> None:
    lp('echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(Refused, match="does not take it: lp: The printer or class does not exist") as no:
        issue(FORMS, "text", "nowhere")
    assert (no.value.rule, no.value.mend, no.value.field) == (
        "SLP-3",
        "See to the printer, or print into a file.",
        "to",
    )


def test_a_queue_that_hangs_is_given_up(lp: Lp, monkeypatch: pytest.MonkeyPatch) -> None:
    lp("exec sleep 5")
    monkeypatch.setattr(output, "PATIENCE", 0.05)
    with pytest.raises(Outage, match="did not say whether it took it"):
        issue(FORMS, "text", "slow")


def test_without_a_program_to_print_with_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="no `lp` to print with"):
        issue(FORMS, "text", "needles")


@pytest.mark.parametrize("name", ["-o", "--help", "a b", "x#y", "", "a\0/", "\x1b[2J"])
def test_what_is_no_name_of_a_printer_never_reaches_the_program(lp: Lp, name: str) -> None:
    folder = lp("exit 0")
    with pytest.raises(Refused, match="no printer, file or folder"):
        issue(FORMS, "text", name)
    assert names(folder) == ["lp"]


@pytest.mark.parametrize("name", ["x" * 10_000, "~nobody-at-all/"])
def test_what_can_be_no_file_is_refused(lp: Lp, name: str) -> None:
    folder = lp("exit 0")
    with pytest.raises(Refused, match="cannot be written"):
        issue(FORMS, "text", name)
    assert names(folder) == ["lp"]


def test_a_long_run_goes_to_the_printer_in_pieces(lp: Lp, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lp("exit 0")
    monkeypatch.setattr(output, "CHUNK", 1)
    assert issue(FORMS, "text", "needles") == ["needles"]
    each: list[Form] = FORMS
    assert (folder / "paper").read_bytes() == b"".join(PAPERS["text"].make([form], None) for form in each)

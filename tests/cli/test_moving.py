"""Files go in and out from the command line: a dry run first, then all or nothing, or the good rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

GOOD = "编码,名称,单价,单位\nBOX-1,纸箱,3.50,只\nBOX-2,大纸箱,5.00,只\n"
BAD = GOOD + "BOX-3,小纸箱,dear,只\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "items.csv"


def codes(command: Command) -> set[str]:
    return {one["code"] for one in command("--json", "items", "find", "纸箱").json()}


def test_a_dry_run_writes_nothing(command: Command, file: Path) -> None:
    file.write_text(GOOD, encoding="gb18030")
    done = command("--json", "import", "items", str(file))
    told = done.json()
    assert (done.code, told["good_rows"], told["records"]["new"], told["committed"]) == (0, 2, 2, False)
    assert codes(command) == set()


def test_committed_it_is_there_and_twice_changes_nothing(command: Command, file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8-sig")
    new = [command("--json", "import", "items", str(file), "--commit").json()["records"]["new"] for _time in range(2)]
    assert (new, codes(command)) == ([2, 0], {"BOX-1", "BOX-2"})


def test_a_commit_that_wrote_nothing_says_so(command: Command, file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8-sig")
    ends = [command("import", "items", str(file), "--commit").out.splitlines()[-1] for _time in range(2)]
    assert ends == ["Written.", "Nothing was written: the file holds nothing new to take."]


def test_bad_rows_stop_everything(command: Command, file: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    dry = command("import", "items", str(file))
    done = command("--json", "import", "items", str(file), "--commit")
    assert (dry.code, done.code, json.loads(done.out)["refused"]["rule"], codes(command)) == (1, 1, "FIL-1", set())
    assert "dear" in dry.out


def test_what_the_rules_refuse_is_not_counted_good(command: Command, file: Path) -> None:
    file.write_text("Item,Warehouse,On hand\nA4-80,MAIN,7\nA9,MAIN,7\nPEN-1,MOON,7\nPEN-1,MAIN,x\n", encoding="utf-8")
    told = command("--json", "import", "stock", str(file)).json()
    assert (told["rows"], told["good_rows"], told["bad_rows"], told["left_out"]) == (4, 1, 3, {})


def test_good_rows_are_kept_and_bad_ones_written_to_be_mended(command: Command, file: Path, tmp_path: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    bad = tmp_path / "bad.csv"
    done = command("import", "items", str(file), "--commit", "--keep-good", "--bad-rows", str(bad))
    rows = list(csv.reader(bad.open(encoding="utf-8-sig")))
    assert (done.code, codes(command)) == (0, {"BOX-1", "BOX-2"})
    assert rows[1][:2] == ["BOX-3", "小纸箱"]


def test_a_file_that_is_none_is_refused(command: Command, tmp_path: Path) -> None:
    done = command("--json", "import", "items", str(tmp_path / "none.csv"))
    assert (done.code, done.json()["refused"]["rule"]) == (1, "FIL-1")


@pytest.mark.parametrize(
    "line",
    ["import items x.csv --history", "export items --format pdf", "export items --format csv --out x.xlsx"],
)
def test_what_makes_no_sense_is_wrongly_called(command: Command, line: str) -> None:
    assert command(*line.split()).code == 2


def test_an_export_goes_to_a_file(command: Command, tmp_path: Path) -> None:
    target = tmp_path / "items.csv"
    done = command("--json", "export", "items", "--out", str(target))
    assert done.json() == {"file": str(target), "rows": 2}
    assert "A4复印纸" in target.read_text(encoding="utf-8-sig")


def test_or_through_stdout(command: Command) -> None:
    exported = command("export", "customers", "--format", "json").json()
    assert [list(one.values())[:2] for one in exported] == [["C000001", "明远办公"]]


def test_an_agent_exports_no_customers(command: Command) -> None:
    done = command("--user", "lin", "--json", "export", "customers")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "USR-2")


@pytest.mark.parametrize(
    ("place", "says", "mends"),
    [
        (".", ". is a folder.", "Name a file in it."),
        ("there.csv", "There is such a file already: there.csv.", "Choose another name, or say --replace."),
        ("no/x.csv", "There is no folder no.", "Make it first, or choose another."),
    ],
)
@pytest.mark.parametrize("words", [("export", "items", "--out"), ("backup",)])
def test_a_place_nothing_can_be_written_to_is_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str], place: str, says: str,
    mends: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("kept")
    done = command("--json", *words, place)
    refused = done.json()["refused"]
    assert (done.code, refused["message"], refused["mend"]) == (1, says, mends)
    assert (tmp_path / "there.csv").read_text() == "kept"


def test_an_export_as_json_is_refused_as_an_import_with_what_is_read(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    command("export", "items", "--out", str(path))
    refused = command("--json", "import", "items", str(path)).json()["refused"]
    assert "It is JSON, not a table." in refused["message"]
    assert refused["mend"] == "CSV, XLSX and XLS are read: save the table as one of them."

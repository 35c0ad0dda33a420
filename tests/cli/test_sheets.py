"""The confirmation sheet from the command line (ORD-6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ordersdesk.cli.kit.opening import acting
from ordersdesk.cli.kit.setting import resolved
from tests.builders import cancel
from tests.cli.conftest import Command
from tests.cli.test_orders import ORDER


@pytest.fixture
def number(command: Command, tmp_path: Path) -> str:
    """An order of which a part is purchased: grade B, so it waits for its sheet."""
    path = tmp_path / "order.json"
    line = {"item": "PEN-1", "quantity": 100, "shortage": "purchase"}
    path.write_text(json.dumps({**ORDER, "lines": [line]}), encoding="utf-8")
    return str(command("--json", "orders", "submit", str(path)).json()["number"])


def test_the_sheet_is_printed_as_text_with_everything_agreed(command: Command, number: str) -> None:
    done = command("orders", "sheet", number)
    for words in (number, "明远办公", "C000001", "王芳", "张江路88号", "签字笔", "250.00", "贰佰伍拾元整"):
        assert words in done.out
    assert done.code == 0


def test_pages_for_a_printer_have_numbers(command: Command, number: str) -> None:
    assert command("orders", "sheet", number, "--text", "--lines", "20").out.count("\f") >= 1


def test_the_sheet_is_printed_as_pdf(command: Command, number: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    done = command("--json", "orders", "sheet", number, "--pdf", str(path))
    assert (done.json(), path.read_bytes()[:5]) == ({"file": str(path), "number": number}, b"%PDF-")


def test_the_sheet_goes_to_any_printer_on_any_paper(command: Command, number: str, tmp_path: Path) -> None:
    done = command("--json", "orders", "sheet", number, "--form", "thermal", "--to", f"{tmp_path}/").json()
    assert done == {"numbers": [number], "places": [str(tmp_path / f"{number}.bin")]}
    assert "明远办公".encode("gb18030") in (tmp_path / f"{number}.bin").read_bytes()
    assert command("orders", "sheet", number, "--text", "--to", "office").code == 2


def test_a_file_is_not_written_over_unless_told(command: Command, number: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_text("mine", encoding="utf-8")
    no = command("orders", "sheet", number, "--pdf", str(path))
    assert (no.code, "SLP-3" in no.err, path.read_text(encoding="utf-8")) == (1, True, "mine")
    assert command("orders", "sheet", number, "--pdf", str(path), "--replace").code == 0


def test_a_folder_that_is_not_there_is_refused(command: Command, number: str, tmp_path: Path) -> None:
    no = command("orders", "sheet", number, "--pdf", str(tmp_path / "nowhere" / "sheet.pdf"))
    assert (no.code, "Choose a folder you may write to." in no.err) == (1, True)


def test_the_sites_own_form_is_used(command: Command, number: str, home: Path, tmp_path: Path) -> None:
    (home / "forms").mkdir()
    (home / "forms" / "sheet.typ").write_text("#(", encoding="utf-8")
    no = command("orders", "sheet", number, "--pdf", str(tmp_path / "sheet.pdf"))
    assert (no.code, "sheet.typ" in no.err) == (1, True)


def test_sent_and_back_the_order_is_confirmed(command: Command, number: str) -> None:
    assert [one["number"] for one in command("--json", "orders", "sheets").json()] == [number]
    assert command("orders", "sheet-sent", number, "--how", "fax").code == 0
    done = command("--json", "orders", "sheet-returned", number).json()
    assert (done["state"], done["sheet"], done["late"]) == ("confirmed", "returned", 0)
    assert command("orders", "sheets").out.strip() == "No confirmation sheet is out."


def test_nothing_is_overdue_on_the_first_day(command: Command, number: str) -> None:
    assert (command("--json", "orders", "sheets", "--overdue").json(), number in command("orders", "sheets").out) == (
        [], True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "rule"),
    [
        (("sheet-returned", "{}"), "ORD-6"), (("deposit", "{}", "--amount", "1"), "QUO-4"),
        (("sheet", "SO1"), "ORD-9"), (("sheet-sent", "{}", "--how", "pigeon"), "ORD-6"),
        (("deposit", "{}", "--amount", "much"), "CAT-5"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_by_its_rule(
    command: Command, number: str, args: tuple[str, ...], rule: str
) -> None:
    no = command("--json", "orders", *(arg.format(number) for arg in args))
    assert (no.code, rule in no.err + no.out) == (1, True)


def test_a_cancelled_order_has_no_sheet(command: Command, number: str) -> None:
    cancel(acting(resolved({}, as_json=False)), number=number, version=1, reason="changed their mind")
    assert "nothing to confirm" in command("orders", "sheet", number).err

"""The key table on paper: every key of the program stands on it, in both languages, on one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.ground.keys import TABLE, key_names
from tests.cli.conftest import Command
from tests.printing.slips import sheets


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Keys of the order desk", "New order"]), ("zh_CN", ["订单台按键表", "新订单"])]
)
def test_the_sheet_beside_the_keyboard_is_one_page_with_every_key(
    command: Command, tmp_path: Path, language: str, words: list[str]
) -> None:
    file = tmp_path / "keys.pdf"
    assert command("--lang", language, "keys", "--paper", "a4", "--to", str(file)).code == 0
    (page,) = sheets(file.read_bytes())
    said = page.replace(" ", "")
    wanted = [*words, *(key_names(row) for row in TABLE)]
    assert [word for word in wanted if word.replace(" ", "") not in said] == []


def test_programs_get_the_table(command: Command) -> None:
    rows = command("--json", "keys").json()
    assert rows[0] == {"key": "F1, ?", "act": "Help", "where": "everywhere"}
    assert len(rows) == len(TABLE)


def test_it_needs_no_desk(command: Command, tmp_path: Path) -> None:
    assert "Light or dark" in command("--home", str(tmp_path / "none"), "keys").out


def test_a_paper_that_is_none_is_wrongly_called(command: Command) -> None:
    assert command("keys", "--paper", "stone").code == 2

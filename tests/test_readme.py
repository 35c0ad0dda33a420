"""The README says what the program does: its keys, commands and paths are checked against the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from ordersdesk.cli.app import app
from screens.keys import as_markdown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_key_table_is_the_programs() -> None:
    assert README.split("<!-- keys -->\n")[1].split("\n<!-- /keys -->")[0] == as_markdown()


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)h][^)]*)\)", README))
def test_every_linked_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_command_is_named() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in commands if not re.search(rf"`[^`]*\b{name}\b", README)] == []

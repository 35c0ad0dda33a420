"""The README says what the program does: its keys, commands and paths are checked against the code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from ordersdesk.cli.app import app
from screens.ground.keys import as_markdown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


COMMANDS = get_command(app)
LINES = re.findall(r"(?:^|[`(]|&& |\| |uv run )(ordersdesk [^`|&\n]+)", README, re.MULTILINE)


def examples(command: Any) -> Iterator[str]:
    """The examples at the end of every help page."""
    yield from re.findall(r"(?:^|&& |\| )(ordersdesk [^|&\n]+)", command.epilog or "", re.MULTILINE)
    for under in getattr(command, "commands", {}).values():
        yield from examples(under)


def parsed(command: Any, args: list[str], above: Any = None) -> None:
    """Parse a command line down to its last word, and run nothing."""
    context = command.make_context(command.name, args, parent=above)
    if hasattr(command, "commands"):
        _name, under, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        parsed(under, rest, context)


@pytest.mark.parametrize("line", sorted({*LINES, *examples(COMMANDS)}))
def test_every_command_line_can_be_typed_as_it_stands(line: str) -> None:
    parsed(COMMANDS, shlex.split(line, comments=True)[1:])


def test_the_readme_shows_command_lines() -> None:
    assert len(LINES) > 10


def test_the_caller_of_the_readme_is_in_the_demo() -> None:
    number = re.findall(r"`ordersdesk call (\d+)", README)
    customers = (ROOT / "data/demo/customers.csv").read_text(encoding="utf-8-sig")
    assert [each for each in number if each not in customers] == []


def test_the_key_table_is_the_programs() -> None:
    assert README.split("<!-- keys -->\n")[1].split("\n<!-- /keys -->")[0] == as_markdown()


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)h][^)]*)\)", README))
def test_every_linked_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_command_is_named() -> None:
    commands = COMMANDS.commands  # type: ignore[attr-defined]
    assert [name for name in commands if not re.search(rf"`[^`]*\b{name}\b", README)] == []

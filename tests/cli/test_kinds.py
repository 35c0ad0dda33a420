"""Commands that are made from kinds: what they ask, list and show, for people and for programs (DLV-8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command, inside
from tests.documents.test_store import a_trouble


@pytest.fixture
def trouble(home: Path) -> str:
    desk = inside(home)
    number = a_trouble(desk, cause="rain [/]")
    desk.database.close()
    return number


def test_a_list_shows_what_is_open_or_all_of_one_word(command: Command, trouble: str) -> None:
    assert [row["number"] for row in command("--json", "trouble", "list").json()] == [trouble]
    command("trouble", "told", trouble)
    command("trouble", "close", trouble)
    assert command("trouble", "list").out == "There is no trouble on the road.\n"
    assert trouble in command("trouble", "list", "--all", "--kind", "late").out
    assert command("--json", "trouble", "list", "--all", "--kind", "lost").json() == []
    assert [row["number"] for row in command("--json", "trouble", "list", "--state", "closed").json()] == [trouble]
    assert [command("trouble", "list", *words).code for words in (("--kind", "lots"), ("--state", "lots"))] == [2, 2]


def test_a_document_is_shown_with_its_story(command: Command, trouble: str) -> None:
    command("trouble", "claim", trouble, "--amount", "30", "--on", "德邦物流")
    shown = command("trouble", "show", trouble.lower())
    assert [text in shown.out for text in (trouble, "claimed", "30.00", "德邦物流", "rain [/]")] == [True] * 5
    assert [row["verb"] for row in command("--json", "trouble", "show", trouble).json()["story"]] == ["begin", "claim"]


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (("claim", "EX1", "--amount", "much"), "amount"),
        (("told", "EX1"), "number"),
        (("told", "EX20261123-0001", "--how", "pigeon"), "how"),
        (("note", "SL1", "--kind", "eaten", "--cause", "x"), "kind"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(command: Command, args: tuple[str, ...], field: str) -> None:
    done = command("--json", "trouble", *args)
    assert (done.code, done.json()["refused"]["field"]) == (1, field)


def test_what_must_be_said_is_asked_for_as_any_command_does(command: Command) -> None:
    wrong = (("claim", "EX1"), ("note", "SL1"), ("shwo", "EX1"))
    assert [command("trouble", *args).code for args in wrong] == [2, 2, 2]


def test_the_group_says_what_it_can_without_loading_a_kind(command: Command) -> None:
    said = command("trouble", "--help").out
    assert [word in said for word in ("note", "told", "claim", "settle", "close", "list", "show")] == [True] * 7

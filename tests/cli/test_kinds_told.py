"""Every kind whose commands are made from its declaration: told in both languages, whatever texts it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.cli.kinds import GROUPS
from ordersdesk.foundation.texts.language import translator
from ordersdesk.kinds import KINDS
from tests.cli.conftest import Command, inside
from tests.properties.made import NUMBER, make_hostile

EACH = [(group, kind) for group, kind, _said in GROUPS]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("group", "name"), EACH)
def test_list_page_and_paper_are_told_with_hostile_texts(
    command: Command, home: Path, group: str, name: str, language: str
) -> None:
    kind, say = KINDS[name], translator(language)
    desk = inside(home)
    desk.database.write(lambda session: make_hostile(desk, session, name))
    desk.database.close()
    wanted = [("list", "--all"), ("show", NUMBER), *([("print", NUMBER, "--preview")] if kind.signatures else [])]
    for words in wanted:
        told = command("--lang", language, group, *words)
        assert (told.code, told.err) == (0, "")
        assert (NUMBER in told.out, say(kind.flow.states[kind.flow.start]) in told.out) == (True, True)
        assert ("\x1b" in told.out, "\u202e" in told.out) == (False, False)


@pytest.mark.parametrize(("group", "name"), EACH)
def test_programs_are_told_the_same_document_by_list_and_by_show(
    command: Command, home: Path, group: str, name: str
) -> None:
    desk = inside(home)
    desk.database.write(lambda session: make_hostile(desk, session, name))
    desk.database.close()
    (listed,) = command("--json", group, "list", "--all").json()
    shown = command("--json", group, "show", NUMBER).json()
    assert shown == {**listed, "story": []}

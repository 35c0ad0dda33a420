"""A command that is called wrongly is answered in the desk's language, with the word that was meant (exit code 2)."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Command
from tests.cli.test_every_command import COMMANDS

WRONG = [
    (("orders", "shwo"), "There is no command “shwo”. Did you mean show?", "没有命令“shwo”。"),
    (("orders", "list", "--limt", "3"), "There is no option --limt. Did you mean", "没有选项 --limt。"),
    (("orders", "show"), "NUMBER is missing.", "缺少 NUMBER。"),
    (("orders", "list", "--limit"), "--limit needs a value.", "--limit 需要一个值。"),
    (("orders", "list", "--limit", "x"), "--limit: That is no whole number.", "--limit：这不是整数。"),
    (("orders", "list", "--limit", "0"), "--limit: It must be at least 1.", "--limit：不得小于 1。"),
    (("orders", "list", "--offset", "9" * 12), "--offset: It must be at most", "--offset：不得大于 1000000000。"),
    (("call", "1", "2"), "Unexpected: 2.", "多余的参数：2。"),
    (("keys", "--paper", "a9"), "--paper: “a9” is none of: a4,", "--paper：“a9”不在可选值中：a4、"),
]


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: " ".join(wrong[0]))
def test_a_wrong_call_says_what_is_wrong_in_both_languages(
    command: Command, wrong: tuple[tuple[str, ...], str, str], language: int
) -> None:
    args, english, chinese = wrong
    done = command("--lang", ("en", "zh_CN")[language], *args)
    assert (done.code, done.out, (english, chinese)[language] in done.err) == (2, "", True), done.err


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: " ".join(wrong[0]))
def test_in_chinese_no_english_sentence_is_left(command: Command, wrong: tuple[tuple[str, ...], str, str]) -> None:
    said = command("--lang", "zh_CN", *wrong[0]).err
    assert [word for word in ("Input", "should", "Usage", "Error", "No such", "Missing", " is ") if word in said] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_help_page_cuts_nothing_and_names_no_type_of_python(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = command("--lang", language, *name.split(), "--help").out.splitlines()
    assert [line for line in lines if "… │" in line or re.search("<(str|int|path|bool|list)", line)] == []

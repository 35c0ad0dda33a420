"""The guide says what the program does: its commands run, its links lead somewhere, both languages say the same."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordersdesk.cli.app import run
from ordersdesk.cli.desks.demonstrating import make_demo
from ordersdesk.files.demo.door import PASSWORD
from ordersdesk.foundation.machine import log
from tests.cli.conftest import setting

GUIDE = Path(__file__).parents[2] / "data" / "guide"
PAGES = sorted(page.relative_to(GUIDE) for page in GUIDE.rglob("*.md"))
# Whose page it is, on the demo desk; operators look after a desk they found themselves.
SITS = {
    "agent": "lin", "manager": "liu", "order-group": "sun", "warehouse": "ma", "dispatcher": "he", "finance": "qian",
    "administrator": "admin", "README": "lin",
}  # fmt: skip
FINDS = {"ordersdesk pads check": 1}


def commands(page: Path) -> list[str]:
    """The commands of a page that are run: those in its blocks of kind `sh`."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    make_demo(setting(home), fresh=True)
    return home


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in, and somebody who gives every new user a password."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORDERSDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ORDERSDESK_PASSWORD", PASSWORD)
    yield tmp_path
    log.stop()


def typed(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a line as it stands."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long password\n"))
    return run(shlex.split(line)[1:])


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem in SITS], ids=str)
def test_the_commands_of_a_page_do_what_they_say(
    page: Path, demo: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(demo, place / "home")
    monkeypatch.setenv("ORDERSDESK_USER", SITS[page.stem])
    ended = {line: typed(line, monkeypatch) for line in commands(page)}
    assert {line: code for line, code in ended.items() if code != FINDS.get(line, 0)} == {}, capsys.readouterr().err
    assert ended


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem == "operators"], ids=str)
def test_an_operator_can_type_the_page_from_its_top(
    page: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORDERSDESK_PASSWORD", "a long password")
    monkeypatch.setenv("ORDERSDESK_USER", "admin")
    ended = {line: typed(line, monkeypatch) for line in commands(page)}
    assert {line: code for line, code in ended.items() if code} == {}, capsys.readouterr().err
    assert {path.name for path in place.iterdir()} >= {"home", "before.db", "restored", "before-upgrade.db"}


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem == "operators"], ids=str)
def test_the_policy_of_the_page_is_in_order(page: Path, place: Path) -> None:
    text = (GUIDE / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"^ *```\n( *\[calendar\]\n.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    (place / "new.toml").write_text(textwrap.dedent(block), encoding="utf-8")
    assert run(["policy", "check", "new.toml"]) == 0


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (GUIDE / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (GUIDE / page.parent / link).exists()] == []


def test_every_page_is_there_in_chinese_with_the_same_commands() -> None:
    english = [page for page in PAGES if page.parent == Path() and page.name != "CHANGELOG.md"]
    assert [page for page in english if commands(page) != commands(Path("zh") / page)] == []
    assert {page.name for page in english} == {page.name for page in PAGES if page.parent == Path("zh")}


def test_the_change_log_knows_the_version() -> None:
    from ordersdesk.foundation.machine.versions import version_of  # noqa: PLC0415

    assert f"## {version_of('ordersdesk')}" in (GUIDE / "CHANGELOG.md").read_text(encoding="utf-8")

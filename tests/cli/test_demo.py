"""The demo desk is made once, in a folder of its own, and is sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ordersdesk.check import check
from ordersdesk.cli.desks.demo_home import BEGUN, MARK
from ordersdesk.cli.desks.demonstrating import make_demo
from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.desks.running import demo_setting, run_demo
from ordersdesk.cli.kit.opening import by_itself, opened
from ordersdesk.cli.kit.setting import resolved
from ordersdesk.customers.finding.find_queries import find
from ordersdesk.foundation.policy.policy import missing
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people.actions import sign_in
from tests.cli.conftest import setting


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    make_demo(demo_setting(setting(home)), fresh=False)
    return home


def test_one_can_sign_in_and_find_customers(demo_home: Path) -> None:
    login, password = make_demo(demo_setting(setting(demo_home)), fresh=False)
    desk = sign_in(opened(demo_setting(setting(demo_home))), login=login, password=password)
    assert desk.user.login == login
    assert find(desk, "上海")


def test_everything_in_it_can_be_proved(demo_home: Path) -> None:
    desk = by_itself(opened(demo_setting(setting(demo_home))))
    assert [fault for result in check(desk) for fault in result.faults] == []


def test_it_is_made_once(demo_home: Path) -> None:
    database = demo_home / "demo" / "desk.db"
    before = database.stat().st_ino
    make_demo(demo_setting(setting(demo_home)), fresh=False)
    assert database.stat().st_ino == before


def test_a_demo_that_was_interrupted_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ordersdesk.cli.desks.demonstrating.load", lambda _desk, told: told("", 1, 1))
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / BEGUN).touch()
    (tmp_path / "demo" / "desk.db").write_bytes(b"half a database")
    (tmp_path / "demo" / "notes.txt").write_text("mine")
    make_demo(demo_setting(setting(tmp_path)), fresh=False)
    assert (tmp_path / "demo" / MARK).exists()
    assert (tmp_path / "demo" / "notes.txt").read_text() == "mine"


def test_a_real_desk_in_its_place_is_never_thrown_away(tmp_path: Path) -> None:
    made(demo_setting(setting(tmp_path))).database.close()
    before = (tmp_path / "demo" / "desk.db").stat().st_ino
    for fresh in (False, True):
        with pytest.raises(Refused, match="holds something else than a demo desk"):
            make_demo(demo_setting(setting(tmp_path)), fresh=fresh)
    assert (tmp_path / "demo" / "desk.db").stat().st_ino == before


def test_a_folder_that_is_somebodys_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("ten years of work")
    with pytest.raises(Refused) as no:
        make_demo(demo_setting(setting(tmp_path)), fresh=True)
    assert no.value.rule == "CLI-2"
    assert (tmp_path / "demo" / "thesis.txt").exists()


def test_it_is_made_in_a_process_of_its_own_that_says_why_it_cannot(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ordersdesk.cli.desks.running.refuse_pipe", lambda: None)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("ten years of work")
    assert run_demo(setting(tmp_path), fresh=False) == 1
    assert "holds something else than a demo desk" in capfd.readouterr().err


def test_how_other_commands_reach_it_is_said_before_the_screen_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr("ordersdesk.cli.desks.running.refuse_pipe", lambda: None)
    monkeypatch.setattr("ordersdesk.cli.desks.demo_home.make_apart", lambda _setting: 0)
    monkeypatch.setattr(
        "ordersdesk.cli.desks.running.run_desk", lambda *_args, **_more: said.append(capsys.readouterr().out)
    )
    run_demo(setting(tmp_path), fresh=False)
    assert f"ordersdesk --home {tmp_path / 'demo'} --user lin …" in said[0]


def test_the_demo_speaks_the_language_of_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []
    monkeypatch.setattr("ordersdesk.cli.desks.running.refuse_pipe", lambda: None)
    monkeypatch.setattr("ordersdesk.cli.desks.demo_home.make_apart", lambda _setting: 0)
    monkeypatch.setattr("ordersdesk.cli.desks.running.run_desk", lambda own, **_more: spoken.append(own.asked_language))
    for terminal in ({"LANG": "en_GB.UTF-8"}, {"LANG": "zh_CN.UTF-8"}, {"LANG": "C", "ORDERSDESK_LANG": "zh_CN"}):
        run_demo(resolved({"--home": str(tmp_path)}, as_json=False, environ=terminal), fresh=False)
    assert spoken == ["en", "zh_CN", "zh_CN"]


def test_the_running_desk_holds_nothing_of_what_filled_it() -> None:
    """What a desk loads it keeps all day: making the demo took 110 MB."""
    said = (
        "import sys, ordersdesk.cli.desks.running, ordersdesk.cli.desks.demo_home, screens.start, screens.seat.session;"
    )
    said += "print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.split()
    assert {"ordersdesk.files.demo.home", "ordersdesk.files.tables.reading", "pypinyin", "typer"} & {*loaded} == set()


def test_it_is_a_firm_of_its_own_with_all_its_papers_say(demo_home: Path) -> None:
    policy = opened(demo_setting(setting(demo_home))).policy
    assert (missing(policy), policy.firm.company, policy.branch.company) == ([], "上海禾砚办公用品有限公司", "禾砚办公")

"""The common options stand anywhere, the environment stands in for them, defaults for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.cli.kit.setting import default_home, hoisted, options, resolved


@pytest.mark.parametrize(
    ("args", "common", "rest"),
    [
        (["orders", "list", "--home", "/x", "--json"], ["--home", "/x", "--json"], ["orders", "list"]),
        (["--user=lin", "desk"], ["--user=lin"], ["desk"]),
        (["customers", "find", "--", "--json"], [], ["customers", "find", "--", "--json"]),
        (["orders", "list", "--late"], [], ["orders", "list", "--late"]),
        (["desk", "--db"], ["--db"], ["desk"]),
    ],
)
def test_common_options_are_found_wherever_they_stand(args: list[str], common: list[str], rest: list[str]) -> None:
    assert hoisted(args) == (common, rest)


@pytest.mark.parametrize(
    ("common", "read"),
    [
        (["--home", "/x", "--json"], {"--home": "/x", "--json": ""}),
        (["--lang=zh_CN"], {"--lang": "zh_CN"}),
        (["--lang", "tlh"], None),
        (["--db"], None),
    ],
)
def test_they_are_read_or_left_to_the_long_way(common: list[str], read: dict[str, str] | None) -> None:
    assert options(common) == read


def test_options_go_before_the_environment() -> None:
    environ = {"ORDERSDESK_HOME": "/env", "ORDERSDESK_USER": "mei", "LANG": "C"}
    setting = resolved({"--home": "/said"}, as_json=False, environ=environ)
    assert (setting.home, setting.url, setting.user) == (Path("/said"), "sqlite:////said/desk.db", "mei")


def test_without_both_the_system_says_where() -> None:
    setting = resolved({}, as_json=True, environ={})
    assert (setting.home, setting.file, setting.json) == (default_home(), default_home() / "desk.db", True)


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "ORDERSDESK_LANG": "zh_CN"}, "zh_CN"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(environ: dict[str, str], spoken: str) -> None:
    assert resolved({}, as_json=False, environ=environ).language == spoken


def test_a_server_has_no_file() -> None:
    assert resolved({"--db": "postgresql://desk@host/desk"}, as_json=False, environ={}).file is None

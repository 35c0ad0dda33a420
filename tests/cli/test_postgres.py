"""The commands at a desk whose database is a PostgreSQL server."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.kit.setting import Setting
from tests.cli.conftest import Command, furnish
from tests.cli.test_orders import written


@pytest.fixture(scope="module")
def server(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = postgres_url.replace("/desk?", "/shop?")
    with psycopg.connect(postgres_url.replace("/desk?", "/postgres?"), autocommit=True) as connection:
        connection.execute("create database shop")
        desk = made(Setting(home=tmp_path_factory.mktemp("shop"), url=url))
        furnish(desk)
        desk.database.close()
        yield url
        connection.execute("drop database shop with (force)")


def test_an_order_is_taken_listed_and_proved(command: Command, server: str, tmp_path: Path) -> None:
    taken = command("--db", server, "--json", "orders", "submit", written(tmp_path, ("A4-80", 5))).json()
    listed = command("--db", server, "--json", "orders", "list").json()
    proved = command("--db", server, "--json", "check", "--fix")
    assert [entry["number"] for entry in listed] == [taken["number"]]
    assert (proved.code, [one for one in proved.json()["checks"] if one["faults"]]) == (0, [])


def test_the_customer_is_found(command: Command, server: str) -> None:
    assert [one["number"] for one in command("--db", server, "--json", "customers", "find", "8000").json()] == [
        "C000001"
    ]


def test_making_it_again_changes_nothing(command: Command, server: str) -> None:
    assert command("--db", server, "--json", "init").json()["created"] is False


def test_a_backup_is_made_by_pg_dump_or_refused_with_what_to_install(
    command: Command, server: str, tmp_path: Path
) -> None:
    done = command("--db", server, "--json", "backup", str(tmp_path / "shop.dump"))
    if shutil.which("pg_dump") and shutil.which("pg_restore"):
        assert (done.code, (tmp_path / "shop.dump").read_bytes()[:5]) == (0, b"PGDMP")
    else:
        assert (done.code, json.loads(done.out)["refused"]["rule"]) == (1, "DB-4")


def test_without_pg_dump_it_is_refused(
    command: Command, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = command("--db", server, "--json", "backup", str(tmp_path / "shop.dump"))
    assert (done.code, "pg_dump" in done.json()["refused"]["message"]) == (1, True)
    assert list(tmp_path.glob("*shop*")) == []

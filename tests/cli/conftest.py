"""A desk in a home of its own, and a way to run commands at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.catalogue.actions import add_item
from ordersdesk.cli.app import run
from ordersdesk.cli.desks.founding import made
from ordersdesk.cli.kit.passwords import NEW, VARIABLE
from ordersdesk.cli.kit.setting import VALUED, Setting
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.people.actions import add_user
from tests.builders import add_warehouse, at_their_word, on_shelf

MINGYUAN = NewCustomer(
    name="明远办公",
    contact="王芳",
    phone="13800138000",
    address="张江路88号",
    region="上海",
    territory="浦东",
    distance_km=8,
)


PASSWORD = "a long password"


def setting(home: Path) -> Setting:
    """The setting of a home with a SQLite file."""
    return Setting(home=home, url=f"sqlite:///{home / 'desk.db'}")


def inside(home: Path) -> Desk:
    """The desk of a home with the administrator at it, for what a test needs to be there; nobody is proven."""
    admin = Actor(1, "admin", "Admin", frozenset({"admin", "manager"}))
    return replace(made(setting(home)), user=admin, proof=at_their_word)


def furnish(desk: Desk) -> None:
    """Give a fresh desk two users, a customer and two items."""
    for login, roles in (("admin", ["admin", "manager"]), ("lin", ["agent"])):
        add_user(desk, login=login, name=login.title(), roles=roles, password=PASSWORD)
    create(desk, MINGYUAN)
    add_warehouse(desk, code="MAIN", name="主仓", kind="main")
    for code, name, price in (("A4-80", "A4复印纸", "25.00"), ("PEN-1", "签字笔", "2.50")):
        add_item(desk, {"code": code, "name": name, "unit": "包", "list_price": Decimal(price), "packs": "箱=10"})
    on_shelf(desk, 1, 100)
    on_shelf(desk, 2, 10)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("furnished")
    desk = made(setting(home))
    furnish(desk)
    desk.database.close()
    return home


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Path:
    """A desk with two users, one customer (C000001) and two items, of which A4-80 is there a hundred times."""
    return Path(shutil.copytree(furnished, tmp_path / "home"))


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it said to programs."""
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands act as the administrator, or as `--user` says, by the password everybody at the desk has."""
    for variable in (*VALUED.values(), "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("ORDERSDESK_USER", "admin")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv(NEW, PASSWORD)


@pytest.fixture
def command(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command line at the furnished desk: `command("orders", "list")`."""
    monkeypatch.setenv("ORDERSDESK_HOME", str(home))

    def ran(*args: str) -> Ran:
        code = run(args)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return ran

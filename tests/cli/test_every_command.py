"""Every command, as everybody: refused in words with nothing changed, or done by somebody who may (USR-1, 2, 6, 7).

A command is run as the examples of its own help page say, so a new one is tried without a word here.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from typer.main import get_command

from ordersdesk.cli.app import app, run
from ordersdesk.cli.kit import keyring, opening
from ordersdesk.cli.kit.opening import at_work, by_itself
from ordersdesk.cli.kit.proving import place
from ordersdesk.foundation.machine.host import this_door
from ordersdesk.foundation.policy.roles import MACHINES, Role
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people.account_actions import dismiss_within
from ordersdesk.people.actions import add_user, sign_in
from ordersdesk.people.token_actions import issue
from tests.cli.conftest import PASSWORD, setting

# What touches no desk, or lets people in: each with its reason.
FREE = {
    "demo": "makes a desk of its own",
    "init": "makes the first administrator, and nothing where there is one",
    "desk": "opens the door, where one signs in",
    "call": "rings at a running desk of this machine's account; whoever sits there has signed in",
    "login": "lets people in",
    "recover": "asks who owns the database instead",
    "policy show": "reads the policy file alone",
    "policy check": "reads the policy file alone",
    "flows": "reads the program alone",
    "keys": "prints the program's keys",
    "restore": "fills an empty home, where nobody is yet",
    "db upgrade": "makes the tables people are kept in",
}
# Who is kept out though they have a token, and by which rule.
KEPT_OUT = {"locked": "USR-6", "dismissed": "USR-7", "expired": "USR-1", "elsewhere": "USR-1"}
NOT_PROVEN = {"USR-6"}
OWN = {"whoami", "logout"}  # about oneself


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every command by its name, with its longest example as arguments."""
    command = command or get_command(app)
    under = getattr(command, "commands", None)
    for name, one in (under or {}).items():
        yield from commands(one, (*path, name))
    if under is None:
        lines = re.findall(r"ordersdesk ([^|&\n]+)", command.epilog)
        yield " ".join(path), shlex.split(max(lines, key=len))


COMMANDS = dict(commands())
PROVEN = {name: args for name, args in COMMANDS.items() if name not in FREE}


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    rule: str


class House:
    """A desk with somebody of every role, and somebody of every kind who is kept out; all hold a token."""

    def __init__(self, home: Path) -> None:
        self.where = setting(home)
        self.desk = at_work(self.where, Database(self.where.url))  # opened once, not for every command
        self._watching = sqlite3.connect(home / "desk.db")
        people: dict[str, tuple[str, ...]] = {of(role): (role.value,) for role in Role}
        people |= dict.fromkeys(KEPT_OUT, ("admin",))
        people["everybody"] = tuple(role.value for role in Role if role not in MACHINES)
        for login, roles in people.items():
            add_user(by_itself(self.desk), login=login, name=login, roles=roles, password=PASSWORD)
        self.tokens = {login: self._token(login) for login in people}
        _keep_out(self)

    def _token(self, login: str) -> str:
        seated = sign_in(self.desk, login=login, password=PASSWORD)
        return issue(seated, place(self.where)).secret

    def run(self, args: list[str], login: str, heard: pytest.CaptureFixture[str]) -> Said:
        """Run a command as somebody who signed in before."""
        code = run(["--json", "--user", login, *args])
        found = re.search(r'"refused": \{\s*"rule": "([A-Z]+-\d+)"', heard.readouterr().out)
        return Said(code, found[1] if found else "")

    def changes(self) -> int:
        """Count what others wrote to the database."""
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Give everything back."""
        self._watching.close()
        self.desk.database.close()


def of(role: str) -> str:
    """Return the login of somebody with this role alone."""
    return f"r-{role}".replace("_", "-")


@pytest.fixture(scope="module")
def house(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(Path(shutil.copytree(furnished, tmp_path_factory.mktemp("house") / "home")))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _signed_in(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ORDERSDESK_HOME", str(house.where.home))
    for variable in ("ORDERSDESK_USER", "ORDERSDESK_PASSWORD"):
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "opened", lambda _setting: house.desk)
    with keyring.changing(house.where) as held:
        held.tokens.update(house.tokens)


def _keep_out(house: House) -> None:
    """Make of each who is kept out what they are called."""
    boss = by_itself(house.desk)
    boss.database.write(lambda session: dismiss_within(boss, session, "dismissed", reason=""))
    house.tokens["elsewhere"] = "a token of another home"
    with closing(sqlite3.connect(house.where.home / "desk.db")) as direct:
        expire = "UPDATE access_token SET expires_at = '2020-01-01' WHERE user_id = (SELECT id FROM user_account"
        direct.execute(f"{expire} WHERE login = 'expired')")
        direct.commit()
    for _ in range(house.desk.policy.users.failures):
        with suppress(Refused):
            sign_in(house.desk, login="locked", password="a guess", door=this_door())


Heard = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("login", "rule"), [("somebody", "USR-1"), *KEPT_OUT.items()])
def test_whoever_is_not_signed_in_or_kept_out_does_nothing(house: House, capsys: Heard, login: str, rule: str) -> None:
    before = house.changes()
    said = {name: house.run(args, login, capsys) for name, args in PROVEN.items()}
    assert {name: one for name, one in said.items() if one != Said(1, rule)} == {}
    assert house.changes() == before


@pytest.mark.parametrize(("role", "may"), [("timer", {"backup"}), ("telephone", set[str]())])
def test_a_programs_account_does_what_names_it_and_nothing_else(
    house: House, capsys: Heard, role: str, may: set[str]
) -> None:
    said = {name: house.run(args, of(role), capsys) for name, args in PROVEN.items() if name not in OWN}
    assert {name for name, one in said.items() if one.rule != "USR-2"} == may


@pytest.mark.parametrize("role", sorted(set(Role) - MACHINES))
def test_a_role_does_what_it_may_or_is_refused_with_nothing_changed(house: House, capsys: Heard, role: str) -> None:
    wrong: dict[str, Said] = {}
    for name, args in PROVEN.items():
        before, said = house.changes(), house.run(args, of(role), capsys) if name not in OWN else Said(0, "")
        if said.rule in NOT_PROVEN or (said.rule == "USR-2" and house.changes() != before) or said.code > 2:
            wrong[name] = said
    assert wrong == {}


def _reported(code: str) -> Exception:
    """What the driver of SQLite raises."""
    error = sqlite3.OperationalError(code)
    error.sqlite_errorname = code
    return error


LOST = DBAPIError("COMMIT", None, Exception("server closed the connection"), connection_invalidated=True)
OUTAGES = {code: _reported(code) for code in ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR")} | {"lost": LOST}


@pytest.mark.parametrize("moment", ["before", "commit"])
@pytest.mark.parametrize("outage", OUTAGES)
def test_every_command_says_an_outage_in_words_and_leaves_nothing_half_done(
    house: House, capsys: Heard, monkeypatch: pytest.MonkeyPatch, outage: str, moment: str
) -> None:
    def fails(*_any: object) -> None:
        raise OUTAGES[outage]

    monkeypatch.setattr(house.desk.database, "patience", 0)
    monkeypatch.setattr(*((Database, "_once", fails) if moment == "before" else (Session, "commit", fails)))
    before = house.changes()
    said = {name: house.run(args, "everybody", capsys) for name, args in PROVEN.items() if name not in OWN}
    met = [name for name, one in said.items() if one.rule == "DB-5"]
    assert ({name: one for name, one in said.items() if one.code > 2}, house.changes()) == ({}, before)
    assert len(met) >= (40 if moment == "before" else 8), met


def test_what_is_free_is_there() -> None:
    assert set(FREE) <= set(COMMANDS)

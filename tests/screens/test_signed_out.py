"""Somebody is dismissed, or their sign-ins are ended, while they sit at a desk (USR-1, USR-7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import SignedOut
from ordersdesk.people import account_actions as accounts
from ordersdesk.people.account_actions import dismiss_within
from ordersdesk.people.queries import proven
from screens.forms.form import Form
from tests.screens.acting import screen_text, settled, type_keys, wait_for, wait_until
from tests.screens.seated import PASSWORD, a_user, at_the_door, desk_of, seated, sign_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEW_CUSTOMER = "<F7><Ctrl+N>Blue Whale Ltd<Enter>Ann<Enter>13912345678<Enter>上海市世纪大道1号<Enter>Pudong<Enter><F9>"


@pytest.fixture
def strict(desk: Desk) -> Desk:
    """The desk, where whoever acts is proven."""
    return replace(desk, proof=proven)


def boss(desk: Desk) -> Desk:
    return desk.signed_in(SYSTEM)


def dismiss(desk: Desk, login: str) -> None:
    boss(desk).database.write(lambda session: dismiss_within(boss(desk), session, login, reason=""))


async def test_the_next_act_of_a_dismissed_user_leads_to_the_door(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        a_user(strict, "boss", "admin")
        dismiss(strict, "lin")
        await type_keys(pilot, NEW_CUSTOMER)
        await wait_for(pilot, "Lin does not work here any more. (USR-7)")
        assert desk_of(pilot).is_at_door
        await type_keys(pilot, f"{PASSWORD}<Enter>")
        await wait_for(pilot, "User name or password is wrong.")


async def test_who_must_sign_in_again_finds_what_was_typed(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        accounts.end_sign_ins(boss(strict), "lin")
        await type_keys(pilot, NEW_CUSTOMER)
        await wait_for(pilot, "Lin was signed out here")
        await type_keys(pilot, f"{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "customer")
        assert pilot.app.screen.query_one(Form).values()["name"] == "Blue Whale Ltd"


async def test_nothing_is_looked_up_for_a_dismissed_user(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        a_user(strict, "boss", "admin")
        await type_keys(pilot, "<F7>")
        dismiss(strict, "lin")
        await type_keys(pilot, "zhang")
        await wait_for(pilot, "Lin does not work here any more. (USR-7)")
        assert desk_of(pilot).is_at_door


async def test_until_the_door_is_there_nothing_is_said(
    strict: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(strict, tmp_path) as pilot:
        heard: list[SignedOut] = []
        monkeypatch.setattr(desk_of(pilot).search, "_signed_out", heard.append)
        a_user(strict, "boss", "admin")
        await type_keys(pilot, "<F7>")
        dismiss(strict, "lin")
        await type_keys(pilot, "zhang")
        await wait_until(pilot, lambda: heard)
        await settled(pilot)
        assert "does not work here" not in screen_text(pilot.app)


async def test_no_page_opens_for_a_dismissed_user(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        a_user(strict, "boss", "admin")
        dismiss(strict, "lin")
        await type_keys(pilot, "<F6>")
        await wait_for(pilot, "Lin does not work here any more. (USR-7)")
        assert desk_of(pilot).is_at_door


async def test_an_idle_desk_of_a_dismissed_user_goes_to_the_door_by_itself(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        a_user(strict, "boss", "admin")
        await type_keys(pilot, "<F7>zhang")
        dismiss(strict, "lin")
        desk_of(pilot)._be_heard()
        await wait_for(pilot, "Lin does not work here any more. (USR-7)")


async def test_other_roles_are_told_and_counted_at_the_next_sign_in(strict: Desk, tmp_path: Path) -> None:
    async with seated(strict, tmp_path) as pilot:
        accounts.set_roles(boss(strict), "lin", ["warehouse"])
        desk_of(pilot)._be_heard()
        await wait_for(pilot, "Your roles have changed: lock (Ctrl+O) and sign in again.")
        await type_keys(pilot, "<F2><Ctrl+O>")
        await type_keys(pilot, f"{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "home")
        assert not desk_of(pilot).has_area("intake")


async def test_an_administrator_is_told_who_came_in_by_the_database(strict: Desk, tmp_path: Path) -> None:
    a_user(strict, "boss", "admin")
    a_user(strict)
    accounts.recover(boss(strict), login="lin", password=PASSWORD, machine="till-1", machine_user="root")
    async with at_the_door(strict, tmp_path, size=(120, 30)) as pilot:
        await sign_in(pilot, "boss")
        await wait_for(pilot, "lin was made administrator from the database itself, by root on till-1.")


async def test_a_programs_account_sits_at_no_desk(strict: Desk, tmp_path: Path) -> None:
    a_user(strict, "cron", "timer")
    async with at_the_door(strict, tmp_path) as pilot:
        await type_keys(pilot, f"cron<Enter>{PASSWORD}<Enter>")
        await wait_for(pilot, "cron is the account of a program")
        assert desk_of(pilot).is_at_door

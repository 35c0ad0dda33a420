"""The door: who may come in, what is typed before it opens, and what the next one finds (USR-6)."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input

from ordersdesk.cli.desks.demo_home import guests
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from screens.forms.form import Form
from screens.home.screen import HomeScreen
from screens.seat.desk import OrderDesk
from screens.seat.session import Opened
from screens.start import with_screens
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import PASSWORD, a_user, at_the_door, desk_of, seated, sign_in
from tests.screens.test_contrast import unreadable

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_the_door_says_whose_desk_it_is(desk: Desk, tmp_path: Path) -> None:
    async with at_the_door(desk, tmp_path) as pilot:
        await wait_for(pilot, "订单台办公用品 · 上海分公司", "User *", "Password *", "Ctrl+L: 简体中文")


async def test_a_wrong_password_is_refused_beside_the_field_and_emptied(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with at_the_door(desk, tmp_path) as pilot:
        await type_keys(pilot, "lin<Enter>wrong<Enter>")
        await wait_for(pilot, "User name or password is wrong. (USR-6) Try again;")
        await type_keys(pilot, f"{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "home")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("speaks", ["en", "zh_CN"])
async def test_the_demos_door_says_who_may_come_in_and_lets_them(
    desk: Desk, tmp_path: Path, speaks: str, size: tuple[int, int]
) -> None:
    language.use(speaks)
    a_user(desk)
    known = guests()
    app = OrderDesk(
        lambda: with_screens(desk),
        home=tmp_path,
        speaks=speaks,
        login="lin",
        password=PASSWORD,
        guests=known,
        clock=desk.clock,
    )
    async with app.run_test(size=size) as pilot:
        roles = [f"{login} {language.translator(speaks)(role)}" for login, role in known]
        await wait_for(pilot, PASSWORD)
        told = " ".join(screen_text(app).split())
        assert unreadable(pilot) == {}
        assert [one for one in roles if one.replace(" ", "") not in told.replace(" ", "")] == []
        await type_keys(pilot, "<Enter><Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "home")


@pytest.mark.usefixtures("database")
def test_the_demo_has_somebody_for_every_role_that_sits_at_a_desk() -> None:
    held = {role for _login, role in guests()}
    assert {ROLE_NAMES[role] for role in ("agent", "leader", "manager", "order_group", "dispatcher")} <= held
    assert len(held) == len(guests())


async def test_no_other_door_names_anybody(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with at_the_door(desk, tmp_path) as pilot:
        await wait_for(pilot, "User *")
        assert [word for word in ("Demo", "lin", PASSWORD) if word in screen_text(pilot.app)] == []


async def test_what_is_typed_before_the_rooms_are_open_lands(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    may_open = threading.Event()

    def slowly() -> Opened:
        may_open.wait(20)
        return with_screens(desk)

    app = OrderDesk(slowly, home=tmp_path, clock=desk.clock)
    async with app.run_test() as pilot:
        for key in ("l", "i", "n", "enter", *PASSWORD, "enter", "f6"):
            app.simulate_key(key)
        await wait_for(pilot, "Opening; go on typing.")
        may_open.set()
        await wait_until(pilot, lambda: app.area == "book")


async def test_the_screens_behind_home_come_in_when_nobody_waits(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    brought: list[str] = []
    may_open = threading.Event()

    class Watched(Opened):
        def furnish(self) -> None:
            brought.append(app.area)

    def slowly() -> Opened:
        may_open.wait(20)
        return Watched(desk, HomeScreen, lambda: None)

    app = OrderDesk(slowly, home=tmp_path, clock=desk.clock)
    async with app.run_test() as pilot:
        for key in ("l", "i", "n", "enter", *PASSWORD, "enter"):
            app.simulate_key(key)
        may_open.set()
        await wait_until(pilot, lambda: brought)
    assert brought == ["home"]


async def test_a_desk_that_cannot_open_says_why_and_what_mends_it(desk: Desk, tmp_path: Path) -> None:
    def refuses() -> Opened:
        raise Refused("DB-2", "No tables yet.", mend="Run init.")

    async with OrderDesk(refuses, home=tmp_path).run_test() as pilot:
        await wait_for(pilot, "No tables yet. (DB-2) Run init.")


async def test_the_desk_speaks_the_language_of_its_user(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path, language="zh_CN"):
        assert language.current() == "zh_CN"


async def test_the_language_chosen_at_the_door_wins_for_whoever_comes_in(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    a_user(desk, "mei")
    async with at_the_door(desk, tmp_path) as pilot:
        await type_keys(pilot, "<Ctrl+L>")
        await sign_in(pilot, "lin")
        assert language.current() == "zh_CN"
        await type_keys(pilot, "<Ctrl+O><Up>")
        await sign_in(pilot, "mei")
        assert language.current() == "en"


async def test_an_idle_desk_locks_and_its_user_finds_everything_as_it_was(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7>zhang")
        cast(FixedClock, desk.clock).advance(timedelta(minutes=10))
        await desk_of(pilot).lock_when_idle()
        await wait_for(pilot, "Locked. Lin finds everything as it was left.")
        await type_keys(pilot, f"{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "customer")
        assert pilot.app.screen.query_one(Input).value == "zhang"


async def test_another_user_gets_a_desk_of_their_own_and_the_first_loses_no_typing(desk: Desk, tmp_path: Path) -> None:
    a_user(desk, "mei", "warehouse")
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7><Ctrl+N>Blue Whale Ltd<Enter><Ctrl+O>")
        await type_keys(pilot, f"<Up>mei<Enter>{PASSWORD}<Enter>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "home")
        await type_keys(pilot, "<F2>")
        assert "F2 (New order) does nothing here." in screen_text(pilot.app)
        await type_keys(pilot, "<F7>")
        assert pilot.app.screen.query_one(Input).value == ""
        await type_keys(pilot, "<Ctrl+O><Up>")
        await sign_in(pilot, "lin")
        await type_keys(pilot, "<F7><Ctrl+N>")
        assert pilot.app.screen.query_one(Form).values()["name"] == "Blue Whale Ltd"

"""Administrators see to users at the desk (USR-7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.people import actions, queries
from ordersdesk.people.queries import Account
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import a_user, desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TO_LIN = "u<Home><Down>"  # boss stands first


def user(desk: Desk, login: str) -> Account:
    return next(one for one in queries.accounts(desk) if one.login == login)


async def test_a_user_is_added_from_home(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path, "admin", login="boss") as pilot:
        await type_keys(pilot, "u")
        await wait_for(pilot, "boss", "administrator")
        await type_keys(pilot, "nmei<Enter>梅兰<Enter>leader agent<Enter>key<Enter><Enter>a long password<Enter>")
        await wait_for(pilot, "梅兰 may sign in.")
    mei = user(desk, "mei")
    assert (mei.name, mei.roles, mei.group) == ("梅兰", ("agent", "leader"), "key_accounts")
    assert actions.sign_in(desk, login="mei", password="a long password").user.login == "mei"


async def test_roles_group_and_name_are_changed(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with seated(desk, tmp_path, "admin", login="boss") as pilot:
        await type_keys(pilot, TO_LIN + "<Enter>leader agent<Enter>")
        await wait_until(pilot, lambda: user(desk, "lin").roles == ("agent", "leader"))
        await wait_for(pilot, "Saved.")
        await type_keys(pilot, "g2<Enter>")
        await wait_until(pilot, lambda: user(desk, "lin").group == "key_accounts")
        await wait_until(pilot, lambda: not pilot.app.screen.is_asking)  # type: ignore[attr-defined]
        await type_keys(pilot, "m林晓<Enter>")
        await wait_until(pilot, lambda: user(desk, "lin").name == "林晓")


async def test_a_wrong_role_is_said_beside_the_field(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with seated(desk, tmp_path, "admin", login="boss", size=(120, 30)) as pilot:
        await type_keys(pilot, TO_LIN + "<Enter>king<Enter>")
        await wait_for(pilot, "Unknown role: king.")
    assert user(desk, "lin").roles == ("agent",)


async def test_somebody_is_dismissed_and_taken_on_again(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with seated(desk, tmp_path, "admin", login="boss") as pilot:
        await type_keys(pilot, TO_LIN + "d<Enter>moved away<Enter>")
        await wait_for(pilot, "Lin is dismissed and signed out everywhere.", "dismissed")
        assert not user(desk, "lin").is_active
        await type_keys(pilot, "<End>tanother password<Enter>")
        await wait_for(pilot, "Lin works here again, with a new password.")
    assert actions.sign_in(desk, login="lin", password="another password").user.login == "lin"


async def test_a_password_that_was_not_given_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    a_user(desk)
    async with seated(desk, tmp_path, "admin", login="boss") as pilot:
        await type_keys(pilot, TO_LIN + "psecret words<Esc>")
        await wait_until(pilot, lambda: not pilot.app.screen.is_asking)  # type: ignore[attr-defined]
        assert "secret" not in str(desk_of(pilot).kept_forms)


async def test_nobody_else_goes_there(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path, "manager", login="liu") as pilot:
        assert not desk_of(pilot).has_area("users")
        assert "Users" not in screen_text(pilot.app)

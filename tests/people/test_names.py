"""Whoever acted is named where a person reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.refusals import Outage
from ordersdesk.people import names
from ordersdesk.people.account_actions import rename
from ordersdesk.people.actions import add_user
from ordersdesk.people.names import person
from tests.builders import as_role, turn_clock


def test_a_person_stands_by_name_the_desk_itself_is_the_system(desk: Desk) -> None:
    add_user(as_role(desk, "admin"), login="xiao", name="林晓", roles=["agent"], password="long enough")
    assert [person(desk, login) for login in ("xiao", SYSTEM.login, "gone")] == ["林晓", "system", "gone"]


def test_a_new_name_is_known_at_once_and_at_another_desk_a_minute_later(desk: Desk) -> None:
    url = desk.database.url.render_as_string(hide_password=False)
    boss, other = as_role(desk, "admin"), replace(desk, database=Database(url))
    assert [person(each, "xiao") for each in (boss, other)] == ["xiao", "xiao"]
    add_user(boss, login="xiao", name="林晓", roles=["agent"], password="long enough")
    assert [person(each, "xiao") for each in (boss, other)] == ["林晓", "xiao"]
    rename(boss, "xiao", "林小")
    turn_clock(desk, timedelta(minutes=1))
    assert [person(each, "xiao") for each in (boss, other)] == ["林小", "林小"]
    other.database.close()


def test_while_the_database_is_away_people_stand_as_they_were_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_desk: Desk) -> None:
        raise Outage("DB-5", "The database does not answer.", passes=True)

    add_user(as_role(desk, "admin"), login="xiao", name="林晓", roles=["agent"], password="long enough")
    assert person(desk, "xiao") == "林晓"
    turn_clock(desk, timedelta(minutes=1))
    monkeypatch.setattr(names, "accounts", away)
    assert [person(desk, login) for login in ("xiao", "he")] == ["林晓", "he"]

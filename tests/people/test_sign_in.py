"""Signing in (USR-6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.people import actions, queries
from tests.builders import as_role


def a_user(desk: Desk, login: str = "lin") -> None:
    actions.add_user(as_role(desk, "admin"), login=login, name="Lin", roles=["agent", "leader"], password="right one")


def wrong(desk: Desk) -> str:
    with pytest.raises(Refused) as refused:
        actions.sign_in(desk, login="lin", password="wrong")
    return refused.value.rule + refused.value.message


def test_the_right_password_seats_the_user_with_all_roles(desk: Desk) -> None:
    a_user(desk)
    seated = actions.sign_in(desk, login=" LIN ", password="right one")
    assert (seated.user.login, seated.user.roles) == ("lin", {"agent", "leader"})


def test_who_is_right_comes_in_by_a_new_door_while_the_book_takes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes_nothing(*_args: object) -> None:
        raise Outage("DB-5", "The disk is full.")

    a_user(desk)
    monkeypatch.setattr(actions, "_come_in", takes_nothing)
    assert actions.sign_in(desk, login="lin", password="right one", door="new").user.login == "lin"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(desk: Desk) -> None:
    before = wrong(desk)
    a_user(desk)
    assert wrong(desk) == before == "USR-6User name or password is wrong."


def test_five_failures_lock_the_account_for_fifteen_minutes(desk: Desk) -> None:
    a_user(desk)
    assert [wrong(desk) for _ in range(5)] == ["USR-6User name or password is wrong."] * 5
    desk.clock.advance(timedelta(minutes=15) - timedelta(seconds=1))  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="is wrong") as refused:
        actions.sign_in(desk, login="lin", password="right one")
    assert "5 wrong ones lock an account here for 15 min" in refused.value.mend
    desk.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    assert actions.sign_in(desk, login="lin", password="right one").user.login == "lin"


def test_four_failures_do_not_lock(desk: Desk) -> None:
    a_user(desk)
    for _ in range(4):
        wrong(desk)
    assert actions.sign_in(desk, login="lin", password="right one").user.login == "lin"
    assert [account.failures for account in queries.accounts(desk)] == [0]


def spoil(desk: Desk, damaged: str) -> None:
    spoilt = text("UPDATE user_account SET password_hash = :damaged")
    desk.database.write(lambda session: session.connection().execute(spoilt, {"damaged": damaged}))


def at_door(desk: Desk, door: str, password: str = "wrong") -> str:
    try:
        return actions.sign_in(desk, login="lin", password=password, door=door).user.login
    except Refused as no:
        return no.rule


def test_wrong_passwords_never_close_a_door_where_the_right_one_was_typed_before(desk: Desk) -> None:
    a_user(desk)
    assert at_door(desk, "mine", "right one") == "lin"
    assert [at_door(desk, "theirs") for _ in range(7)] == ["USR-6"] * 7
    assert [at_door(desk, door, "right one") for door in ("theirs", "mine", "theirs")] == ["USR-6", "lin", "USR-6"]


@pytest.mark.parametrize(("guesses", "answer"), [(4, "lin"), (5, "USR-6")])
def test_an_account_is_locked_at_every_new_door_however_many_doors_were_tried(
    desk: Desk, guesses: int, answer: str
) -> None:
    a_user(desk)
    assert [at_door(desk, f"door {number}") for number in range(guesses)] == ["USR-6"] * guesses
    assert at_door(desk, "one more", "right one") == answer


def test_an_own_door_is_locked_by_what_is_typed_there_and_opened_by_an_administrator(desk: Desk) -> None:
    a_user(desk)
    at_door(desk, "mine", "right one")
    assert [at_door(desk, "mine") for _ in range(5)] == ["USR-6"] * 5
    assert at_door(desk, "mine", "right one") == "USR-6"
    actions.set_password(as_role(desk, "admin"), login="lin", password="another one")
    assert at_door(desk, "mine", "another one") == "lin"


def test_each_round_of_wrong_passwords_locks_for_twice_as_long_up_to_a_day(desk: Desk) -> None:
    a_user(desk)
    for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440):
        for _ in range(5):
            at_door(desk, "theirs")
        desk.clock.advance(timedelta(minutes=minutes, seconds=-1))  # type: ignore[attr-defined]
        assert at_door(desk, "theirs", "right one") == "USR-6"
        desk.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    assert at_door(desk, "theirs", "right one") == "lin"
    assert [at_door(desk, "theirs") for _ in range(4)] == ["USR-6"] * 4
    assert at_door(desk, "theirs", "right one") == "lin"


def test_a_damaged_hash_lets_nobody_in_and_is_answered_alike(desk: Desk) -> None:
    a_user(desk)
    for damaged in ("", "$argon2id$v=19$m=1", "no hash at all"):
        spoil(desk, damaged)
        assert at_door(desk, "mine", "right one") == "USR-6"


def test_only_an_administrator_adds_users(desk: Desk) -> None:
    with pytest.raises(Refused, match="administrator") as refused:
        actions.add_user(desk, login="x", name="X", roles=["agent"], password="long enough")
    assert refused.value.rule == "USR-2"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"login": "no spaces"}, "USR-1"),
        ({"roles": ["king"]}, "USR-1"),
        ({"roles": []}, "USR-1"),
        ({"password": "short"}, "USR-6"),
        ({"login": "lin"}, "USR-1"),
    ],
)
def test_a_wrong_user_is_refused(desk: Desk, change: dict[str, object], rule: str) -> None:
    a_user(desk)
    wanted = {"login": "wang", "name": "Wang", "roles": ["agent"], "password": "long enough"} | change
    with pytest.raises(Refused) as refused:
        actions.add_user(as_role(desk, "admin"), **wanted)  # type: ignore[arg-type]
    assert refused.value.rule == rule

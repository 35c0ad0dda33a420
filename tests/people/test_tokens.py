"""Signing in on the command line: a token of one user, one place, for a while (USR-1)."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people import account_actions as accounts
from ordersdesk.people import actions
from ordersdesk.people.queries import USER, proven
from ordersdesk.people.token_actions import Issued, end, holder
from tests.concurrency.together import at_once
from tests.people.making import HERE, PASSWORD, THERE, a_token, a_user, later, proving, refused, signed_in, story


def test_a_token_is_its_user(desk: Desk) -> None:
    a_user(desk, "lin", group="key_accounts")
    seated, until = holder(proving(desk), a_token(desk, "lin").secret, HERE)
    assert (seated.user, until) == (signed_in(desk, "lin").user, a_token(desk, "lin").until)


def test_the_database_keeps_nothing_a_thief_could_use(desk: Desk) -> None:
    a_user(desk, "lin")
    issued = a_token(desk, "lin")
    with desk.reading() as session:
        (row,) = session.connection().execute(text("SELECT hash, place, machine FROM access_token")).all()
    assert issued.secret not in " ".join(row)
    assert refused(holder, proving(desk), row[0], HERE).rule == "USR-1"


def test_a_token_is_no_good_elsewhere(desk: Desk) -> None:
    a_user(desk, "lin")
    assert refused(holder, proving(desk), a_token(desk, "lin").secret, THERE).message == "Nobody is signed in."


@pytest.mark.parametrize(("role", "lasts"), [("agent", 12), ("timer", 180 * 24)])
def test_it_expires(desk: Desk, role: str, lasts: int) -> None:
    a_user(desk, "lin", role)
    issued = a_token(desk, "lin")
    later(desk, hours=lasts, seconds=-1)
    assert holder(proving(desk), issued.secret, HERE)[0].user.login == "lin"
    later(desk, seconds=1)
    assert refused(holder, proving(desk), issued.secret, HERE).message == "The sign-in of Lin has expired."


def test_it_is_ended_by_signing_out(desk: Desk) -> None:
    a_user(desk, "lin")
    issued, other = a_token(desk, "lin"), a_token(desk, "lin", THERE)
    end(signed_in(desk, "lin"), issued.secret, HERE)
    assert refused(holder, proving(desk), issued.secret, HERE).message == "The sign-in of Lin has ended."
    assert holder(proving(desk), other.secret, THERE)[0].user.login == "lin"


def test_nobody_ends_the_token_of_another(desk: Desk) -> None:
    a_user(desk, "lin")
    issued = a_token(desk, "lin")
    end(a_user(desk, "mei"), issued.secret, HERE)
    assert holder(proving(desk), issued.secret, HERE)[0].user.login == "lin"


def test_signing_in_again_at_a_place_ends_the_one_before(desk: Desk) -> None:
    a_user(desk, "lin")
    first, second = a_token(desk, "lin"), a_token(desk, "lin")
    assert refused(holder, proving(desk), first.secret, HERE).rule == "USR-1"
    assert holder(proving(desk), second.secret, HERE)[0].user.login == "lin"


def test_of_several_sign_ins_at_once_one_is_good(desk: Desk) -> None:
    a_user(desk, "lin")
    issued = [one for one in at_once([lambda: a_token(desk, "lin")] * 4) if isinstance(one, Issued)]
    looks = at_once([lambda one=one: holder(proving(desk), one.secret, HERE) for one in issued])
    ended = [look.message for look in looks if isinstance(look, Refused)]
    assert (len(issued), ended) == (4, ["The sign-in of Lin has ended."] * 3)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_whoever_acts_is_in_nobodys_way_who_signs_in_as_them(desk: Desk) -> None:
    lin = a_user(desk, "lin")

    def comes_in(session: Session) -> int:
        proven(session, lin.user)
        with desk.database.engine.begin() as meanwhile:
            meanwhile.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            return meanwhile.execute(update(USER).where(USER.c.id == lin.user.id).values(failures=0)).rowcount

    assert desk.database.write(comes_in) == 1


@pytest.mark.parametrize("ends", [
    lambda boss: accounts.end_sign_ins(boss, "lin"),
    lambda boss: actions.set_password(boss, login="lin", password="another password"),
    lambda boss: boss.database.write(lambda session: accounts.dismiss_within(boss, session, "lin", reason="")),
])  # fmt: skip
def test_every_token_ends_with_the_password_with_dismissal_and_everywhere(desk: Desk, ends: object) -> None:
    boss, _lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    issued = [a_token(desk, "lin"), a_token(desk, "lin", THERE)]
    ends(boss)  # type: ignore[operator]
    for one, place in zip(issued, (HERE, THERE), strict=True):
        assert refused(holder, proving(desk), one.secret, place).rule in ("USR-1", "USR-7")


def test_a_token_of_before_stays_ended_when_somebody_comes_back(desk: Desk) -> None:
    boss, _lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    issued = a_token(desk, "lin")
    boss.database.write(lambda session: accounts.dismiss_within(boss, session, "lin", reason=""))
    accounts.reinstate(boss, login="lin", password=PASSWORD)
    assert refused(holder, proving(desk), issued.secret, HERE).rule == "USR-1"
    assert holder(proving(desk), a_token(desk, "lin").secret, HERE)[0].user.login == "lin"


def test_a_locked_account_is_locked_for_its_tokens_too(desk: Desk) -> None:
    a_user(desk, "lin")
    issued = a_token(desk, "lin")
    for _ in range(5):
        refused(signed_in, desk, "lin", "wrong")
    assert refused(holder, proving(desk), issued.secret, HERE).rule == "USR-6"
    later(desk, minutes=15)
    assert holder(proving(desk), issued.secret, HERE)[0].user.login == "lin"


def test_signing_in_and_out_stand_in_the_story(desk: Desk) -> None:
    a_user(desk, "lin")
    end(signed_in(desk, "lin"), a_token(desk, "lin").secret, HERE)
    assert [(row.verb, row.by, row.note) for row in story(desk, "lin")] == [
        ("added", "system", "lin"), ("came in", "lin", ""),
        ("signed in", "lin", "till-1"), ("signed out", "lin", "till-1"),
    ]  # fmt: skip

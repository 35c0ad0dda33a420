"""What an administrator does with users, and the one way back in when there is none (USR-1, USR-7)."""

from __future__ import annotations

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.people import account_actions as accounts
from ordersdesk.people import actions, queries
from tests.concurrency.together import at_once
from tests.people.making import PASSWORD, a_user, proving, refused, roles_of, signed_in, story


def test_roles_group_and_name_are_changed_and_the_story_says_it(desk: Desk) -> None:
    boss, _lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    accounts.set_roles(boss, "LIN", ["leader", "agent"])
    accounts.set_group(boss, "lin", "key_accounts")
    accounts.rename(boss, "lin", "林晓")
    now = next(one for one in queries.accounts(desk) if one.login == "lin")
    assert (now.roles, now.group, now.name) == (("agent", "leader"), "key_accounts", "林晓")
    assert [(row.verb, row.by, row.rule, row.details) for row in story(desk, "lin")[2:]] == [
        ("roles changed", "boss", "USR-7", {"roles": [["agent"], ["agent", "leader"]]}),
        ("group changed", "boss", "USR-7", {"group": ["", "key_accounts"]}),
        ("name changed", "boss", "USR-7", {"name": ["Lin", "林晓"]}),
    ]


@pytest.mark.parametrize("act", [
    lambda desk: accounts.set_roles(desk, "lin", ["admin"]),
    lambda desk: accounts.set_group(desk, "lin", "key_accounts"),
    lambda desk: accounts.rename(desk, "lin", "X"),
    lambda desk: accounts.end_sign_ins(desk, "boss"),
    lambda desk: accounts.reinstate(desk, login="boss", password=PASSWORD),
    lambda desk: actions.set_password(desk, login="boss", password=PASSWORD),
    lambda desk: desk.database.write(lambda session: accounts.dismiss_within(desk, session, "boss", reason="")),
])  # fmt: skip
def test_nobody_but_an_administrator_does(desk: Desk, act: object) -> None:
    a_user(desk, "boss", "admin")
    no = refused(act, a_user(desk, "lin", "manager", "branch_gm"))
    assert (no.rule, no.mend) == ("USR-2", "It needs the role: administrator.")


@pytest.mark.parametrize(
    ("act", "rule", "field"),
    [
        (lambda desk: accounts.set_roles(desk, "lin", ["king"]), "USR-1", "roles"),
        (lambda desk: accounts.set_roles(desk, "lin", []), "USR-1", "roles"),
        (lambda desk: accounts.set_roles(desk, "lin", ["agent", "timer"]), "USR-1", "roles"),
        (lambda desk: accounts.set_group(desk, "lin", "chess club"), "USR-7", "group"),
        (lambda desk: accounts.rename(desk, "lin", "   "), "USR-7", "name"),
        (lambda desk: accounts.rename(desk, "lin", "\x1b[2J"), "FIL-3", "name"),
        (lambda desk: accounts.rename(desk, "nobody", "X"), "USR-1", "login"),
        (lambda desk: accounts.reinstate(desk, login="lin", password=PASSWORD), "USR-7", "login"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(desk: Desk, act: object, rule: str, field: str) -> None:
    boss, _lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    no = refused(act, boss)
    assert (no.rule, no.field) == (rule, field)


def test_the_last_administrator_stays(desk: Desk) -> None:
    boss, other = a_user(desk, "boss", "admin"), a_user(desk, "other", "admin", "agent")
    accounts.set_roles(boss, "other", ["agent"])
    assert refused(accounts.set_roles, boss, "boss", ["agent"]).message == "Boss is the last administrator."
    assert refused(accounts.set_roles, other, "boss", ["agent"]).rule == "USR-2"


def test_nobody_dismisses_themselves(desk: Desk) -> None:
    boss, _other = a_user(desk, "boss", "admin"), a_user(desk, "other", "admin")
    no = refused(boss.database.write, lambda session: accounts.dismiss_within(boss, session, "boss", reason=""))
    assert no.message == "Nobody dismisses themselves."


def test_of_two_administrators_who_give_it_up_at_once_one_stays(desk: Desk) -> None:
    both = [a_user(desk, "boss", "admin"), a_user(desk, "other", "admin")]
    at_once([lambda one=one: accounts.set_roles(one, one.user.login, ["agent"]) for one in both])
    assert sorted([roles_of(desk, "boss"), roles_of(desk, "other")]) == [("admin",), ("agent",)]


def test_of_two_administrators_who_unmake_each_other_one_stays(desk: Desk) -> None:
    boss, other = a_user(desk, "boss", "admin"), a_user(desk, "other", "admin")
    at_once([
        lambda: accounts.set_roles(boss, "other", ["agent"]), lambda: accounts.set_roles(other, "boss", ["agent"]),
    ])  # fmt: skip
    assert sorted([roles_of(desk, "boss"), roles_of(desk, "other")]) == [("admin",), ("agent",)]


def test_of_two_first_administrators_at_once_there_is_one(desk: Desk) -> None:
    system = proving(desk)
    wanted = [actions.NewUser(login, login, ("admin",)) for login in ("boss", "other")]
    made = at_once([lambda one=one: actions.add_first(system, one, "hash") for one in wanted])
    assert (sorted(map(bool, made)), len(queries.accounts(desk))) == ([False, True], 1)


def test_who_owns_the_database_lets_somebody_in_and_everybody_hears_of_it(desk: Desk) -> None:
    boss, other = a_user(desk, "boss", "admin"), a_user(desk, "other", "admin")
    lin = a_user(desk, "lin")
    accounts.recover(proving(desk), login="lin", password="another password", machine="till-1", machine_user="root")
    came = signed_in(desk, "lin", "another password")
    assert came.user.roles == {"agent", "admin"}
    assert refused(actions.recoveries_to_tell, lin).rule == "USR-1"
    for admin in (came, boss, other):
        assert [(one.login, one.machine, one.machine_user) for one in actions.recoveries_to_tell(admin)] == [
            ("lin", "till-1", "root")
        ]
        assert actions.recoveries_to_tell(admin) == []
    last = story(desk, "lin")[-1]
    assert (last.verb, last.by, last.details) == (
        "recovered", "system", {"machine": "till-1", "machine_user": "root"},
    )  # fmt: skip


def test_who_is_no_administrator_is_told_nothing(desk: Desk) -> None:
    a_user(desk, "boss", "admin")
    accounts.recover(proving(desk), login="boss", password=PASSWORD, machine="till-1", machine_user="root")
    assert actions.recoveries_to_tell(a_user(desk, "lin")) == []


def test_ones_own_password_is_changed_by_whoever_knows_it(desk: Desk) -> None:
    lin = a_user(desk, "lin")
    for old in ("", "a guess"):
        no = refused(actions.set_password, lin, login="lin", password="another password", old=old)
        assert (no.rule, no.field) == ("USR-6", "old")
    actions.set_password(lin, login="lin", password="another password", old=PASSWORD)
    assert signed_in(desk, "lin", "another password").user.login == "lin"

"""A team leader approves for their own group; the manager where no leader is left to ask (USR-3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ordersdesk.approvals.page_queries import documents_waiting, entries, waiting_by_occasion
from ordersdesk.approvals.queries import queue, waiting_count
from ordersdesk.changing import request
from ordersdesk.deciding import grant, make_code
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.people.actions import add_user
from tests.builders import a_customer, a_draft, an_item, as_role


def somebody(desk: Desk, login: str, *roles: str, group: str = "") -> Desk:
    """A user of a group, at the desk."""
    add_user(desk.signed_in(SYSTEM), login=login, name=login.title(), roles=roles, password="long enough", group=group)
    seated = as_role(desk, *roles, login=login)
    return seated.signed_in(replace(seated.user, group=group))


def asked_by(agent: Desk) -> str:
    """A minor change an agent asks for: a team leader's to grant."""
    a_customer(agent)
    an_item(agent, stock=100)
    number = submit(agent, a_draft(("A4-80", 20), payment="cash")).number
    wanted = {"order": number, "reason": "asked", "lines": [{"position": 1, "quantity": 21}]}
    return request(agent, parsed(wanted)).number


def lists(desk: Desk) -> tuple[list[str], int, int, dict[str, int], list[bool]]:
    """Everything that says what waits for somebody."""
    with desk.reading() as session:
        shown = [one.for_me for one in entries(desk, session, "change", 1)]
    rows = [row.document for row in queue(desk, limit=9)]
    return rows, waiting_count(desk), documents_waiting(desk), waiting_by_occasion(desk), shown


def refusal(desk: Desk, number: str) -> Refused:
    with pytest.raises(Refused) as no:
        grant(desk, "change", number, seen_version=1)
    return no.value


NOTHING = ([], 0, 0, {}, [False])


def theirs(number: str) -> object:
    return [number], 1, 1, {"change_minor": 1}, [True]


def test_the_leader_of_the_group_answers_and_another_is_told_who_may(desk: Desk) -> None:
    own = somebody(desk, "chen", "leader", group="key_accounts")
    other = somebody(desk, "peng", "leader", group="e_commerce")
    number = asked_by(somebody(desk, "hong", "agent", group="key_accounts"))
    assert (lists(own), lists(other)) == (theirs(number), NOTHING)
    no = refusal(other, number)
    assert (no.rule, no.message) == ("USR-3", f"{number} is for the leader of another group: key accounts.")
    assert no.mend == "It may be answered by: Chen."
    assert grant(own, "change", number, seen_version=1).state == "applied"


def test_no_code_of_another_groups_leader_either(desk: Desk) -> None:
    somebody(desk, "chen", "leader", group="key_accounts")
    number = asked_by(somebody(desk, "hong", "agent", group="key_accounts"))
    with pytest.raises(Refused) as no:
        make_code(somebody(desk, "peng", "leader", group="e_commerce"), "change", number)
    assert no.value.rule == "USR-3"


def test_a_leader_of_no_group_answers_for_none(desk: Desk) -> None:
    somebody(desk, "chen", "leader", group="key_accounts")
    number = asked_by(somebody(desk, "hong", "agent", group="key_accounts"))
    assert refusal(somebody(desk, "peng", "leader"), number).rule == "USR-3"


def test_where_nobody_has_a_group_any_leader_answers(desk: Desk) -> None:
    leader = somebody(desk, "chen", "leader", group="e_commerce")
    number = asked_by(somebody(desk, "hong", "agent"))
    assert lists(leader) == theirs(number)
    assert grant(leader, "change", number, seen_version=1).state == "applied"


def test_while_there_is_a_leader_the_manager_does_not_stand_in(desk: Desk) -> None:
    somebody(desk, "chen", "leader", group="key_accounts")
    manager = somebody(desk, "liu", "manager")
    number = asked_by(somebody(desk, "hong", "agent", group="key_accounts"))
    assert lists(manager) == NOTHING
    assert refusal(manager, number).rule == "USR-2"


def test_a_group_without_a_leader_has_the_manager(desk: Desk) -> None:
    somebody(desk, "chen", "leader", group="e_commerce")
    manager = somebody(desk, "liu", "manager")
    number = asked_by(somebody(desk, "hong", "agent", group="key_accounts"))
    assert lists(manager) == theirs(number)
    assert grant(manager, "change", number, seen_version=1).state == "applied"


def test_what_the_only_leader_asks_the_manager_answers(desk: Desk) -> None:
    chen = somebody(desk, "chen", "agent", "leader", group="key_accounts")
    manager = somebody(desk, "liu", "manager")
    number = asked_by(chen)
    assert (lists(chen)[0], lists(manager)) == ([], theirs(number))
    assert refusal(chen, number).rule == "USR-3"
    assert grant(manager, "change", number, seen_version=1).state == "applied"


def test_a_site_may_let_the_manager_stand_in_always(desk: Desk) -> None:
    always = desk.policy.approvals.model_copy(update={"manager_stands_in": "always"})
    site = replace(desk, policy=desk.policy.model_copy(update={"approvals": always}))
    somebody(site, "chen", "leader", group="key_accounts")
    manager = somebody(site, "liu", "manager")
    number = asked_by(somebody(site, "hong", "agent", group="key_accounts"))
    assert lists(manager) == theirs(number)
    assert grant(manager, "change", number, seen_version=1).state == "applied"

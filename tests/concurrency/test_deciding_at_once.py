"""Several people deciding at the same moment, on both databases: one decision, and the last yes is never lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

import pytest

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.changing import request
from ordersdesk.check import check
from ordersdesk.deciding import Decided, deny, grant, grant_by_code, make_code
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.regret_actions import Regretted, regret
from ordersdesk.orders.entry.actions import as_draft, submit
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.people.actions import add_user
from tests.approvals.asking import gm, in_review, manager
from tests.builders import as_role, cancel
from tests.concurrency.together import at_once
from tests.delivery.building import an_order
from tests.properties.proofs import prove


def rules(made: Sequence[object]) -> list[str]:
    return sorted(each.rule for each in made if isinstance(each, Refused))


def decisions(desk: Desk) -> list[str]:
    with desk.reading() as session:
        rows = session.connection().execute(APPROVAL.select().order_by(APPROVAL.c.id)).mappings()
        return [row["state"] for row in rows]


@pytest.mark.parametrize("turn", range(3))
def test_two_managers_make_one_decision(desk: Desk, turn: int) -> None:
    number = in_review(desk)
    bosses = [as_role(desk, "manager", login=f"boss{place}") for place in range(4)]
    yes = [partial(grant, boss, "order", number, seen_version=1) for boss in bosses[:2]]
    no = [partial(deny, boss, "order", number, seen_version=1, reason="no") for boss in bosses[2:]]
    made = at_once([*yes, *no])
    assert (len([each for each in made if isinstance(each, Decided)]), rules(made)) == (1, ["ORD-11"] * 3)
    assert [step.verb for step in by_number(desk, number).story if step.verb in ("granted", "denied")] in (
        ["granted"], ["denied"],
    )  # fmt: skip
    prove(desk.database)


@pytest.mark.parametrize("turn", range(3))
def test_the_two_who_are_needed_say_yes_at_once_and_it_goes_on(desk: Desk, turn: int) -> None:
    number = in_review(desk, total=50_000)
    made = at_once([partial(grant, who, "order", number, seen_version=1) for who in (manager(desk), gm(desk))])
    assert (rules(made), by_number(desk, number).head.state, decisions(desk)) == ([], "confirmed", ["granted"] * 2)
    prove(desk.database)


@pytest.mark.parametrize("turn", range(3))
def test_a_yes_and_a_cancellation_at_once_leave_one_of_them(desk: Desk, turn: int) -> None:
    number = in_review(desk)
    yes = partial(grant, manager(desk), "order", number, seen_version=1)
    acts: list[Callable[[], object]] = [yes, partial(cancel, desk, number=number, version=1, reason="changed")]
    made = at_once(acts)
    state = by_number(desk, number).head.state
    assert (len(rules(made)), state, decisions(desk)) in (
        (1, "confirmed", ["granted"]),
        (1, "cancelled", ["withdrawn"]),
    )
    prove(desk.database)


def test_guessing_a_code_at_many_desks_gets_no_more_tries(desk: Desk) -> None:
    add_user(desk.signed_in(SYSTEM), login="wang", name="Wang", roles=["manager"], password="long enough")
    number = in_review(desk)
    code = make_code(manager(desk), "order", number)
    guesses = [f"{(int(code) + more) % 10**6:06d}" for more in range(1, 7)]
    made = at_once([partial(grant_by_code, desk, "order", number, code=guess) for guess in guesses])
    told = [each.message for each in made if isinstance(each, Refused)]
    assert told.count("This code has ended after too many tries.") == 3
    assert rules([*made, *at_once([partial(grant_by_code, desk, "order", number, code=code)])]) == ["JOY-10"] * 7


def test_a_correction_sent_twice_at_once_is_one_order(desk: Desk) -> None:
    number = in_review(desk, credit_limit=Decimal(100_000))
    deny(manager(desk), "order", number, seen_version=1, reason="no")
    drafts = [as_draft(desk, number) for _desk in range(3)]
    made = at_once([partial(submit, desk, draft) for draft in drafts])
    assert len([each for each in made if not isinstance(each, Refused)]) == 1
    assert (by_number(desk, number).head.state, decisions(desk)) == ("review", ["denied", "waiting"])
    prove(desk.database)


def test_a_change_is_not_asked_about_an_order_that_is_pulled_back_at_that_moment(desk: Desk) -> None:
    number = an_order(desk)
    later = parsed({"order": number, "reason": "called", "deliver_on": "2026-11-27"})
    done = at_once([lambda: request(desk, later), lambda: regret(desk, number), lambda: request(desk, later)])
    assert isinstance(done[1], Regretted)
    assert [fault for found in check(desk) for fault in found.faults if fault.rule in ("CHG-1", "ORD-13")] == []

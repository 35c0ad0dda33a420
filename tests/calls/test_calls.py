"""Calls from ring to outcome (CAL-1, 5, 6, JOY-6)."""

from __future__ import annotations

import pytest

from ordersdesk.calls import actions, queries
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import timeline
from ordersdesk.foundation.refusals import Refused
from tests.builders import as_role

TYPED = {"lines": [{"item": "A4-80", "quantity": "5"}], "typing": {"item": "PE"}}


def story(desk: Desk, call_id: int) -> list[tuple[str, str, str]]:
    with desk.reading() as session:
        return [(step.verb, step.to_state, step.by) for step in timeline(session, "call", call_id)]


def test_the_same_key_answers_the_same_call(desk: Desk) -> None:
    first, again = (actions.answer(desk, key="k1", presented="13800138000") for _ in range(2))
    assert (again.id, again.presented, again.state) == (first.id, "13800138000", "open")


def test_a_parked_call_keeps_everything_typed_and_anybody_may_take_it_up(desk: Desk) -> None:
    ring = actions.answer(desk, key="k1", presented="13800138000")
    actions.park(desk, key="k1", draft=TYPED)
    taken = actions.resume(as_role(desk, "agent", login="wang"), key="k1")
    assert (taken.draft, taken.agent, taken.state) == (TYPED, "wang", "open")
    assert story(desk, ring.id) == [("begin", "open", "lin"), ("park", "parked", "lin"), ("resume", "open", "wang")]


def test_a_number_that_rings_again_finds_its_parked_call(desk: Desk) -> None:
    actions.answer(desk, key="k1", presented="13800138000")
    actions.park(desk, key="k1", draft=TYPED)
    found = queries.parked_from(as_role(desk, "agent", login="wang"), "13800138000")
    assert found is not None
    assert (found.key, queries.parked_from(desk, ""), queries.parked_from(desk, "13900000000")) == ("k1", None, None)


@pytest.mark.parametrize("outcome", ["", "nothing", "[/]"])
def test_a_call_without_an_outcome_cannot_be_left(desk: Desk, outcome: str) -> None:
    actions.answer(desk, key="k1")
    with pytest.raises(Refused) as refused:
        actions.end(desk, key="k1", outcome=outcome)
    assert (refused.value.rule, refused.value.field) == ("CAL-6", "outcome")
    assert [ring.state for ring in queries.unfinished(desk)] == ["open"]


def test_an_ended_call_is_over(desk: Desk) -> None:
    actions.answer(desk, key="k1")
    actions.end(desk, key="k1", outcome="enquiry", note="asked for paper")
    with pytest.raises(Refused) as refused:
        actions.park(desk, key="k1", draft={})
    assert (refused.value.rule, queries.unfinished(desk)) == ("CAL-5", [])


def test_home_lists_my_open_calls_first_and_everybodys_parked_ones(desk: Desk) -> None:
    wang = as_role(desk, "agent", login="wang")
    actions.answer(wang, key="hers, open")
    actions.answer(wang, key="hers, parked")
    actions.park(wang, key="hers, parked", draft={})
    actions.answer(desk, key="mine")
    assert [ring.key for ring in queries.unfinished(desk)] == ["mine", "hers, parked"]

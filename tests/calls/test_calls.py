"""Calls from ring to outcome (CAL-1, 5, 6, JOY-6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ordersdesk.calls import actions, queries
from ordersdesk.calls.actions import Moments
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
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


def entry(desk: Desk) -> queries.Entry:
    (found,) = queries.of_day(desk, desk.today())
    return found


def test_ringing_answering_and_hanging_up_are_three_moments(desk: Desk, clock: FixedClock) -> None:
    rang = desk.now()
    clock.advance(timedelta(seconds=8))
    taken = desk.now()
    actions.answer(desk, key="k1", presented="13800138000", moments=Moments(rang, taken))
    clock.advance(timedelta(minutes=3))
    actions.end(desk, key="k1", outcome="quote", reason="enquiry")
    found = entry(desk)
    assert (found.rang_at, found.answered_at, found.ended_at) == (rang, taken, desk.now())
    assert (found.reason, found.outcome) == ("enquiry", "quote")


def test_without_a_telephone_system_no_moment_is_made_up(desk: Desk) -> None:
    actions.answer(desk, key="k1")
    actions.end(desk, key="k1", outcome="enquiry")
    found = entry(desk)
    assert (found.rang_at, found.answered_at, found.reason) == (None, None, "enquiry")


def test_the_moment_a_key_took_it_is_added_once(desk: Desk, clock: FixedClock) -> None:
    rang = desk.now()
    actions.answer(desk, key="k1", moments=Moments(rang))
    clock.advance(timedelta(seconds=5))
    first = desk.now()
    actions.answer(desk, key="k1", moments=Moments(rang, first))
    clock.advance(timedelta(seconds=5))
    actions.answer(desk, key="k1", moments=Moments(desk.now(), desk.now()))
    assert (entry(desk).rang_at, entry(desk).answered_at) == (rang, first)


def test_what_a_call_is_about_is_one_of_the_reasons(desk: Desk) -> None:
    actions.answer(desk, key="k1")
    with pytest.raises(Refused) as refused:
        actions.end(desk, key="k1", outcome="enquiry", reason="weather")
    assert (refused.value.rule, refused.value.field) == ("CAL-1", "reason")


def test_a_call_of_which_nothing_was_kept_ends_in_one_step(desk: Desk) -> None:
    actions.end(desk, key="k1", outcome="wrong_number", presented="13800138000")
    assert (entry(desk).presented, entry(desk).outcome, entry(desk).state) == ("138****8000", "wrong_number", "ended")

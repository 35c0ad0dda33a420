"""One store for every kind: found by number, listed, begun and stepped; everything else is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.delivery.troubles.actions import told
from ordersdesk.delivery.troubles.queries import TROUBLES
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import as_role
from tests.delivery.roads import on_the_road


def a_trouble(desk: Desk, *, cause: str = "rain") -> str:
    """Trouble about a slip on the road."""
    return note_trouble(as_role(desk, "dispatcher"), on_the_road(desk), kind="late", cause=cause).number


def test_a_document_is_found_by_its_number_however_it_is_typed(desk: Desk) -> None:
    number = a_trouble(desk)
    with desk.reading() as session:
        found = TROUBLES.by_number(desk, session, f" {number.lower()} ")
        assert (found.number, found.state, found.version) == (number, "noted", 1)
        assert TROUBLES.get(session, found.id or 0) == found


@pytest.mark.parametrize("number", ["", "EX20261123-9999", "[/]" * 50])
def test_a_number_nobody_gave_is_refused_by_the_rule_of_the_kind(desk: Desk, number: str) -> None:
    with desk.reading() as session, pytest.raises(Refused) as refused:
        TROUBLES.by_number(desk, session, number)
    assert (refused.value.rule, refused.value.field) == ("DLV-8", "number")
    assert refused.value.message == f"There is no trouble on the road {number[:40]}."


def test_another_branch_does_not_see_it(desk: Desk) -> None:
    number = a_trouble(desk)
    elsewhere = replace(as_role(desk, "manager"), branch="elsewhere")
    assert (TROUBLES.listed(elsewhere), [one.number for one in TROUBLES.listed(desk)]) == ([], [number])


def test_a_step_by_who_saw_it_earlier_is_stale(desk: Desk) -> None:
    number, people = a_trouble(desk), as_role(desk, "dispatcher")
    with desk.reading() as session:
        seen = TROUBLES.by_number(desk, session, number)
    told(people, number, how="call")
    with pytest.raises(Refused, match="somebody else meanwhile"):
        desk.database.write(lambda session: TROUBLES.step(people, session, seen, "tell"))


def test_the_story_tells_every_step(desk: Desk) -> None:
    number = a_trouble(desk)
    told(as_role(desk, "dispatcher"), number, how="call", note="王芳")
    with desk.reading() as session:
        story = TROUBLES.story(session, TROUBLES.by_number(desk, session, number))
    assert [(row.verb, row.to_state) for row in story] == [("begin", "noted"), ("tell", "told")]

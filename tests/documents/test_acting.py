"""An act counts for the document that was seen: another version is refused, and nothing has happened (ORD-11)."""

from __future__ import annotations

import pytest

from ordersdesk.delivery.kinds import TROUBLE
from ordersdesk.delivery.troubles.queries import TROUBLES
from ordersdesk.documents.acting import act_as_seen
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from tests.builders import as_role
from tests.documents.test_store import a_trouble

TELL = next(act for act in TROUBLE.acts if act.name == "told")


@pytest.mark.parametrize("seen", [0, 2])
def test_a_document_that_was_not_seen_as_it_is_stays_as_it_is(desk: Desk, seen: int) -> None:
    number, dispatcher = a_trouble(desk), as_role(desk, "dispatcher")
    with pytest.raises(Stale):
        act_as_seen(dispatcher, TROUBLE, TELL, number, version=seen, given={"how": "call"})
    assert TROUBLES.read(desk, number).state == "noted"


def test_one_that_was_seen_is_acted_on_once(desk: Desk) -> None:
    number, dispatcher = a_trouble(desk), as_role(desk, "dispatcher")
    done = act_as_seen(dispatcher, TROUBLE, TELL, number, version=1, given={"how": "call"})
    assert (done.number, done.state) == (number, "told")
    with pytest.raises(Stale):
        act_as_seen(dispatcher, TROUBLE, TELL, number, version=1, given={"how": "fax"})
    assert TROUBLES.read(desk, number).version == 2


def test_an_act_refuses_as_it_always_does(desk: Desk) -> None:
    number, agent = a_trouble(desk), as_role(desk, "warehouse")
    with pytest.raises(Refused) as refused:
        act_as_seen(agent, TROUBLE, TELL, number, version=1, given={"how": "call"})
    assert (refused.value.rule, TROUBLES.read(desk, number).version) == ("USR-2", 1)

"""Cancelling what is confirmed: approved like a change of the whole amount, with all that follows (CHG-4, ORD-7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from ordersdesk import deciding
from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.model.queries import ORDER, USUAL
from ordersdesk.orders.notices.queries import notices
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, cancel, request_cancel
from tests.orders.looking import reserved, set_line
from tests.properties.proofs import everything, prove

NUMBER = "SO20261123-0001"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A confirmed order of 20 reams and of 5 pens that are ordered from the supplier."""
    a_customer(desk, grade="A")
    an_item(desk, "A4-80", price="25.00", stock=100)
    an_item(desk, "PEN", price="1.50", stock=0)
    draft = a_draft(("A4-80", 20), ("PEN", 5))
    lines = (draft.lines[0], draft.lines[1].model_copy(update={"shortage": "purchase"}))
    agreed(desk, draft.model_copy(update={"lines": lines}))
    return desk


def asked(desk: Desk) -> Requested:
    return request_cancel(desk, number=NUMBER, reason="closed down")


def granted(desk: Desk) -> None:
    deciding.grant(as_role(desk, "manager"), "change", asked(desk).number, seen_version=1)
    prove(desk.database)


def refusal(desk: Desk, *, reason: str = "closed down", version: int | None = None) -> str:
    before = everything(desk.database)
    with pytest.raises(Refused) as refused:
        request_cancel(desk, number=NUMBER, reason=reason, version=version)
    assert everything(desk.database) == before
    assert refused.value.mend
    return refused.value.rule


def paid(desk: Desk) -> None:
    values = {"deposit": Decimal("30.00"), "money_in": Decimal("30.00")}
    desk.database.write(lambda session: session.connection().execute(update(ORDER).values(values)))


def test_a_confirmed_order_of_some_hundred_is_cancelled_by_the_manager(ready: Desk) -> None:
    made = asked(ready)
    assert (made.state, made.level, [one.role for one in made.waits]) == ("asked", "major", ["manager"])
    assert reserved(ready) == {"A4-80": 20}
    deciding.grant(as_role(ready, "manager"), "change", made.number, seen_version=1)
    assert (page_queries.by_number(ready, NUMBER).head.state, reserved(ready)) == ("cancelled", {})
    prove(ready.database)


def test_a_denied_cancellation_leaves_the_order(ready: Desk) -> None:
    deciding.deny(as_role(ready, "manager"), "change", asked(ready).number, seen_version=1, reason="it is packed")
    assert (page_queries.by_number(ready, NUMBER).head.state, reserved(ready)) == ("confirmed", {"A4-80": 20})


def test_the_agent_and_purchasing_are_told(ready: Desk) -> None:
    granted(ready)
    assert [one.sentence for one in notices(ready)] == [f"{NUMBER} of 明远办公 is cancelled: closed down"]
    assert [one.sentence for one in notices(as_role(ready, "purchasing"))] == [
        f"{NUMBER} is cancelled: 5 of 复印纸 PEN need not be bought for it."
    ]


def test_what_was_paid_goes_back(ready: Desk) -> None:
    paid(ready)
    granted(ready)
    assert [one.sentence for one in notices(as_role(ready, "finance"))] == [
        f"{NUMBER} is cancelled: what was paid for it goes back to the customer."
    ]


def test_the_deposit_of_special_goods_is_kept(ready: Desk) -> None:
    paid(ready)
    special = update(ITEM).where(ITEM.c.code == "PEN").values(listing="special")
    ready.database.write(lambda session: session.connection().execute(special))
    granted(ready)
    assert [one.sentence for one in notices(as_role(ready, "finance"))] == [
        f"{NUMBER} is cancelled: its deposit is kept, 复印纸 PEN were special goods."
    ]


def test_the_timeline_tells_what_followed(ready: Desk) -> None:
    granted(ready)
    story = page_queries.by_number(ready, NUMBER).story
    assert [row.verb for row in story][3:] == ["change asked", "call_off", "goods freed", "told", "told"]


def test_what_was_usual_is_forgotten(ready: Desk) -> None:
    granted(ready)
    with ready.reading() as session:
        assert session.connection().execute(USUAL.select()).all() == []


@pytest.mark.parametrize("delivery", ["partly delivered", "delivered"])
def test_what_is_dispatched_comes_back_only_as_a_return(ready: Desk, delivery: str) -> None:
    ready.database.write(lambda session: session.connection().execute(update(ORDER).values(delivery=delivery)))
    assert refusal(ready) == "CHG-4"


def test_a_delivered_line_is_dispatched_too(ready: Desk) -> None:
    set_line(ready, 1, released=1, delivered=1)
    assert refusal(ready) == "CHG-4"


def test_a_printed_slip_is_voided_first(ready: Desk) -> None:
    set_line(ready, 1, released=1)
    assert refusal(ready) == "CHG-3"


def test_it_is_refused_when_the_goods_left_while_it_waited(ready: Desk) -> None:
    made = asked(ready)
    set_line(ready, 1, released=20, delivered=20)
    with pytest.raises(Refused) as refused:
        deciding.grant(as_role(ready, "manager"), "change", made.number, seen_version=1)
    assert (refused.value.rule, page_queries.by_number(ready, NUMBER).head.state) == ("CHG-4", "confirmed")


def test_a_reason_and_the_right_version_are_needed(ready: Desk) -> None:
    assert refusal(ready, reason=" ") == "CHG-4"
    assert refusal(ready, version=9) == "ORD-11"


def test_one_request_at_a_time(ready: Desk) -> None:
    asked(ready)
    assert refusal(ready) == "CHG-1"


def test_before_it_is_confirmed_cancelling_is_free(ready: Desk) -> None:
    an_item(ready, "SAFE", price="26000.00", stock=5)
    made = agreed(ready, a_draft(("SAFE", 2), contact="Other"))
    cancel(ready, number=made.number, version=1, reason="too dear")
    assert (page_queries.by_number(ready, made.number).head.state, reserved(ready, 2)) == ("cancelled", {})

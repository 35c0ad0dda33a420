"""An intake is kept while it is typed: its call, its goods, what it comes to (CAL-5, STK-3)."""

from __future__ import annotations

import pytest

from ordersdesk.calls.queries import unfinished
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.entry.intake_actions import keep
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.queries import shelves
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, an_item


def reserved(desk: Desk) -> list[int]:
    with desk.reading() as session:
        return [shelf.reserved for shelf in shelves(session, [1])[1]]


def test_what_is_typed_is_kept_with_the_call_and_its_goods_are_held(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    case = keep(desk, a_draft(("A4-80", 3)), typed={"line": "3"}, presented="13800138000")
    assert [(ring.presented, ring.draft) for ring in unfinished(desk)] == [("13800138000", {"line": "3"})]
    assert (str(case.total), reserved(desk)) == ("85.00", [3])


def test_what_is_kept_after_the_call_became_an_order_holds_nothing_more(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    draft = a_draft(("A4-80", 3))
    keep(desk, draft, typed={})
    submit(desk, draft)
    keep(desk, draft, typed={})
    assert (unfinished(desk), reserved(desk)) == ([], [3])


def test_a_shortage_question_that_nobody_answered_holds_nothing(desk: Desk) -> None:
    """5,000 typed by a slip of the finger left nothing for every other desk."""
    a_customer(desk)
    an_item(desk, stock=955)
    case = keep(desk, a_draft(("A4-80", 5000)), typed={})
    assert (case.lines[0].short, reserved(desk)) == (4045, [0])


@pytest.mark.parametrize(("pieces", "held"), [(955, 955), (956, 0)])
def test_what_is_all_there_is_held_up_to_the_last_piece(desk: Desk, pieces: int, held: int) -> None:
    a_customer(desk)
    an_item(desk, stock=955)
    keep(desk, a_draft(("A4-80", pieces)), typed={})
    assert reserved(desk) == [held]


@pytest.mark.parametrize(("choice", "held"), [("partial", 955), ("leave", 955), (None, 0)])
def test_the_answer_to_a_shortage_holds_what_is_here_and_taking_it_back_gives_it_back(
    desk: Desk, choice: str | None, held: int
) -> None:
    a_customer(desk)
    an_item(desk, stock=955)
    draft = a_draft(lines=(DraftLine(item="A4-80", quantity=5000, shortage=Shortage.PARTIAL),))
    keep(desk, draft, typed={})
    changed = draft.lines[0].model_copy(update={"shortage": choice})
    keep(desk, draft.model_copy(update={"lines": (changed,)}), typed={})
    assert reserved(desk) == [held]


@pytest.mark.parametrize(("pieces", "held"), [(10, 10), (11, 10)])
def test_nothing_is_held_beyond_what_one_order_may_have(desk: Desk, pieces: int, held: int) -> None:
    a_customer(desk)
    an_item(desk, stock=100, purchase_limit=10)
    keep(desk, a_draft(("A4-80", pieces)), typed={})
    assert reserved(desk) == [held]


def test_goods_that_are_no_longer_sold_are_not_held(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=100, discontinued=True)
    keep(desk, a_draft(("A4-80", 10)), typed={})
    assert reserved(desk) == [0]

"""Who approved answers for what leaves unpaid, and for nothing else (USR-4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ordersdesk.approvals.queries import answered_for
from ordersdesk.changing import request
from ordersdesk.deciding import deny, grant, withdraw
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.changes.actions import Requested
from ordersdesk.orders.terms.change_draft import parsed
from tests.approvals.asking import gm, in_review, manager, order
from tests.builders import request_cancel


def changed(desk: Desk, number: str, **values: Any) -> Requested:
    return request(desk, parsed({"order": number, "reason": "customer called", **values}))


def over_the_limit(desk: Desk) -> tuple[str, Requested]:
    """An order of 1,000 on account, confirmed, and a change by which it would go over the limit of 1,200."""
    number = in_review(desk, total=1000, credit_limit=Decimal(1200))
    grant(manager(desk), "order", number, seen_version=1)
    made = changed(desk, number, lines=[{"position": 1, "quantity": 13}])
    grant(gm(desk), "change", made.number, seen_version=1)
    return number, made


def answering(desk: Desk) -> list[tuple[str, str]]:
    return [(one.kind, one.approver) for one in answered_for(desk)]


def test_who_let_a_change_go_over_the_limit_answers_for_it(desk: Desk) -> None:
    _number, made = over_the_limit(desk)
    grant(manager(desk), "change", made.number, seen_version=1)
    assert answering(desk) == [("change", "zhao"), ("order", "wang")]


def test_nobody_answers_for_a_change_that_somebody_else_denied(desk: Desk) -> None:
    _number, made = over_the_limit(desk)
    deny(manager(desk), "change", made.number, seen_version=1, reason="too much")
    assert answering(desk) == [("order", "wang")]


def test_nobody_answers_for_a_change_that_was_taken_back(desk: Desk) -> None:
    _number, made = over_the_limit(desk)
    withdraw(desk, "change", made.number, reason="not needed")
    assert answering(desk) == [("order", "wang")]


def test_nobody_answers_for_an_order_that_is_called_off_nor_for_its_changes(desk: Desk) -> None:
    number, made = over_the_limit(desk)
    grant(manager(desk), "change", made.number, seen_version=1)
    grant(manager(desk), "change", request_cancel(desk, number=number, reason="closed down").number, seen_version=1)
    assert (order(desk, number).head.state, answering(desk)) == ("cancelled", [])


def test_a_yes_to_what_an_order_was_before_it_was_changed_is_answered_for_by_nobody(desk: Desk) -> None:
    number = in_review(desk, total=60_000)
    grant(manager(desk), "order", number, seen_version=1)
    changed(desk, number, lines=[{"position": 1, "quantity": 700}])
    assert (order(desk, number).head.state, answering(desk)) == ("review", [])

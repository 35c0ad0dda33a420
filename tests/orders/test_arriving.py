"""Goods that are not here yet make the promise later (STK-5, DLV-2)."""

from datetime import date

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment import case_queries
from ordersdesk.orders.terms.draft import DraftLine
from tests.builders import a_customer, a_draft, an_item, on_shelf


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """Ten here, six at a sibling; nothing of the lamp anywhere."""
    a_customer(desk)
    on_shelf(desk, an_item(desk, stock=10), 6, code="PUDONG", kind="sibling")
    an_item(desk, "LAMP")
    return desk


def asked(desk: Desk, *lines: tuple[str, int, str], **more: object) -> tuple[str, str]:
    typed = tuple(DraftLine.model_validate({"item": i, "quantity": q, "shortage": s or None}) for i, q, s in lines)
    case = case_queries.case(desk, a_draft(lines=typed, **more))
    if case.promise is None:
        assert case.promise_trouble is not None
        return case.promise_trouble.rule, case.promise_trouble.field or ""
    return str(case.promise.date), case.promise.explanation


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("A4-80", 10, "")], ("2026-11-24", "Next working day: Tue 24 Nov")),
        ([("A4-80", 12, "partial")], ("2026-11-24", "Next working day: Tue 24 Nov")),
        ([("A4-80", 12, "leave")], ("2026-11-24", "Next working day: Tue 24 Nov")),
        ([("A4-80", 12, "transfer")], ("2026-11-25", "Goods here Tue 24 Nov, then the next working day: Wed 25 Nov")),
        ([("A4-80", 17, "transfer")], ("2026-12-01", "Goods here Mon 30 Nov, then the next working day: Tue 1 Dec")),
        ([("A4-80", 12, "purchase")], ("2026-12-01", "Goods here Mon 30 Nov, then the next working day: Tue 1 Dec")),
        ([("LAMP", 1, "partial")], ("2026-12-01", "Goods here Mon 30 Nov, then the next working day: Tue 1 Dec")),
        ([("LAMP", 1, "partial"), ("A4-80", 1, "")], ("2026-11-24", "Next working day: Tue 24 Nov")),
        (
            [("LAMP", 1, "partial"), ("A4-80", 12, "transfer")],
            ("2026-12-01", "Goods here Mon 30 Nov, then the next working day: Tue 1 Dec"),
        ),
    ],
)
def test_what_is_waited_for_comes_after_it_is_here(ready, lines, expected):
    assert asked(ready, *lines) == expected


def test_urgent_goods_must_be_here(ready):
    assert asked(ready, ("A4-80", 12, "transfer"), urgent=True) == ("DLV-4", "urgent")
    assert asked(ready, ("A4-80", 12, "partial"), urgent=True)[0] == "2026-11-23"


def test_a_day_before_the_goods_are_here_cannot_be_wished(ready):
    assert asked(ready, ("A4-80", 12, "transfer"), deliver_on=date(2026, 11, 24)) == ("DLV-2", "deliver_on")

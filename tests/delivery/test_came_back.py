"""Figures of a slip add up on paper and on its page, however much of it came back (SLP-6)."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.cash import after_refusal
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.model.rules import came_back
from ordersdesk.delivery.papers.slip_form import slips_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from screens.slip.page import goods
from screens.widgets.laying import Line
from tests.delivery.roads import driver, on_the_road

LINES = (("A4-80", 10), ("PEN-1", 4))
BACK = [
    ({}, ["350.00", "0.00", "350.00"]),
    ({1: 3}, ["350.00", "-75.00", "0.00", "275.00"]),
    ({1: 10, 2: 4}, ["350.00", "-350.00", "0.00", "0.00"]),
]


def handed_over(desk: Desk, refused: dict[int, int]) -> str:
    """A slip of 350.00 that is back from the road."""
    slip = on_the_road(desk, *LINES)
    if refused:
        partly_refused(driver(desk), slip, refused, "not_wanted")
    else:
        delivered(driver(desk), slip)
    return slip


def written(line: Line) -> str:
    """A line of a page as it is read."""
    return " ".join("".join(text for text, _role in line).split())


@pytest.mark.parametrize(("refused", "figures"), BACK)
def test_the_paper_adds_up_and_says_what_came_back(desk: Desk, refused: dict[int, int], figures: list[str]) -> None:
    form = slips_of(desk, [handed_over(desk, refused)])[0]
    parts = [form.total[8], *(fact.value for fact in form.sums[:-1])]
    due = form.sums[-1].value.lstrip("￥")
    assert ([*parts, due], sum(map(Decimal, parts))) == (figures, Decimal(due))
    marked = ["拒收" in row[9] for row in form.rows]
    assert marked == [1 in refused, 2 in refused]


@pytest.mark.parametrize(("refused", "figures"), BACK)
def test_the_page_adds_up_and_says_what_came_back(desk: Desk, refused: dict[int, int], figures: list[str]) -> None:
    shown = [written(line) for line in goods(by_number(desk, handed_over(desk, refused)), 80)]
    names = ("Goods ", "Came back ", "Delivery fee ", "To pay ")
    *parts, due = [line.split()[-1] for line in shown if line.startswith(names)]
    assert ([*parts, due], sum(map(Decimal, parts))) == ([*(f for f in figures[:-1] if f != "0.00"), due], Decimal(due))


@pytest.mark.parametrize(
    ("fee", "deposit"), [("0", "0"), ("10", "0"), ("-10", "0"), ("-10", "200"), ("10", "500"), ("-400", "50")]
)
@pytest.mark.parametrize("count", [0, 1, 9, 10])
def test_goods_and_what_came_back_with_fee_and_deposit_are_what_is_due(fee: str, deposit: str, count: int) -> None:
    line: Any = SimpleNamespace(pieces=10, refused=count, price=Decimal("33.335"), amount=Decimal("333.35"))
    back = came_back([line])
    sums = after_refusal(line.amount, -back, Decimal(fee), Decimal(deposit))
    assert line.amount + back + sums.fee - sums.deposit == sums.due


def test_a_refused_line_says_how_many_and_why_in_words(desk: Desk) -> None:
    slip = handed_over(desk, {1: 3})
    language.use("en")
    shown = [written(line) for line in goods(by_number(desk, slip), 120)]
    assert any("3 refused: not wanted any more" in line for line in shown)

"""The end of a month proposes size classes; a manager accepts them (CUS-6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ordersdesk.credit.class_actions import accept_classes
from ordersdesk.credit.class_queries import proposals
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import a_customer, an_item, as_role
from tests.credit.making import MONTHS, bought, told


@pytest.fixture
def traded(desk: Desk) -> Desk:
    """Three customers whose class should be another, and two whose class is right."""
    an_item(desk)
    bought_by = {"C1": ("small", "15000.00"), "C2": ("small", "14999.99"), "C3": ("key", "14999.99")}
    bought_by |= {"C4": ("key", "15000.00"), "C5": ("key", "0.00")}
    for own, (number, (size, amount)) in enumerate(bought_by.items(), 1):
        a_customer(desk, number, size_class=size)
        bought(desk, (MONTHS[own % 3], amount), (date(2026, 11, 2), "90000.00"), customer_id=own)
    return desk


def proposed(desk: Desk) -> list[tuple[str, str, str, Decimal]]:
    return [(one.number, one.before, one.after, one.average) for one in proposals(desk)]


def test_the_last_three_full_months_decide(traded: Desk) -> None:
    assert proposed(traded) == [
        ("C1", "small", "key", Decimal("5000.00")),
        ("C3", "key", "small", Decimal("4999.99")),
        ("C5", "key", "small", Decimal("0.00")),
    ]


def test_a_manager_accepts_all(traded: Desk) -> None:
    assert [one.number for one in accept_classes(as_role(traded, "manager"))] == ["C1", "C3", "C5"]
    assert proposed(traded) == []
    (step,) = told(traded, "customer")
    assert (step.verb, step.rule, step.note, step.details) == (
        "classed", "CUS-6", "5,000.00 a month", {"size_class": ["small", "key"]},
    )  # fmt: skip


def test_or_only_some(traded: Desk) -> None:
    accept_classes(as_role(traded, "manager"), numbers=["c3"])
    assert [number for number, *_rest in proposed(traded)] == ["C1", "C5"]


def test_what_is_not_proposed_is_refused_and_nothing_is_set(traded: Desk) -> None:
    with pytest.raises(Refused) as no:
        accept_classes(as_role(traded, "manager"), numbers=["C1", "C2"])
    assert (no.value.rule, no.value.field) == ("CUS-6", "customer")
    assert len(proposed(traded)) == 3


def test_an_agent_sets_no_class(traded: Desk) -> None:
    with pytest.raises(Refused) as no:
        accept_classes(traded)
    assert no.value.rule == "USR-2"

"""Every six months a monthly account is looked at again, or it lapses (CUS-7, B5.11.4)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.credit.queries import reviews_due
from ordersdesk.credit.review_actions import Review, Reviewed, review
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import a_customer, as_role
from tests.credit.making import STEPS, TODAY, a_regular, decided, stands, told

ACCOUNT: dict[str, Any] = {"terms": "account", "credit_limit": Decimal(10000), "credit_days": 30}
NEXT = date(2027, 5, 23)


def reviewed(desk: Desk, **values: Any) -> Reviewed:
    return review(as_role(desk, "finance", login="fi"), customer="C100001", decided=Review(**values))


def refusal(desk: Desk, **values: Any) -> Refused:
    with pytest.raises(Refused) as no:
        reviewed(desk, **values)
    return no.value


def limit(desk: Desk) -> tuple[str, Decimal, int, date | None]:
    now = stands(desk)
    return now.terms, now.credit_limit, now.credit_days, now.review_on


def test_a_kept_limit_is_reviewed_again_in_six_months(desk: Desk) -> None:
    a_customer(desk, **ACCOUNT, credit_review_on=TODAY)
    reviewed(desk)
    assert limit(desk) == ("account", Decimal("10000.00"), 30, NEXT)


def test_a_limit_may_be_set_below_what_is_owed(desk: Desk) -> None:
    a_customer(desk, **ACCOUNT, credit_review_on=TODAY, opening_balance=Decimal(8000))
    reviewed(desk, limit="5000", report="Fewer orders.")
    assert limit(desk) == ("account", Decimal("5000.00"), 30, NEXT)
    assert (stands(desk).open, stands(desk).left) == (Decimal("8000.00"), Decimal("0.00"))
    assert [(step.verb, step.by, step.note) for step in told(desk, "customer")] == [
        ("credit reviewed", "fi", "Fewer orders.")
    ]


def test_withdrawn_credit_is_prepaid(desk: Desk) -> None:
    a_customer(desk, **ACCOUNT, credit_review_on=TODAY)
    reviewed(desk, withdraw=True, report="Moved away.")
    assert limit(desk) == ("prepaid", Decimal("0.00"), 0, None)


@pytest.mark.parametrize("values", [{"limit": "10000.01"}, {"days": 31}])
def test_what_rises_needs_approval(desk: Desk, values: dict[str, Any]) -> None:
    a_regular(desk, **ACCOUNT, credit_review_on=TODAY)
    made = reviewed(desk, **values, report="They grow.")
    assert made.applied is not None
    assert limit(desk) == ("account", Decimal("10000.00"), 30, TODAY)
    decided(desk, made.applied.number, steps=(*STEPS[:2], ("finance", "f2"), ("branch_gm", "g")))
    wanted = Decimal(values.get("limit", "10000")), values.get("days", 30)
    assert limit(desk) == ("account", *wanted, NEXT)


def test_lapsed_credit_is_given_anew(desk: Desk) -> None:
    a_regular(desk, **ACCOUNT, credit_review_on=TODAY - timedelta(days=31))
    assert refusal(desk).field == "report"
    made = reviewed(desk, report="Was forgotten.")
    assert made.applied is not None
    assert limit(desk)[0] == "prepaid"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"limit": "half"}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": "2000000"}, "limit"),
        ({"days": "0"}, "days"),
        ({"limit": "5000"}, "report"),
        ({"limit": "15000"}, "report"),
        ({"withdraw": True}, "report"),
        ({"withdraw": True, "limit": "1", "report": "?"}, "limit"),
    ],
)
def test_a_wrong_review_is_refused_at_its_field(desk: Desk, values: dict[str, Any], field: str) -> None:
    a_regular(desk, **ACCOUNT, credit_review_on=TODAY)
    no = refusal(desk, **values)
    assert (no.rule, no.field, bool(no.mend)) == ("CUS-7", field, True)
    assert limit(desk) == ("account", Decimal("10000.00"), 30, TODAY)


def test_nothing_is_reviewed_while_more_is_being_decided(desk: Desk) -> None:
    a_regular(desk, **ACCOUNT, credit_review_on=TODAY)
    reviewed(desk, limit="20000", report="They grow.")
    assert refusal(desk, withdraw=True, report="No.").rule == "CUS-7"


def test_without_an_account_there_is_nothing_to_review(desk: Desk) -> None:
    a_customer(desk)
    assert refusal(desk).mend == "Apply for one with the sales rep's report."


@pytest.mark.parametrize("role", ["agent", "leader", "sales_rep"])
def test_a_review_needs_the_right_role(desk: Desk, role: str) -> None:
    a_customer(desk, **ACCOUNT)
    with pytest.raises(Refused) as no:
        review(as_role(desk, role), customer="C100001", decided=Review())
    assert no.value.rule == "USR-2"


def test_due_reviews_are_listed_the_longest_due_first(desk: Desk) -> None:
    days = {"C1": None, "C2": 0, "C3": -31, "C4": -30, "C5": 1}
    for number, ahead in days.items():
        a_customer(desk, number, **ACCOUNT, credit_review_on=None if ahead is None else TODAY + timedelta(days=ahead))
    a_customer(desk, "C6", credit_review_on=TODAY)
    assert [(due.number, due.has_lapsed) for due in reviews_due(desk)] == [
        ("C1", False), ("C3", True), ("C4", False), ("C2", False),
    ]  # fmt: skip
    assert [due.number for due in reviews_due(desk, days_ahead=1)][-1] == "C5"
    assert reviews_due(desk)[2].lapses_on == date(2026, 11, 24)

"""What is open on credit, and what becomes of terms and balance when their day passes (PAY-7, CUS-7, CUS-9)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text, update

from ordersdesk.changing import paid
from ordersdesk.customers.model.queries import buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.payments.actions import Received
from tests.builders import a_customer, a_draft, agreed, an_item, as_role

TODAY = date(2026, 11, 23)
ON_ACCOUNT: dict[str, Any] = {"terms": "account", "credit_limit": Decimal("1000.00"), "credit_days": 30}


def opened(desk: Desk, *, without: int = 0) -> Decimal:
    with desk.reading() as session:
        who = buyer(desk, session, "C100001")
        assert who is not None
        return exposure(session, in_arrears(session, who), without=without)


def ordered(desk: Desk, pieces: int, **values: Any) -> None:
    agreed(desk, a_draft(("A4-80", pieces), **values))


@pytest.fixture
def trading(desk: Desk) -> Desk:
    a_customer(desk, **ON_ACCOUNT, opening_balance=Decimal("300.00"))
    an_item(desk, stock=1000)
    return desk


def test_the_balance_and_the_open_orders_on_account_are_exposed(trading: Desk) -> None:
    ordered(trading, 4)
    ordered(trading, 8)
    ordered(trading, 20, payment="cash")
    assert opened(trading) == Decimal("600.00")


@pytest.mark.parametrize(("balance", "overdue", "owed"), [(0, 80, 80), (300, 80, 300), (300, 0, 300)])
def test_what_is_overdue_is_owed_and_counted_once(desk: Desk, balance: int, overdue: int, owed: int) -> None:
    a_customer(desk, opening_balance=Decimal(balance), overdue=Decimal(overdue))
    assert opened(desk) == Decimal(owed)


def test_a_document_never_counts_itself(trading: Desk) -> None:
    ordered(trading, 4)
    ordered(trading, 8)
    assert opened(trading, without=2) == Decimal("400.00")


@pytest.mark.parametrize(
    "change", [{"state": "cancelled"}, {"state": "rejected"}, {"state": "draft"}, {"paid": "paid"}]
)
def test_what_is_over_or_paid_is_not_open(trading: Desk, change: dict[str, str]) -> None:
    ordered(trading, 4)
    trading.database.write(lambda session: session.connection().execute(update(ORDER).values(**change)))
    assert opened(trading) == Decimal("300.00")


@pytest.mark.parametrize(("pieces", "is_over"), [(28, False), (29, True)])
def test_an_order_may_fill_the_limit_and_not_pass_it(trading: Desk, pieces: int, is_over: bool) -> None:
    made = submit(trading, a_draft(("A4-80", pieces)))
    assert ("PAY-7" in [reason.rule for reason in made.reasons]) is is_over


def test_a_limit_may_be_set_below_what_is_owed(desk: Desk) -> None:
    a_customer(desk, **{**ON_ACCOUNT, "credit_limit": Decimal("100.00"), "opening_balance": Decimal("300.00")})
    an_item(desk, stock=10)
    assert "PAY-7" in [reason.rule for reason in submit(desk, a_draft(("A4-80", 4))).reasons]


def test_the_sum_is_read_from_one_index_alone(desk: Desk) -> None:
    if desk.database.dialect != "sqlite":
        pytest.skip("the plan of an empty table says nothing there")
    statement = (
        "EXPLAIN QUERY PLAN SELECT sum(total), sum(money_in) FROM sales_order"
        " WHERE customer_id = :who AND id <> :without"
        " AND payment = 'account' AND paid <> 'paid' AND state IN ('review', 'confirmed')"
    )
    with desk.reading() as session:
        plan = session.connection().execute(text(statement), {"who": 1, "without": 0}).all()
    assert "USING COVERING INDEX ix_sales_order_on_credit" in plan[0][-1]


@pytest.mark.parametrize(
    ("review_on", "terms"),
    [
        (None, "account"),
        (TODAY, "account"),
        (TODAY - timedelta(days=30), "account"),
        (TODAY - timedelta(days=31), "prepaid"),
    ],
)
def test_credit_lapses_thirty_days_after_a_missed_review(desk: Desk, review_on: date | None, terms: str) -> None:
    a_customer(desk, **ON_ACCOUNT, credit_review_on=review_on)
    with desk.reading() as session:
        found = buyer(desk, session, "C100001")
    assert found is not None
    assert (found.terms, found.has_lapsed) == (terms, terms == "prepaid")


@pytest.mark.parametrize("payment", ["account", "cash"])
def test_after_the_lapse_goods_are_paid_before_they_go(desk: Desk, payment: str) -> None:
    a_customer(desk, **ON_ACCOUNT, credit_review_on=TODAY - timedelta(days=31))
    an_item(desk, stock=10)
    with pytest.raises(Refused) as no:
        submit(desk, a_draft(("A4-80", 4), payment=payment))
    said = "The credit review of 2026-10-23 was missed: prepaid only until it is made up for."
    assert (no.value.rule, no.value.field, no.value.message) == ("CUS-7", "payment", said)


@pytest.mark.parametrize("payment", ["", "transfer", "card"])
def test_after_the_lapse_an_order_goes_on_once_it_is_paid(desk: Desk, payment: str) -> None:
    a_customer(desk, **ON_ACCOUNT, credit_review_on=TODAY - timedelta(days=31))
    an_item(desk, stock=10)
    made = submit(desk, a_draft(("A4-80", 4), payment=payment))
    assert [(reason.rule, reason.role) for reason in made.reasons] == [("PAY-3", "finance")]
    assert paid(as_role(desk, "finance"), made.number, Received(Decimal("100.00"))).state == "confirmed"


@pytest.mark.parametrize(
    ("due_on", "overdue"),
    [(None, "0.00"), (TODAY, "0.00"), (TODAY - timedelta(days=1), "300.00")],
)
def test_a_balance_is_overdue_once_its_day_has_passed(desk: Desk, due_on: date | None, overdue: str) -> None:
    a_customer(desk, opening_balance=Decimal("300.00"), balance_due_on=due_on)
    an_item(desk, stock=10)
    with desk.reading() as session:
        found = buyer(desk, session, "C100001")
    assert found is not None
    assert found.overdue == Decimal(overdue)
    rules = [reason.rule for reason in submit(desk, a_draft(("A4-80", 4))).reasons]
    assert rules == (["CUS-9"] if found.overdue else [])

"""The gates before goods that leave unpaid look at the state of the world, whatever payment was named (ORD-5)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk import changing
from ordersdesk.approvals.queries import answered_for, queue
from ordersdesk.changing import paid
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.deciding import deny, grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry.actions import Submitted, submit
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.review.asking_actions import ask
from ordersdesk.orders.review.outcome import go_on_of
from ordersdesk.orders.sheets.actions import send_sheet
from ordersdesk.orders.terms.change_draft import parsed
from tests.builders import a_customer, a_draft, an_item, as_role, cancel

ACCOUNT: dict[str, Any] = {"terms": "account", "credit_limit": Decimal("1000.00"), "credit_days": 30}


def shop(desk: Desk, **buyer: Any) -> Desk:
    a_customer(desk, **buyer)
    an_item(desk, "A4-80", price="25.00", stock=1000)
    an_item(desk, "SAFE", price="100.00", stock=10_000)
    return desk


def taken(desk: Desk, item: str = "A4-80", pieces: int = 4, **values: Any) -> Submitted:
    return submit(desk, a_draft((item, pieces), **values))


def asked(made: Submitted) -> list[tuple[str, str]]:
    return [(one.rule, one.role) for one in made.reasons]


def standing(desk: Desk, number: str) -> tuple[str, list[tuple[str, str]]]:
    order = page_queries.by_number(desk, number)
    return order.head.state, [(one.rule, one.role) for one in order.reasons]


def now(desk: Desk, **values: Any) -> None:
    """Let the world change for every customer."""
    desk.database.write(lambda session: session.connection().execute(update(CUSTOMER).values(**values)))


def yes(desk: Desk, number: str, *roles: str, login: str = "wang") -> str:
    version = page_queries.by_number(desk, number).head.version
    return grant(as_role(desk, *roles, login=login), "order", number, seen_version=version).state


def changed(desk: Desk, number: str, **values: Any) -> Any:
    return changing.request(desk, parsed({"order": number, "reason": "customer called", **values}))


@pytest.mark.parametrize(
    ("payment", "rules"),
    [("cash", [("CUS-9", "manager")]), ("transfer", [("PAY-3", "finance")]), ("card", [("PAY-3", "finance")])],
)
def test_who_is_overdue_pays_first_whatever_is_named(desk: Desk, payment: str, rules: list[tuple[str, str]]) -> None:
    assert asked(taken(shop(desk, overdue=Decimal(12_500)), payment=payment)) == rules


@pytest.mark.parametrize(("open_", "over"), [("1000.00", False), ("1000.01", True)])
def test_who_is_over_the_limit_is_asked_about_for_cash_too(desk: Desk, open_: str, over: bool) -> None:
    shop(desk, **ACCOUNT, opening_balance=Decimal(open_))
    assert (("PAY-7", "branch_gm") in asked(taken(desk, payment="cash"))) is over


def test_a_change_of_payment_looks_at_every_gate_again(desk: Desk) -> None:
    number = taken(shop(desk, **ACCOUNT), pieces=60, payment="account").number
    assert standing(desk, number)[1] == [("ORD-5", "manager"), ("PAY-7", "branch_gm")]
    changed(desk, number, payment="card")
    assert standing(desk, number) == ("review", [("PAY-3", "finance")])
    changed(desk, number, payment="cash")
    assert standing(desk, number) == ("confirmed", [])


def test_from_an_account_to_cash_a_debt_is_looked_at_again(desk: Desk) -> None:
    number = taken(shop(desk, **ACCOUNT), pieces=60, payment="account").number
    now(desk, overdue=Decimal("80.00"))
    changed(desk, number, payment="cash")
    assert standing(desk, number) == ("review", [("CUS-9", "manager")])


def test_a_confirmed_order_that_is_to_be_paid_ahead_now_waits_for_its_money(desk: Desk) -> None:
    number = taken(shop(desk)).number
    made = changed(desk, number, payment="transfer")
    assert (made.level, made.state) == ("major", "asked")
    grant(as_role(desk, "manager", login="wang"), "change", made.number, seen_version=1)
    assert standing(desk, number) == ("review", [("PAY-3", "finance")])
    assert paid(as_role(desk, "finance"), number, Received(Decimal(100))).state == "confirmed"


@pytest.mark.parametrize(("totals", "gm"), [((49_900,), False), ((50_000,), True), ((25_000, 24_900), False)])
def test_a_large_order_begins_at_50000(desk: Desk, totals: tuple[int, ...], gm: bool) -> None:
    shop(desk)
    made = [taken(desk, "SAFE", total // 100, contact=f"Wang {total}", accepted=_yes(desk)) for total in totals]
    assert (("ORD-5", "branch_gm") in asked(made[-1])) is gm


def test_large_is_what_the_orders_of_a_day_come_to_together(desk: Desk) -> None:
    shop(desk)
    first = taken(desk, "SAFE", 440)
    desk.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    second = taken(desk, "SAFE", 440)
    assert (asked(first), asked(second)) == ([], [("ORD-5", "branch_gm")])
    assert second.reasons[0].sentence == (
        "With 44,000.00 the orders of this day come to 88,000.00: a large order (from 50,000.00)."
    )


def test_what_is_cancelled_or_of_yesterday_counts_nothing(desk: Desk) -> None:
    shop(desk)
    first = taken(desk, "SAFE", 440, payment="transfer").number
    cancel(desk, number=first, version=1, reason="wrong number")
    desk.clock.advance(timedelta(minutes=31))  # type: ignore[attr-defined]
    assert asked(taken(desk, "SAFE", 440)) == []
    desk.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert asked(taken(desk, "SAFE", 440)) == []


def _yes(desk: Desk) -> tuple[str, ...]:
    with desk.reading() as session:
        numbers = session.connection().exec_driver_sql("SELECT number FROM sales_order").scalars().all()
    return tuple(f"JOY-5:{number}" for number in numbers)


def far_away(desk: Desk) -> Desk:
    shop(desk)
    beijing = "UPDATE address SET region = '北京', city = '北京市'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(beijing))
    return desk


def test_cash_that_a_carrier_would_collect_is_looked_at_by_finance(desk: Desk) -> None:
    made = taken(far_away(desk), payment="cash")
    assert asked(made) == [("ORD-5", "finance")]
    assert yes(desk, made.number, "finance") == "confirmed"


# --- looked at when it is confirmed, not when it was asked


def waiting_for_its_sheet(desk: Desk, **buyer: Any) -> str:
    """An order on account of 250.00 with everybody's yes, that waits for its sheet."""
    a_customer(desk, grade="B", **(ACCOUNT | buyer))
    an_item(desk, "A4-80", price="25.00", stock=2)
    line = a_draft(("A4-80", 10)).lines[0].model_copy(update={"shortage": "purchase"})
    number = submit(desk, a_draft(lines=(line,), payment="account")).number
    for place, role in enumerate(one.role for one in page_queries.by_number(desk, number).reasons if one.occasion):
        yes(desk, number, role, login=f"boss{place}")
    send_sheet(desk, number=number, how="fax")
    return number


def test_a_limit_lowered_since_asks_again(desk: Desk) -> None:
    number = waiting_for_its_sheet(desk)
    now(desk, credit_limit=Decimal("100.00"))
    assert changing.sheet_returned(desk, number=number).state == "review"
    assert standing(desk, number)[1] == [("PAY-7", "branch_gm")]
    assert yes(desk, number, "branch_gm", login="zhao") == "confirmed"


def test_a_yes_for_an_amount_over_the_limit_stands(desk: Desk) -> None:
    number = waiting_for_its_sheet(desk, credit_limit=Decimal("100.00"))
    assert changing.sheet_returned(desk, number=number).state == "confirmed"


def test_a_limit_lowered_below_what_was_agreed_asks_again(desk: Desk) -> None:
    number = waiting_for_its_sheet(desk, credit_limit=Decimal("100.00"))
    now(desk, credit_limit=Decimal("99.99"))
    assert changing.sheet_returned(desk, number=number).state == "review"


def test_a_debt_made_since_asks_the_manager(desk: Desk) -> None:
    number = waiting_for_its_sheet(desk)
    now(desk, overdue=Decimal("80.00"))
    changing.sheet_returned(desk, number=number)
    assert standing(desk, number) == ("review", [("CUS-9", "manager")])


def test_a_raised_limit_asks_nobody_any_more(desk: Desk) -> None:
    number = taken(shop(desk, **ACCOUNT), pieces=60, payment="account").number
    now(desk, credit_limit=Decimal("1500.00"))
    assert (yes(desk, number, "manager"), standing(desk, number)) == ("confirmed", ("confirmed", []))


def test_who_asks_for_an_order_lets_it_go_on_when_its_debt_is_paid(desk: Desk) -> None:
    number = taken(shop(desk, overdue=Decimal("80.00")), payment="cash").number
    now(desk, overdue=Decimal("0.00"))
    assert (ask(desk, number=number), standing(desk, number)[0]) == ([], "confirmed")


def test_a_block_holds_an_order_until_it_is_lifted(desk: Desk) -> None:
    number = waiting_for_its_sheet(desk)
    now(desk, blocked="欠款纠纷")
    assert changing.sheet_returned(desk, number=number).state == "review"
    assert standing(desk, number)[1] == [("CUS-11", "manager")]
    now(desk, blocked="")
    assert standing(desk, number)[1] == [("ORD-13", "agent")]  # nothing holds it: asked for, it goes on
    assert (ask(desk, number=number), standing(desk, number)[0]) == ([], "confirmed")


# --- who answers (USR-4)


def test_a_yes_whose_order_still_waits_is_nobodys_to_answer(desk: Desk) -> None:
    number = taken(shop(desk, **ACCOUNT), pieces=60, payment="account").number
    yes(desk, number, "manager")
    assert answered_for(desk) == []
    yes(desk, number, "branch_gm", login="zhao")
    assert [(row.document, row.approver, row.occasion) for row in answered_for(desk)] == [
        (number, "zhao, wang", "over_limit, account_order")
    ]
    assert [row.document for row in answered_for(desk, approver="wang")] == [number]


def test_a_no_to_what_is_held_leaves_it_held_and_tells_its_agent(desk: Desk) -> None:
    number = taken(shop(desk), payment="cash").number
    now(desk, overdue=Decimal("80.00"))
    assert ask(desk, number=number) == ["manager"]
    version = page_queries.by_number(desk, number).head.version
    deny(as_role(desk, "manager", login="wang"), "order", number, seen_version=version, reason="pay first")
    assert standing(desk, number) == ("confirmed", [("CUS-9", "manager")])


def test_nobody_is_asked_any_more_about_a_debt_that_was_paid(desk: Desk) -> None:
    number = taken(shop(desk), payment="cash").number
    now(desk, overdue=Decimal("80.00"))
    ask(desk, number=number)
    now(desk, overdue=Decimal("0.00"))
    desk.database.write(lambda session: go_on_of(desk, session, [1]))
    assert (queue(as_role(desk, "manager", login="wang"), limit=9), standing(desk, number)) == ([], ("confirmed", []))


def test_a_limit_that_is_raised_lets_what_waited_for_it_go_on(desk: Desk) -> None:
    number = taken(shop(desk, **ACCOUNT), pieces=60, payment="account").number
    now(desk, credit_limit=Decimal("1500.00"))
    desk.database.write(lambda session: go_on_of(desk, session, [1]))
    assert standing(desk, number) == ("review", [("ORD-5", "manager")])

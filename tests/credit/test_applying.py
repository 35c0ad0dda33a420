"""From the sales rep's report to a monthly account, or not (CUS-7)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.credit.actions import apply
from ordersdesk.deciding import deny, grant, withdraw
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.review.standing_actions import merge
from tests.builders import a_customer, a_draft, an_item, as_role, turn_clock
from tests.credit.making import STEPS, TODAY, a_regular, applied, bought, decided, stands, told


def refusal(desk: Desk, **values: Any) -> Refused:
    with pytest.raises(Refused) as no:
        applied(desk, **values)
    return no.value


def test_three_reviews_are_asked_for_at_once_and_the_branch_gm_after_them(desk: Desk) -> None:
    a_regular(desk)
    made = applied(desk)
    assert made.number == "CR20261123-0001"
    assert [(one.role, one.state, one.occasion) for one in made.waits_for] == [
        ("office_supervisor", "waiting", "credit_manager"),
        ("sales_manager", "waiting", "credit_sales"),
        ("finance", "waiting", "credit_finance"),
        ("branch_gm", "later", "credit_gm"),
    ]
    assert made.waits_for[0].sentence == "明远办公: monthly account up to 20,000.00, 30 days."


def test_after_the_last_yes_the_customer_has_a_monthly_account(desk: Desk) -> None:
    a_regular(desk)
    decided(desk, applied(desk).number)
    now = stands(desk)
    assert (now.terms, now.credit_limit, now.credit_days) == ("account", Decimal("20000.00"), 30)
    assert (now.review_on, now.applications[0].state) == (date(2027, 5, 23), "granted")
    assert submit(desk, a_draft(("A4-80", 4), payment="account")).state == "review"


def test_before_the_last_yes_nothing_changes(desk: Desk) -> None:
    a_regular(desk)
    decided(desk, applied(desk).number, steps=STEPS[:3])
    now = stands(desk)
    assert (now.terms, now.applications[0].state) == ("cash", "asked")


def test_the_story_of_customer_and_application_names_who_decided(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    decided(desk, number)
    (granted,) = told(desk, "customer")
    assert (granted.verb, granted.by, granted.rule, granted.note) == ("credit granted", "gm", "CUS-7", number)
    assert granted.details["credit_limit"] == ["0.00", "20000.00"]
    assert [(step.verb, step.by) for step in told(desk, "credit")] == [
        ("begin", "xu"), ("ask", "xu"), ("asks", "xu"), ("granted", "ma"), ("granted", "le"), ("granted", "fi"),
        ("granted", "gm"), ("grant", "gm"),
    ]  # fmt: skip


def test_the_branch_gm_cannot_go_first(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    with pytest.raises(Refused) as no:
        grant(as_role(desk, "branch_gm", login="gm"), "credit", number, seen_version=1)
    assert no.value.rule == "USR-2"


def test_who_applied_never_grants_it(desk: Desk) -> None:
    a_regular(desk)
    chief = as_role(desk, "manager", "office_supervisor", "sales_manager", "finance", "branch_gm", login="ma")
    made = apply(chief, customer="C100001", limit=20000, days=30, report="Pays well.")
    with pytest.raises(Refused) as no:
        grant(chief, "credit", made.number, seen_version=1)
    assert (no.value.rule, stands(desk).terms) == ("USR-3", "cash")


def test_a_denial_is_kept_and_the_terms_stay(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    deny(as_role(desk, "finance", login="fi"), "credit", number, seen_version=1, reason="Pays late elsewhere.")
    now = stands(desk)
    assert (now.terms, now.applications[0].state) == ("cash", "denied")
    assert now.applications[0].reason == "Pays late elsewhere."
    assert applied(desk).number == "CR20261123-0002"


def test_a_withdrawn_application_can_no_longer_be_granted(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    withdraw(as_role(desk, "sales_rep", login="xu"), "credit", number, reason="They changed their mind.")
    assert stands(desk).applications[0].state == "withdrawn"
    with pytest.raises(Refused) as no:
        grant(as_role(desk, "office_supervisor", login="ma"), "credit", number, seen_version=1)
    assert (no.value.rule, stands(desk).terms) == ("ORD-11", "cash")


def test_who_fell_overdue_meanwhile_gets_nothing(desk: Desk) -> None:
    a_regular(desk, opening_balance=Decimal(300), balance_due_on=TODAY)
    number = applied(desk).number
    decided(desk, number, steps=STEPS[:3])
    desk.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    with pytest.raises(Refused) as no:
        decided(desk, number, steps=STEPS[3:])
    assert (no.value.rule, "overdue: 300.00" in no.value.message, "Deny it" in no.value.mend) == ("CUS-7", True, True)
    assert (stands(desk).terms, stands(desk).applications[0].state) == ("cash", "asked")


def test_everything_missing_is_named_and_nothing_is_written(desk: Desk) -> None:
    a_customer(desk, overdue=Decimal("80.00"))
    an_item(desk)
    bought(desk, (date(2026, 9, 1), "14999.99"))
    no = refusal(desk)
    assert (no.rule, no.field) == ("CUS-7", "customer")
    assert no.message == (
        "Not yet a customer for credit: months of trade: 2 (3 needed); bought a month on average: 4,999.99 "
        "(5,000.00 needed); overdue: 80.00 (nothing may be)."
    )
    assert stands(desk).applications == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"limit": "plenty"}, "limit"),
        ({"limit": "-5000"}, "limit"),
        ({"limit": "1000000.01"}, "limit"),
        ({"days": "a month"}, "days"),
        ({"days": 400}, "days"),
        ({"report": "  "}, "report"),
    ],
)
def test_a_wrong_application_is_refused_at_its_field(desk: Desk, values: dict[str, Any], field: str) -> None:
    a_regular(desk)
    no = refusal(desk, **values)
    assert (no.rule, no.field, bool(no.mend)) == ("CUS-7", field, True)
    assert stands(desk).applications == ()


def test_an_agent_does_not_apply(desk: Desk) -> None:
    a_regular(desk)
    with pytest.raises(Refused) as no:
        apply(desk, customer="C100001", limit=20000, days=30, report="Pays well.")
    assert no.value.rule == "USR-2"


@pytest.mark.parametrize("customer", ["C999999", "", "x" * 5000, "\x1b[2J"])
def test_an_unknown_customer_is_refused(desk: Desk, customer: str) -> None:
    with pytest.raises(Refused) as no:
        apply(as_role(desk, "sales_rep"), customer=customer, limit=1, days=1, report="?")
    assert (no.value.rule, no.value.field) == ("CUS-1", "customer")


def test_one_customer_has_one_application_at_a_time(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    no = refusal(desk, limit="30000")
    assert (no.rule, number in no.message) == ("CUS-7", True)


def test_who_has_a_monthly_account_is_reviewed_instead(desk: Desk) -> None:
    a_regular(desk, terms="account")
    no = refusal(desk)
    assert (no.rule, no.mend) == ("CUS-7", "Review it: that keeps, changes or withdraws the limit.")


def test_only_what_was_agreed_counts_as_bought(desk: Desk) -> None:
    a_regular(desk, "5000.00", "5000.00", "4900.00")
    turn_clock(desk, timedelta(days=-24))
    submit(desk, a_draft(("A4-80", 4)))
    turn_clock(desk, timedelta(days=24))
    found = stands(desk).evidence
    assert found.months == (
        (date(2026, 8, 1), Decimal("5000.00")), (date(2026, 9, 1), Decimal("5000.00")),
        (date(2026, 10, 1), Decimal("5000.00")),
    )  # fmt: skip
    assert (found.average, found.months_of_trade, found.open) == (Decimal("5000.00"), 4, Decimal("0.00"))


def test_what_two_records_owe_is_due_on_the_earlier_day(desk: Desk) -> None:
    a_customer(desk, opening_balance=Decimal(300), balance_due_on=TODAY + timedelta(days=9))
    a_customer(desk, "C200002", opening_balance=Decimal(50), balance_due_on=TODAY - timedelta(days=1))
    merge(as_role(desk, "leader"), kept_id=1, merged_id=2)
    assert (stands(desk).overdue, stands(desk).open) == (Decimal("350.00"), Decimal("350.00"))


def test_an_application_follows_a_merged_customer(desk: Desk) -> None:
    a_regular(desk)
    a_customer(desk, "C200002")
    number = applied(desk).number
    merge(as_role(desk, "leader"), kept_id=2, merged_id=1)
    decided(desk, number)
    assert (stands(desk).number, stands(desk).terms) == ("C200002", "account")

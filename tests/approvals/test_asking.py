"""Asking: step after step, in working time, and a queue that is read from its index alone (ORD-13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from ordersdesk.approvals.actions import ask_within, withdraw_within
from ordersdesk.approvals.check_queries import stuck
from ordersdesk.approvals.queries import queue, waiting_on
from ordersdesk.approvals.rules import Need, Subject, answering, asked, differences
from ordersdesk.deciding import grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.kinds import OCCASIONS
from tests.approvals.asking import gm, in_review, manager, order


def asked_in_steps(desk: Desk) -> str:
    """An order that needs the manager, then the branch GM, and nobody else."""
    number = in_review(desk)
    head = order(desk, number).head
    subject = Subject("order", head.id, number, 1, head.customer_name)
    month = Need(OCCASIONS["account_order"], "By the month.", covers=head.total)
    needs = [Need(OCCASIONS["large_order"], "{total} is much.", {"total": "1"}, step=2), month]

    def work(session: Session) -> None:
        withdraw_within(desk, session, "order", head.id, reason="asked anew")
        ask_within(desk, session, subject, needs)

    desk.database.write(work)
    return number


def waits(desk: Desk, number: str) -> list[tuple[str, str]]:
    with desk.reading() as session:
        return [(why.role, why.state) for why in waiting_on(session, "order", order(desk, number).head.id)]


def test_a_later_step_waits_for_the_earlier_one(desk: Desk) -> None:
    number = asked_in_steps(desk)
    assert waits(desk, number) == [("manager", "waiting"), ("branch_gm", "later")]
    assert (len(queue(manager(desk), limit=9)), queue(gm(desk), limit=9)) == (1, [])
    grant(manager(desk), "order", number, seen_version=1)
    assert waits(desk, number) == [("branch_gm", "waiting")]
    assert grant(gm(desk), "order", number, seen_version=1).state == "confirmed"


def test_the_time_of_a_later_step_begins_when_it_is_asked(desk: Desk) -> None:
    number = asked_in_steps(desk)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(hours=7))  # 17:00; half an hour is left of the day
    grant(manager(desk), "order", number, seen_version=1)
    (waiting,) = queue(gm(desk), limit=9)
    assert f"{waiting.due_at.astimezone(desk.zone):%a %H:%M}" == "Tue 10:00"


def test_a_later_step_without_an_earlier_one_is_found(desk: Desk) -> None:
    number = asked_in_steps(desk)
    gone = text("UPDATE approval SET state = 'withdrawn' WHERE state = 'waiting'")
    desk.database.write(lambda session: session.connection().execute(gone))
    with desk.reading() as session:
        assert [number in fault.what for fault in stuck(desk, session)] == [True]


def test_what_changed_is_said_label_by_label() -> None:
    before, now = {"Total": "100.00", "Address": "A"}, {"Total": "250.00", "Address": "A", "Note": "x"}
    assert list(differences(before, now)) == ["Total: 100.00 → 250.00", "Note: – → x"]


def test_the_queue_is_read_in_the_order_of_its_index(desk: Desk) -> None:
    if desk.database.dialect != "sqlite":
        return
    sql = "EXPLAIN QUERY PLAN SELECT id FROM approval WHERE approval.state = 'waiting' AND branch = 'SH'"
    with desk.reading() as session:
        rows = session.connection().execute(text(f"{sql} AND role = 'manager' ORDER BY rank, due_at, id LIMIT 50"))
        plan = [str(row[3]) for row in rows]
    assert [step for step in plan if "TEMP B-TREE" in step] == []
    assert "ix_approval_waiting" in plan[0]


def test_the_policy_says_of_every_occasion_its_name_its_rule_and_who_answers(policy: Policy) -> None:
    found = [asked(policy, OCCASIONS[name]) for name in ("overdue", "over_limit")]
    assert [(each.occasion.label, each.occasion.rule, each.role, each.minutes) for each in found] == [
        ("customer is overdue", "CUS-9", "manager", 60), ("over the credit limit", "PAY-7", "branch_gm", 120),
    ]  # fmt: skip


def test_every_occasion_of_a_room_has_its_answerer_in_the_policy_and_no_answerer_waits_in_vain(policy: Policy) -> None:
    assert set(policy.approvals.answerers) == set(OCCASIONS)
    assert [one.name for one in OCCASIONS.values() if not (one.label and one.rule and one.since(policy))] == []


def test_only_roles_that_some_occasion_names_answer(policy: Policy) -> None:
    roles = answering(policy)
    assert roles >= {"manager", "branch_gm", "leader", "finance"}
    assert roles & {"agent", "driver", "nobody"} == set()


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"Total": "1.00"}, {"Total": "1.00"}, []),
        ({"Total": "1.00"}, {"Total": "2.00"}, ["Total: 1.00 → 2.00"]),
        ({"Total": "1.00"}, {}, ["Total: 1.00 → –"]),
        ({}, {"Note": "x", "Total": ""}, ["Note: – → x", "Total: – → –"]),
        ({"b": "1", "a": "1"}, {"a": "2", "b": "2"}, ["b: 1 → 2", "a: 1 → 2"]),
    ],
)
def test_what_changed_since_is_said_in_the_order_it_was_seen(
    before: dict[str, str], now: dict[str, str], said: list[str]
) -> None:
    assert list(differences(before, now)) == said


def test_codes_are_put_into_words_when_they_changed() -> None:
    words = {("Payment", "cash"): "cash on delivery", ("Payment", "account"): ""}
    told = differences({"Payment": "cash"}, {"Payment": "account"}, lambda label, text: words[label, text])
    assert list(told) == ["Payment: cash on delivery → –"]

"""Grant, deny, withdraw: by whom, of what, and what becomes of the document (USR-2, USR-3, USR-4, ORD-11)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.approvals.open_queries import open_on
from ordersdesk.approvals.page_queries import entries
from ordersdesk.approvals.queries import APPROVAL, answered_for, queue
from ordersdesk.changing import request
from ordersdesk.deciding import Decided, deny, grant, grant_by_code, make_code, withdraw
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import as_draft
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.review.outcome import seen
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.people.actions import add_user
from tests.approvals.asking import a_manager, gm, in_review, manager, order
from tests.builders import a_draft, agreed, as_role, cancel


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def test_the_only_yes_confirms_the_order(desk: Desk) -> None:
    number = in_review(desk)
    made = grant(manager(desk), "order", number, seen_version=1)
    assert made == Decided("order", number, "confirmed", ("account_order",), 0)
    story = [(step.verb, step.to_state, step.rule, step.by) for step in order(desk, number).story]
    assert story[-3:] == [
        ("asks", "", "ORD-5", "lin"),
        ("granted", "", "ORD-5", "wang"),
        ("approve", "confirmed", "ORD-5", "wang"),
    ]


def test_an_order_goes_on_only_after_the_last_yes(desk: Desk) -> None:
    number = in_review(desk, total=50_000)
    assert grant(manager(desk), "order", number, seen_version=1).left == 1
    assert [(why.role, why.occasion) for why in order(desk, number).reasons] == [("branch_gm", "large_order")]
    assert grant(gm(desk), "order", number, seen_version=1).state == "confirmed"


def test_who_has_both_roles_gives_one_yes_and_somebody_else_the_other(desk: Desk) -> None:
    number = in_review(desk, total=50_000)
    both = as_role(desk, "manager", "branch_gm", login="zhao")
    assert grant(both, "order", number, seen_version=1).decided == ("account_order",)
    assert queue(both, limit=9) == []
    said = refusal(lambda: grant(both, "order", number, seen_version=1))
    assert (said.rule, said.message) == ("USR-3", f"You gave {number} another yes already: nobody gives two.")
    assert refusal(lambda: make_code(both, "order", number)).rule == "USR-3"
    assert grant(gm(desk, login="other"), "order", number, seen_version=1).state == "confirmed"


def test_a_role_says_one_yes_to_all_its_reasons_and_answers_for_each(desk: Desk) -> None:
    number = in_review(desk, overdue=Decimal(500))
    assert [one.sentence for one in order(desk, number).reasons] == [
        "500.00 is overdue: pay first, then ship.", "The order goes on monthly account.",
    ]  # fmt: skip
    assert grant(manager(desk), "order", number, seen_version=1).decided == ("overdue", "account_order")
    assert [(row.approver, row.occasion) for row in answered_for(desk)] == [("wang", "account_order, overdue")]


def test_the_yes_of_both_roles_is_the_one_fewer_others_can_give(desk: Desk) -> None:
    a_manager(desk, "wang")
    number = in_review(desk, total=50_000)
    both = as_role(desk, "manager", "branch_gm", login="zhao")
    assert grant(both, "order", number, seen_version=1).decided == ("large_order",)
    assert grant(manager(desk), "order", number, seen_version=1).state == "confirmed"


def test_a_code_of_both_roles_is_one_yes_too(desk: Desk) -> None:
    add_user(desk.signed_in(SYSTEM), login="zhao", name="Zhao", roles=["manager", "branch_gm"], password="long enough")
    number = in_review(desk, total=50_000)
    both = as_role(desk, "manager", "branch_gm", login="zhao")
    made = grant_by_code(desk, "order", number, code=make_code(both, "order", number))
    assert (made.decided, made.state) == (("account_order",), "review")
    assert refusal(lambda: make_code(both, "order", number)).rule == "USR-3"


def test_a_no_rejects_and_withdraws_what_else_was_asked(desk: Desk) -> None:
    number = in_review(desk, total=50_000)
    made = deny(gm(desk), "order", number, seen_version=1, reason="too much at once")
    assert (made.state, made.left, order(desk, number).reasons) == ("rejected", 0, ())
    with desk.reading() as session:
        states = session.connection().execute(APPROVAL.select().order_by(APPROVAL.c.id)).mappings().all()
    assert [(row["role"], row["state"], row["decided_by"], row["reason"]) for row in states] == [
        ("manager", "withdrawn", "zhao", "too much at once"),
        ("branch_gm", "denied", "zhao", "too much at once"),
    ]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_no_needs_a_reason(desk: Desk, reason: str) -> None:
    number = in_review(desk)
    said = refusal(lambda: deny(manager(desk), "order", number, seen_version=1, reason=reason))
    assert (said.rule, said.field, order(desk, number).head.state) == ("USR-2", "reason", "review")


def test_a_reason_is_kept_whole_or_refused(desk: Desk) -> None:
    number = in_review(desk)
    assert refusal(lambda: deny(manager(desk), "order", number, seen_version=1, reason="\x1b[31m")).rule == "FIL-3"
    assert refusal(lambda: deny(manager(desk), "order", number, seen_version=1, reason="no " * 200)).rule == "FIL-3"


@pytest.mark.parametrize("role", ["agent", "leader", "branch_gm", "finance", "admin"])
def test_only_the_role_that_is_asked_decides(desk: Desk, role: str) -> None:
    number = in_review(desk)
    said = refusal(lambda: grant(as_role(desk, role), "order", number, seen_version=1))
    assert (said.rule, "manager" in said.mend, order(desk, number).head.state) == ("USR-2", True, "review")


@pytest.mark.parametrize("decide", [grant, deny])
def test_nobody_decides_their_own(desk: Desk, decide: Callable[..., object]) -> None:
    taker = as_role(desk, "agent", "manager", "branch_gm", "leader", login="lin")
    number = in_review(taker)
    said = refusal(lambda: decide(taker, "order", number, seen_version=1, reason="mine"))
    assert (said.rule, order(desk, number).head.state) == ("USR-3", "review")


@pytest.mark.parametrize("who", ["lin", "mei"])
def test_neither_who_took_an_order_nor_who_corrected_it_decides_it(desk: Desk, who: str) -> None:
    """USR-3 looks at everybody who had a hand in it, not only at who asked last."""
    number = in_review(desk)
    for corrector in ("mei", "hong"):
        regret(desk, number)
        agreed(as_role(desk, "agent", login=corrector), as_draft(desk, number))
    both = as_role(desk, "agent", "manager", login=who)
    version = order(desk, number).head.version
    said = refusal(lambda: grant(both, "order", number, seen_version=version))
    told = f"You took {number} or corrected it yourself: nobody grants their own."
    assert (said.rule, said.message, queue(both, limit=9)) == ("USR-3", told, [])
    with desk.reading() as session:
        assert [one.for_me for one in entries(both, session, "order", 1)] == [False] * 3
    assert grant(manager(desk), "order", number, seen_version=version).state == "confirmed"


def test_who_corrected_it_when_nobody_was_asked_does_not_decide_it_later(desk: Desk) -> None:
    number = in_review(desk)
    regret(desk, number)
    plain = as_draft(desk, number).model_copy(update={"payment": "cash"})
    assert agreed(as_role(desk, "agent", login="mei"), plain).state == "confirmed"
    regret(desk, number)
    agreed(desk, as_draft(desk, number).model_copy(update={"payment": "account"}))
    version = order(desk, number).head.version
    mei = as_role(desk, "manager", login="mei")
    assert refusal(lambda: grant(mei, "order", number, seen_version=version)).rule == "USR-3"


def test_a_changed_document_is_refused_with_what_changed(desk: Desk) -> None:
    number = in_review(desk)

    def change(session: Session) -> None:
        session.connection().execute(update(ORDER).values(version=2, address="外滩1号"))

    desk.database.write(change)
    said = refusal(lambda: grant(manager(desk), "order", number, seen_version=1))
    assert (said.rule, said.message) == ("ORD-11", f"{number} has changed since: Address: 张江路88号 → 外滩1号.")
    assert refusal(lambda: grant(manager(desk), "order", number, seen_version=2)).rule == "ORD-11"


def test_when_nothing_compared_changed_the_refusal_says_who_did_what_last(desk: Desk) -> None:
    number = in_review(desk)
    request(desk, parsed({"order": number, "reason": "called again", "note": "use the back door"}))
    said = refusal(lambda: grant(manager(desk), "order", number, seen_version=1))
    why = "CH20261123-0001: called again"
    assert said.message == f"{number} has changed since: lin: Change, 11-23 10:00 ({why})."


def test_an_approver_is_shown_what_stands_against_the_credit(desk: Desk) -> None:
    first = in_review(desk, total=300, overdue=Decimal(50), opening_balance=Decimal(20))
    second = agreed(desk, a_draft(("DESK", 2))).number
    with desk.reading() as session:
        asked = open_on(session, "order", 2)[0].seen
        now = seen(desk, session, 2)
    assert (first, dict(now)) == ("SO20261123-0001", dict(asked))
    assert dict(asked) == {
        "Customer": "C100001 明远办公", "Total": "200.00", "Payment": "account", "Lines": "2 × DESK",
        "Address": "张江路88号", "Delivery": str(order(desk, second).head.promised_on),
        "Terms": "account", "Credit limit": "1,000,000.00", "Open without it": "350.00", "Overdue": "50.00",
    }  # fmt: skip


def test_credit_is_nobodys_business_where_nothing_leaves_unpaid(desk: Desk) -> None:
    in_review(desk)
    agreed(desk, a_draft(("DESK", 600), payment="cash"))
    with desk.reading() as session:
        assert "Credit limit" not in open_on(session, "order", 2)[0].seen


def test_what_was_not_seen_is_not_granted(desk: Desk) -> None:
    number = in_review(desk)
    said = refusal(lambda: grant(manager(desk), "order", number, seen_version=7))
    assert (said.rule, said.message) == ("ORD-11", f"{number} has changed since: lin: Send to review, 11-23 10:00.")


def test_what_is_decided_is_not_decided_again(desk: Desk) -> None:
    number = in_review(desk)
    grant(manager(desk), "order", number, seen_version=1)
    said = refusal(lambda: deny(as_role(desk, "manager"), "order", number, seen_version=1, reason="late"))
    assert (said.rule, said.message) == ("ORD-11", f"wang granted {number} at 11-23 10:00: it is confirmed.")


def test_a_withdrawn_request_cannot_be_granted(desk: Desk) -> None:
    number = in_review(desk)
    cancel(desk, number=number, version=1, reason="changed his mind")
    said = refusal(lambda: grant(manager(desk), "order", number, seen_version=1))
    assert (said.rule, said.message) == (
        "ORD-11",
        f"lin withdrew what was asked about {number} at 11-23 10:00: it is cancelled.",
    )


def test_an_order_stands_with_its_approvals(desk: Desk) -> None:
    number = in_review(desk)
    assert refusal(lambda: withdraw(desk, "order", number, reason="no need")).rule == "ORD-13"
    stranger = as_role(desk, "agent", login="mei")
    assert refusal(lambda: withdraw(stranger, "order", number, reason="no need")).rule == "USR-2"
    assert refusal(lambda: withdraw(desk, "order", number, reason="")).field == "reason"


@pytest.mark.parametrize(("kind", "rule"), [("call", "USR-2"), ("nonsense", "USR-2"), ("order", "ORD-9")])
def test_only_what_there_is_can_be_decided(desk: Desk, kind: str, rule: str) -> None:
    assert refusal(lambda: grant(manager(desk), kind, "SO20261123-9999", seen_version=1)).rule == rule


def test_a_clear_order_waits_for_nobody(desk: Desk) -> None:
    number = in_review(desk, terms="cash")
    assert refusal(lambda: grant(manager(desk), "order", number, seen_version=1)).rule == "ORD-13"


def test_who_approves_answers_for_what_leaves_unpaid(desk: Desk) -> None:
    number = in_review(desk, total=50_000)
    grant(manager(desk), "order", number, seen_version=1, reason="long known")
    grant(gm(desk), "order", number, seen_version=1)
    answers = [(row.approver, row.occasion, row.document, row.reasons) for row in answered_for(desk)]
    assert answers == [("wang", "account_order", number, ("long known",))]
    assert answered_for(desk, approver="zhao") == []


def test_nobody_answers_for_what_does_not_go_on(desk: Desk) -> None:
    number = in_review(desk, total=50_000)
    grant(manager(desk), "order", number, seen_version=1)
    deny(gm(desk), "order", number, seen_version=1, reason="too much at once")
    assert answered_for(desk) == []

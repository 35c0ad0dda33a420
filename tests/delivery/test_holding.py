"""What became of money and customer since the order was confirmed is looked at until the van leaves (PAY-3, CUS-9)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk.approvals.queries import queue
from ordersdesk.changing import paid, take_payment_back
from ordersdesk.customers.model.queries import CUSTOMER, buyer
from ordersdesk.deciding import grant
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.routes.actions import suggest
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.emergency_actions import Emergency, release_first
from ordersdesk.delivery.slips.allocating_actions import Allocated
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.files.imports import commit, plan
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.inbox_queries import piles
from ordersdesk.orders.assessment.exposure_queries import exposure, in_arrears
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.payments.awaiting_queries import awaited
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.review.asking_actions import ask
from ordersdesk.orders.review.standing_actions import unblock
from tests.builders import a_customer, a_draft, agreed, an_item, as_role
from tests.delivery.building import a_slip, allocated, an_order, everybody, office
from tests.delivery.counting import faults
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road


def now(desk: Desk, **values: Any) -> None:
    desk.database.write(lambda session: session.connection().execute(update(CUSTOMER).values(**values)))


def left(found: Allocated) -> list[str]:
    return [one.rule for one in found.left]


def refused(work: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Refused) as no:
        work(*args, **values)
    assert no.value.mend
    return no.value.rule


@pytest.mark.parametrize(("world", "rule"), [({"overdue": Decimal("80.00")}, "CUS-9"), ({"blocked": "诉讼"}, "CUS-11")])
def test_what_came_up_after_confirming_is_held_at_allocation(desk: Desk, world: dict[str, Any], rule: str) -> None:
    number = an_order(desk)
    now(desk, **world)
    found = allocated(desk, number)
    assert (found.made, left(found)) == ((), [rule])
    now(desk, overdue=Decimal("0.00"), blocked="")
    assert len(allocated(desk, number).made) == 1


def test_whoever_holds_an_overdue_order_asks_the_manager_whose_yes_lets_it_go(desk: Desk) -> None:
    number = an_order(desk)
    now(desk, overdue=Decimal("80.00"))
    allocated(desk, number)
    manager = as_role(desk, "manager", login="wang")
    assert [(one.document, one.occasion) for one in queue(manager, limit=9)] == [(number, "overdue")]
    grant(manager, "order", number, seen_version=page_queries.by_number(desk, number).head.version)
    assert len(allocated(desk, number).made) == 1
    assert faults(desk) == []


def test_a_yes_to_a_debt_covers_no_larger_one(desk: Desk) -> None:
    a_customer(desk, overdue=Decimal("80.00"))
    number = an_order(desk)
    now(desk, overdue=Decimal("80.01"))
    assert left(allocated(desk, number)) == ["CUS-9"]


def test_an_order_of_an_older_desk_whose_money_is_not_in_is_held_and_nothing_is_lost(desk: Desk) -> None:
    number = an_order(desk)
    old = update(ORDER).values(payment="transfer")
    desk.database.write(lambda session: session.connection().execute(old))
    assert left(allocated(desk, number)) == ["PAY-3"]
    assert page_queries.by_number(desk, number).head.state == "confirmed"
    assert paid(as_role(desk, "finance"), number, Received(Decimal("250.00"))).state == "confirmed"
    made = allocated(desk, number).made[0]
    assert (made.goods, made.due) == (Decimal("250.00"), Decimal("0.00"))


def on_account(desk: Desk, limit: str) -> str:
    """An order of 250.00 on account, within the limit; nobody was asked but the manager."""
    a_customer(desk, terms="account", credit_limit=Decimal(limit))
    return an_order(desk, payment="account")


@pytest.mark.parametrize(("limit", "held"), [("250.00", []), ("249.99", ["PAY-7"])])
def test_a_limit_that_was_lowered_after_confirming_is_looked_at_again(desk: Desk, limit: str, held: list[str]) -> None:
    number = on_account(desk, "250.00")
    now(desk, credit_limit=Decimal(limit))
    assert left(allocated(desk, number)) == held


def test_what_is_open_beyond_the_limit_goes_with_the_branch_gms_yes(desk: Desk) -> None:
    number = on_account(desk, "250.00")
    now(desk, credit_limit=Decimal("100.00"))
    allocated(desk, number)
    boss = as_role(desk, "branch_gm", login="zhao")
    assert [(one.document, one.occasion) for one in queue(boss, limit=9)] == [(number, "over_limit")]
    grant(boss, "order", number, seen_version=page_queries.by_number(desk, number).head.version)
    assert len(allocated(desk, number).made) == 1
    assert faults(desk) == []


def test_a_yes_beyond_the_limit_is_a_yes_to_all_that_is_open(desk: Desk) -> None:
    first = on_account(desk, "250.00")
    second = an_order(desk, ("PEN", 4), customer="C100001", payment="account")
    assert [one.order for one in allocated(desk, first, second).made] == [first, second]


def test_cash_far_away_of_an_older_desk_waits_for_finance(desk: Desk) -> None:
    number = an_order(desk)
    far = update(ORDER).values(region="新疆 乌鲁木齐市")
    desk.database.write(lambda session: session.connection().execute(far))
    assert left(allocated(desk, number)) == ["ORD-5"]
    finance = as_role(desk, "finance", login="qian")
    assert [(one.document, one.occasion) for one in queue(finance, limit=9)] == [(number, "cash_elsewhere")]
    grant(finance, "order", number, seen_version=page_queries.by_number(desk, number).head.version)
    assert len(allocated(desk, number).made) == 1


# --- blocked, overdue or unpaid after the slip was made (P032)


def test_a_blocked_customers_slip_gets_no_paper(desk: Desk, tmp_path: Path) -> None:
    slip = a_slip(desk).head.number
    now(desk, blocked="欠款纠纷")
    assert print_slips(office(desk), Wanted(numbers=(slip,)), On(to=tmp_path / "a.txt", form="text")).numbers == ()
    assert by_number(desk, slip).head.state == "made"


def test_the_others_of_a_wave_are_printed_and_the_held_one_says_why(desk: Desk, tmp_path: Path) -> None:
    good, bad = a_slip(desk).head, a_slip(desk).head
    blocked = update(CUSTOMER).where(CUSTOMER.c.id == bad.customer_id).values(blocked="欠款纠纷")
    desk.database.write(lambda session: session.connection().execute(blocked))
    done = print_slips(office(desk), Wanted(numbers=(good.number, bad.number)), On(to=tmp_path / "a.txt", form="text"))
    assert (done.numbers, [(one.number, one.why) for one in done.skipped]) == (
        (good.number,), [(bad.number, "This customer is blocked: 欠款纠纷.")],
    )  # fmt: skip


def test_a_blocked_customers_goods_are_not_loaded(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head
    now(desk, blocked="欠款纠纷")
    assert refused(a_sheet, desk, slip.number) == "CUS-11"
    made = suggest(dispatcher(desk), leaves=Wave(slip.leaves_on, slip.wave))
    assert (made.sheets, made.left_out) == ((), ((slip.number, "This customer is blocked: 欠款纠纷."),))


@pytest.mark.parametrize(
    ("world", "rule"), [({"blocked": "欠款纠纷"}, "CUS-11"), ({"overdue": Decimal("80.00")}, "CUS-9")]
)
def test_a_van_does_not_leave_with_goods_that_may_not(desk: Desk, world: dict[str, Any], rule: str) -> None:
    slip = a_slip(desk, state="picked").head
    sheet = a_sheet(desk, slip.number)
    now(desk, **world)
    assert refused(depart, dispatcher(desk), sheet) == rule
    if rule == "CUS-9":
        assert ask(desk, number=slip.order_number) == ["manager"]
        version = page_queries.by_number(desk, slip.order_number).head.version
        grant(as_role(desk, "manager", login="wang"), "order", slip.order_number, seen_version=version)
    else:
        now(desk, blocked="")
    assert depart(dispatcher(desk), sheet).slips == (slip.number,)


def test_money_taken_back_holds_the_van(desk: Desk) -> None:
    slip = a_slip(desk, payment="transfer", state="picked").head
    sheet = a_sheet(desk, slip.number)
    take_payment_back(as_role(desk, "finance"), slip.order_number, 1, why="for another order")
    assert refused(depart, dispatcher(desk), sheet) == "PAY-3"


def test_no_emergency_lets_goods_go_unpaid(desk: Desk) -> None:
    number = a_slip(desk).head.order_number
    now(desk, blocked="欠款纠纷")
    assert refused(release_first, everybody(desk), number, Emergency("the printer is broken")) == "CUS-11"


# --- cash that was not collected (PAY-7)


def owing(desk: Desk) -> tuple[Decimal, Decimal]:
    """What is open with the customer, and what of it is overdue."""
    with desk.reading() as session:
        who = buyer(desk, session, "C100001")
        assert who is not None
        who = in_arrears(session, who)
        return exposure(session, who), who.overdue


def test_cash_that_was_not_collected_is_owed_from_then_on(desk: Desk) -> None:
    slip = on_the_road(desk)
    assert owing(desk) == (Decimal("0.00"), Decimal("0.00"))
    delivered(driver(desk), slip, Handed(collected=Decimal("200.00"), why="no change"))
    assert owing(desk) == (Decimal("50.00"), Decimal("50.00"))
    made = submit(desk, a_draft(("A4-80", 4)).model_copy(update={"accepted": ("JOY-5:SO20261123-0001",)}))
    assert [(one.rule, one.role) for one in made.reasons] == [("CUS-9", "manager"), ("ORD-4", "leader")]


def test_what_was_not_collected_stands_with_finance_until_it_is_in(desk: Desk) -> None:
    slip = on_the_road(desk)
    finance = as_role(desk, "finance")
    assert (awaited(finance), piles(finance)) == ([], [])
    delivered(driver(desk), slip, Handed(collected=Decimal("200.00"), why="no change"))
    assert [(one.number, one.missing) for one in awaited(finance)] == [("SO20261123-0001", Decimal("50.00"))]
    assert [(one.waiting.title, one.count) for one in piles(finance)] == [("Delivered, not paid", 1)]
    paid(finance, "SO20261123-0001", Received(Decimal("50.00")))
    assert (awaited(finance), piles(finance)) == ([], [])


def test_of_goods_paid_ahead_that_are_refused_finance_is_told(desk: Desk) -> None:
    slip = on_the_road(desk, payment="transfer")
    partly_refused(driver(desk), slip, {1: 4}, "not_wanted")
    assert [one.sentence for one in notices(as_role(desk, "finance"))] == [
        "SO20261123-0001 of 明远办公 costs 150.00 now: 100.00 of what came in goes back to the customer."
    ]


def test_what_is_paid_afterwards_ends_debt_and_order(desk: Desk) -> None:
    slip = on_the_road(desk)
    delivered(driver(desk), slip, Handed(collected=Decimal("200.00"), why="no change"))
    number = "SO20261123-0001"
    assert paid(as_role(desk, "finance"), number, Received(Decimal("50.00"))).state == "closed"
    assert (owing(desk), faults(desk)) == ((Decimal("0.00"), Decimal("0.00")), [])
    back = take_payment_back(as_role(desk, "finance"), number, 1, why="bounced")
    assert (back.state, back.paid, owing(desk)[0]) == ("confirmed", "partly paid", Decimal("50.00"))


def test_what_was_paid_ahead_is_not_collected_again(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=100)
    number = an_order(desk)
    paid(as_role(desk, "finance"), number, Received(Decimal("100.00"), "ICBC-1"))
    assert allocated(desk, number).made[0].due == Decimal("150.00")


def paid_and_blocked(desk: Desk) -> str:
    """An order in review whose money is in and whose customer is blocked."""
    a_customer(desk)
    an_item(desk, stock=100)
    number = submit(desk, a_draft(("A4-80", 4), payment="transfer")).number
    now(desk, blocked="诉讼")
    paid(as_role(desk, "finance"), number, Received(Decimal("100.00")))
    assert page_queries.by_number(desk, number).head.state == "review"
    return number


def test_a_block_that_is_lifted_lets_what_it_held_go_on_by_itself(desk: Desk) -> None:
    number = paid_and_blocked(desk)
    unblock(as_role(desk, "manager"), 1)
    assert page_queries.by_number(desk, number).head.state == "confirmed"


def test_a_file_of_the_books_lets_what_it_frees_go_on_by_itself(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk, overdue=Decimal("80.00"))
    an_item(desk, stock=100)
    number, file, boss = submit(desk, a_draft(("A4-80", 4))).number, tmp_path / "books.csv", as_role(desk, "manager")
    assert page_queries.by_number(desk, number).head.state == "review"
    file.write_text("Customer number,Name,Territory,Overdue\nC100001,明远办公,浦东,0\n")
    commit(boss, plan(boss, "customers", file))
    assert page_queries.by_number(desk, number).head.state == "confirmed"


def test_a_debt_that_is_paid_lets_the_customers_other_orders_go_on_by_themselves(desk: Desk) -> None:
    slip = on_the_road(desk)
    delivered(driver(desk), slip, Handed(collected=Decimal("200.00"), why="no change"))
    an_item(desk, "PEN", stock=100)
    other = agreed(desk, a_draft(("PEN", 4)))
    assert [one.rule for one in other.reasons] == ["CUS-9"]
    paid(as_role(desk, "finance"), "SO20261123-0001", Received(Decimal("50.00")))
    assert page_queries.by_number(desk, other.number).head.state == "confirmed"


# --- money that comes when the slip is on paper already


def test_what_is_paid_after_the_slip_was_printed_is_not_asked_for_at_the_door(desk: Desk) -> None:
    slip = a_slip(desk, state="picked").head
    paid(as_role(desk, "finance"), slip.order_number, Received(Decimal("100.00")))
    assert by_number(desk, slip.number).head.due == Decimal("150.00")
    assert [one.sentence for one in notices(office(desk))] == [
        f"The paper of {slip.number} of 明远办公 asks for 250.00; 150.00 is due: print it again before it leaves."
    ]
    assert depart(dispatcher(desk), a_sheet(desk, slip.number)).expected == Decimal("150.00")
    assert faults(desk) == []


def test_money_that_is_taken_back_is_asked_for_at_the_door_again(desk: Desk) -> None:
    slip = a_slip(desk, state="printed").head
    finance = as_role(desk, "finance")
    paid(finance, slip.order_number, Received(Decimal("100.00")))
    take_payment_back(finance, slip.order_number, 1, why="for another order")
    assert (by_number(desk, slip.number).head.due, faults(desk)) == (Decimal("250.00"), [])


def test_of_money_that_comes_while_the_van_is_out_the_dispatcher_is_told(desk: Desk) -> None:
    slip = on_the_road(desk)
    paid(as_role(desk, "finance"), "SO20261123-0001", Received(Decimal("250.00")))
    assert [one.sentence for one in notices(dispatcher(desk))] == [
        f"{slip} of 明远办公 is on the road and asks for 250.00; 0.00 is due: call the driver."
    ]
    delivered(driver(desk), slip)
    assert (page_queries.by_number(desk, "SO20261123-0001").head.state, faults(desk)) == ("closed", [])


def test_what_was_delivered_on_account_stands_among_what_is_awaited(desk: Desk) -> None:
    a_customer(desk, terms="account", credit_limit=Decimal(9000))
    slip, finance = on_the_road(desk, payment="account"), as_role(desk, "finance")
    assert awaited(finance) == []
    delivered(driver(desk), slip)
    found = [(one.payment, one.missing) for one in awaited(finance)]
    assert (found, [one.count for one in piles(finance)]) == ([("account", Decimal("250.00"))], [1])


def test_allocating_takes_what_nothing_holds_any_more(desk: Desk) -> None:
    number = paid_and_blocked(desk)
    now(desk, blocked="")
    assert [one.order for one in allocated(desk, number).made] == [number]

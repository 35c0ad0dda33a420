"""Orders in review: to whom they go, in which order, what a no gives back, and how they are corrected (ORD-3, 4, 5)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk.approvals.open_queries import Denial
from ordersdesk.approvals.queries import queue, waiting_count
from ordersdesk.catalogue.tables import Promotion, PromotionUse
from ordersdesk.check import check
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.deciding import deny, grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.queries import Filter, page
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.book.waiting_queries import in_review
from ordersdesk.orders.entry import actions
from ordersdesk.orders.entry.actions import as_draft
from ordersdesk.orders.model.queries import USUAL
from ordersdesk.orders.review.asking_actions import ask
from ordersdesk.orders.review.customer_reasons import in_words
from ordersdesk.stock.queries import shelves
from tests.builders import a_customer, a_draft, added, an_item, as_role, cancel


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A customer on monthly account, paper, and a special item."""
    a_customer(desk, terms="account", credit_limit=Decimal(100_000), grade="A")
    an_item(desk, "A4-80", price="25.00", stock=100)
    return desk


def manager(desk: Desk) -> Desk:
    return as_role(desk, "manager", login="wang")


def taken(desk: Desk, pieces: int = 4, **values: Any) -> str:
    return actions.submit(desk, a_draft(("A4-80", pieces), **values)).number


def reserved(desk: Desk) -> int:
    with desk.reading() as session:
        return sum(shelf.reserved for shelf in shelves(session, [1])[1])


def usual(desk: Desk) -> list[tuple[int, int]]:
    with desk.reading() as session:
        return [(row.orders, row.pieces) for row in session.connection().execute(USUAL.select())]


def faults(desk: Desk) -> list[str]:
    """What the desk's own check finds, but for search terms, which the builders do not write."""
    return [fault.what for found in check(desk) if "search" not in found.name for fault in found.faults]


def refusal(act: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def test_the_policy_names_the_role_and_the_time(shop: Desk) -> None:
    taken(shop)
    (waits,) = queue(manager(shop), limit=10)
    assert (waits.occasion, waits.role, waits.amount, waits.about) == (
        "account_order", "manager", Decimal("100.00"), "明远办公",
    )  # fmt: skip
    assert waits.due_at.astimezone(shop.zone).strftime("%H:%M") == "11:00"  # an hour of work from ten on
    assert queue(as_role(shop, "branch_gm"), limit=10) == []


def test_key_customers_stand_first_then_what_is_due(shop: Desk) -> None:
    a_customer(shop, "C200000", terms="account", credit_limit=Decimal(100_000), size_class="key", name="Key")
    first, yes = taken(shop), ("CAT-4:A4-80",)
    key = taken(shop, customer="C200000", accepted=yes)
    assert [row.document for row in queue(manager(shop), limit=10)] == [key, first]
    assert [row.entry.number for row in in_review(shop, limit=10)] == [key, first]


def test_the_queue_comes_page_by_page_and_by_occasion(shop: Desk) -> None:
    numbers = []
    for place in range(5):
        a_customer(shop, f"C20000{place}", terms="account", credit_limit=Decimal(90 if place == 4 else 1000))
        numbers.append(taken(shop, customer=f"C20000{place}"))
    both = as_role(shop, "manager", "branch_gm", login="zhao")
    found, after = [], None
    while rows := queue(both, limit=2, after=after):
        found += [(row.document, row.role) for row in rows]
        after = rows[-1].place
    assert found == [*((number, "manager") for number in numbers), (numbers[4], "branch_gm")]
    assert (waiting_count(both), waiting_count(shop)) == (6, 0)
    assert [row.document for row in queue(both, occasion="over_limit", limit=9)] == [numbers[4]]
    assert [entry.number for entry in page(shop, Filter(occasion="over_limit"))] == [numbers[4]]


def test_my_own_requests_are_not_in_my_queue(shop: Desk) -> None:
    taker = as_role(shop, "agent", "manager", login="wang")
    taken(taker)
    assert (queue(taker, limit=9), waiting_count(taker), len(queue(as_role(shop, "manager"), limit=9))) == ([], 0, 1)


def test_who_asks_again_marks_the_approval(shop: Desk) -> None:
    number = taken(shop)
    assert ask(shop, number=number) == ["manager"]
    assert queue(manager(shop), limit=9)[0].asked_at == shop.now()


def test_a_no_frees_the_goods_and_counts_for_nothing(shop: Desk) -> None:
    number = taken(shop)
    assert (reserved(shop), usual(shop)) == (4, [(1, 4)])
    deny(manager(shop), "order", number, seen_version=1, reason="Please pay the old invoice first.")
    assert (reserved(shop), usual(shop)) == (0, [])


def test_a_no_gives_the_promotion_back(shop: Desk) -> None:
    first, last = shop.today().replace(day=1), shop.today().replace(day=28)
    pens = Promotion(code="P", item_id=1, price=Decimal("20.00"), cap=10, starts=first, ends=last)
    shop.database.write(lambda session: added(session, pens))
    number = taken(shop, 8)
    deny(manager(shop), "order", number, seen_version=1, reason="no")
    with shop.reading() as session:
        left = session.connection().execute(table_of(PromotionUse).select()).mappings().all()
    assert [row["pieces"] for row in left if row["pieces"]] == []


def test_the_reasons_are_words_for_the_customer(shop: Desk) -> None:
    number = taken(shop)
    deny(manager(shop), "order", number, seen_version=1, reason="Please pay the old invoice first.")
    assert sentences(page_queries.by_number(shop, number), "en", plan=shop.policy.phones) == [
        f"We are sorry, we cannot take order {number}.",
        "We cannot put this order on your monthly account; you can pay in advance or on delivery.",
        "Please pay the old invoice first.",
    ]


def test_a_no_that_is_no_matter_of_the_customer_gives_only_the_words_of_who_said_it() -> None:
    fee = Denial("fee_override", "The lift is broken.", "Wang", datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert in_words("SO1", [fee], "en") == ["We are sorry, we cannot take order SO1.", "The lift is broken."]


def test_a_rejected_order_is_corrected_under_its_number(shop: Desk) -> None:
    number = taken(shop, note="back door")
    deny(manager(shop), "order", number, seen_version=1, reason="no")
    draft = as_draft(shop, number)
    assert (draft.corrects, draft.customer, draft.note, [(line.item, line.quantity) for line in draft.lines]) == (
        number, "C100001", "back door", [("A4-80", 4)],
    )  # fmt: skip
    made = actions.submit(shop, draft.model_copy(update={"payment": "cash"}))
    assert (made.number, made.state, reserved(shop), usual(shop)) == (number, "confirmed", 4, [(1, 4)])
    story = [step.verb for step in page_queries.by_number(shop, number).story]
    assert story == ["begin", "enter", "ask", "asks", "denied", "reject", "enter", "clear"]


def test_a_correction_is_reviewed_and_asked_anew(shop: Desk) -> None:
    number = taken(shop)
    deny(manager(shop), "order", number, seen_version=1, reason="no")
    made = actions.submit(shop, as_draft(shop, number))
    version = page_queries.by_number(shop, number).head.version
    assert (made.state, [why.role for why in made.reasons]) == ("review", ["manager"])
    assert refusal(lambda: grant(manager(shop), "order", number, seen_version=1)).rule == "ORD-11"
    assert grant(manager(shop), "order", number, seen_version=version).state == "confirmed"
    assert faults(shop) == []


def test_the_same_correction_twice_is_one(shop: Desk) -> None:
    number = taken(shop)
    deny(manager(shop), "order", number, seen_version=1, reason="no")
    draft = as_draft(shop, number)
    first, again = actions.submit(shop, draft), actions.submit(shop, draft)
    assert (first.number, again.number, again.repeated, reserved(shop)) == (number, number, True, 4)
    assert refusal(lambda: actions.submit(shop, draft.model_copy(update={"key": "other"}))).rule in ("ORD-3", "JOY-5")


@pytest.mark.parametrize(("corrects", "rule"), [("SO20261123-0001", "ORD-3"), ("SO20991231-0001", "ORD-9")])
def test_only_what_is_with_its_agent_is_corrected(shop: Desk, corrects: str, rule: str) -> None:
    taken(shop)
    a_customer(shop, "C200000")
    draft = a_draft(("A4-80", 1), customer="C200000", corrects=corrects)
    assert (refusal(lambda: actions.submit(shop, draft)).rule, reserved(shop)) == (rule, 4)
    assert refusal(lambda: as_draft(shop, corrects)).rule == rule


def test_a_rejected_order_is_cancelled_without_giving_back_twice(shop: Desk) -> None:
    number = taken(shop)
    deny(manager(shop), "order", number, seen_version=1, reason="no")
    cancel(shop, number=number, version=2, reason="not wanted any more")
    assert (reserved(shop), usual(shop)) == (0, [])
    assert faults(shop) == []


def test_a_customer_blocked_meanwhile_gets_no_yes_but_a_no(shop: Desk) -> None:
    number = taken(shop)
    blocked = update(CUSTOMER).values(blocked="owes since May")
    shop.database.write(lambda session: session.connection().execute(blocked))
    no = refusal(lambda: grant(manager(shop), "order", number, seen_version=1))
    assert (no.rule, no.message, no.mend != "") == ("CUS-11", "明远办公 is blocked: owes since May.", True)
    assert deny(manager(shop), "order", number, seen_version=1, reason="owes since May").state == "rejected"

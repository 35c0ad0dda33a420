"""Money that is paid before goods leave: a wish until finance has marked it in (PAY-3, ORD-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from ordersdesk.changing import deposit_paid, paid, request, take_payment_back
from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import Submitted, submit
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.payments.actions import Booked, Received
from ordersdesk.orders.payments.awaiting_queries import awaited
from ordersdesk.orders.payments.queries import payments
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.printing.devices.plain import text
from tests.builders import a_customer, a_draft, an_item, as_role


@pytest.fixture
def shop(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, "A4-80", price="25.00", stock=100)
    return desk


def finance(desk: Desk) -> Desk:
    return as_role(desk, "finance", login="qian")


def taken(desk: Desk, payment: str = "transfer", pieces: int = 40) -> str:
    """An order of 1,000.00 unless said otherwise."""
    return submit(desk, a_draft(("A4-80", pieces), payment=payment)).number


def marked(desk: Desk, number: str, amount: str, reference: str = "", *, sure: bool = False) -> Booked:
    return paid(finance(desk), number, Received(Decimal(amount), reference, sure))


def stands(desk: Desk, number: str) -> tuple[str, str, Decimal]:
    head = page_queries.by_number(desk, number).head
    return head.state, head.paid, head.money_in


def refusal(work: Any, *args: Any, **values: Any) -> tuple[str, str | None, str]:
    with pytest.raises(Refused) as no:
        work(*args, **values)
    assert no.value.mend
    return no.value.rule, no.value.field, no.value.message


@pytest.mark.parametrize(
    ("payment", "why"),
    [
        ("transfer", "1,000.00 is to come in by bank transfer before it is shipped."),
        ("card", "1,000.00 is to be paid by card before it is shipped."),
        ("third_party", "1,000.00 is to come in by mobile payment before it is shipped."),
    ],
)
def test_what_is_paid_ahead_waits_for_finance_with_its_reason(shop: Desk, payment: str, why: str) -> None:
    made = submit(shop, a_draft(("A4-80", 40), payment=payment))
    assert (made.state, [(one.rule, one.role, one.sentence) for one in made.reasons]) == (
        "review", [("PAY-3", "finance", why)],
    )  # fmt: skip
    assert page_queries.by_number(shop, made.number).reasons == made.reasons


def test_cash_at_the_door_goes_on_without_a_person(shop: Desk) -> None:
    assert stands(shop, taken(shop, "cash")) == ("confirmed", "unpaid", Decimal("0.00"))


def test_a_site_whose_drivers_take_cards_waits_for_none(shop: Desk) -> None:
    doors = shop.policy.slips.model_copy(update={"at_the_door": ("cash", "card")})
    policy = shop.policy.model_copy(update={"slips": doors})
    with_terminals = replace(shop, policy=policy)
    assert submit(with_terminals, a_draft(("A4-80", 4), payment="card")).state == "confirmed"


def test_part_payments_add_up_and_the_last_one_confirms(shop: Desk) -> None:
    number = taken(shop)
    first = marked(shop, number, "400.00", "ICBC-1")
    assert (first.state, first.paid, first.left) == ("review", "partly paid", Decimal("600.00"))
    assert [one.sentence for one in page_queries.by_number(shop, number).reasons] == [
        "600.00 is to come in by bank transfer before it is shipped."
    ]
    assert marked(shop, number, "599.99").state == "review"
    assert (marked(shop, number, "0.01").state, stands(shop, number)) == (
        "confirmed", ("confirmed", "paid", Decimal("1000.00")),
    )  # fmt: skip
    assert [(row.by, row.amount, row.reference) for row in payments(shop, number)] == [
        ("qian", Decimal("400.00"), "ICBC-1"), ("qian", Decimal("599.99"), ""), ("qian", Decimal("0.01"), ""),
    ]  # fmt: skip
    assert [fault.what for found in check(shop) if "search" not in found.name for fault in found.faults] == []


def test_more_than_is_due_is_asked_about(shop: Desk) -> None:
    number = taken(shop)
    assert refusal(marked, shop, number, "1000.01") == (
        "PAY-3", "amount", f"1,000.01 is more than the 1,000.00 that are due for {number}.",
    )  # fmt: skip
    assert payments(shop, number) == []
    assert marked(shop, number, "1000.01", sure=True).left == Decimal("-0.01")


def test_the_same_money_twice_is_asked_about(shop: Desk) -> None:
    number = taken(shop)
    marked(shop, number, "400.00", "ICBC-1")
    assert refusal(marked, shop, number, "400.00", "ICBC-1") == (
        "PAY-3", "reference", "400.00 is in already: qian marked it in.",
    )  # fmt: skip
    assert marked(shop, number, "400.00", "ICBC-2").left == Decimal("200.00")


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "0.004"])
def test_nothing_is_no_payment(shop: Desk, amount: str) -> None:
    assert refusal(marked, shop, taken(shop), amount)[:2] == ("PAY-3", "amount")


def test_only_finance_and_the_manager_mark_money_in(shop: Desk) -> None:
    number = taken(shop)
    assert refusal(paid, shop, number, Received(Decimal(1000)))[0] == "USR-2"
    assert paid(as_role(shop, "manager"), number, Received(Decimal(1000))).state == "confirmed"


def test_a_mistake_is_taken_back_by_a_row_of_its_own_and_the_order_is_held(shop: Desk) -> None:
    number = taken(shop)
    marked(shop, number, "1000.00", "ICBC-1")
    done = take_payment_back(finance(shop), number, 1, why="for another order")
    assert (done.state, done.paid, done.left) == ("confirmed", "unpaid", Decimal("1000.00"))
    assert [(row.amount, row.reverses, row.reason) for row in payments(shop, number)] == [
        (Decimal("1000.00"), None, ""), (Decimal("-1000.00"), 1, "for another order"),
    ]  # fmt: skip
    assert [one.rule for one in page_queries.by_number(shop, number).reasons] == ["PAY-3"]
    assert refusal(take_payment_back, finance(shop), number, 1, why="again")[:2] == ("PAY-3", "payment")


def test_a_payment_is_taken_back_with_a_reason(shop: Desk) -> None:
    number = taken(shop)
    marked(shop, number, "400.00")
    assert refusal(take_payment_back, finance(shop), number, 1, why=" ")[:2] == ("PAY-3", "why")


def test_a_cancelled_order_takes_no_money(shop: Desk) -> None:
    number = taken(shop)
    shop.database.write(lambda session: session.connection().execute(update(ORDER).values(state="cancelled")))
    assert refusal(marked, shop, number, "1000.00")[:2] == ("PAY-3", "number")


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(one.rule, one.sentence) for one in notices(finance(desk))]


def smaller(desk: Desk, number: str, pieces: int) -> None:
    lines = [{"position": 1, "quantity": pieces}]
    request(desk, parsed({"order": number, "reason": "customer called", "lines": lines}))


def test_what_came_in_counts_for_the_order_that_is_entered_again(shop: Desk) -> None:
    number = taken(shop)
    marked(shop, number, "400.00")
    regret(shop, number=number)
    submit(shop, a_draft(("A4-80", 10), payment="cash", corrects=number))
    assert stands(shop, number) == ("confirmed", "paid", Decimal("400.00"))
    assert told(shop) == [
        ("PAY-3", f"{number} of 明远办公 costs 250.00 now: 150.00 of what came in goes back to the customer.")
    ]


@pytest.mark.parametrize(("pieces", "back"), [(17, []), (16, []), (15, ["25.00"])])
def test_an_order_that_becomes_smaller_than_what_came_in_tells_finance(
    shop: Desk, pieces: int, back: list[str]
) -> None:
    number = taken(shop)
    marked(shop, number, "400.00")
    smaller(shop, number, pieces)
    assert [sentence.split(": ")[1].split(" ")[0] for _rule, sentence in told(shop)] == back


def test_what_is_too_much_already_is_told_once(shop: Desk) -> None:
    number = taken(shop)
    marked(shop, number, "1100.00", sure=True)
    request(shop, parsed({"order": number, "reason": "customer called", "note": "ring twice"}))
    assert told(shop) == []


def test_finance_sees_what_is_awaited_and_how_much_is_missing(shop: Desk) -> None:
    number = taken(shop)
    a_customer(shop, "C200000")
    submit(shop, a_draft(("A4-80", 3), customer="C200000", payment="cash"))
    marked(shop, number, "400.00")
    assert [(one.number, one.missing) for one in awaited(shop)] == [(number, Decimal("600.00"))]


def special(desk: Desk, **buyer: Any) -> str:
    """A key customer's order of special goods for 26,800.00: the deposit is 8,040.00."""
    a_customer(desk, "C200000", size_class="key", **buyer)
    an_item(desk, "SEAL", price="13400.00", stock=5, listing="special")
    return submit(desk, a_draft(("SEAL", 2), customer="C200000", accepted=("CAT-4:SEAL",))).number


@pytest.mark.parametrize("grade", ["A", "B", "C", ""])
def test_special_goods_of_every_grade_wait_for_their_deposit(shop: Desk, grade: str) -> None:
    reasons = page_queries.by_number(shop, special(shop, grade=grade)).reasons
    assert ("ORD-6", "finance", "A deposit of 8,040.00 is to be paid.") in [
        (one.rule, one.role, one.sentence) for one in reasons
    ]


def test_a_deposit_far_above_what_is_due_is_asked_about(shop: Desk) -> None:
    number = special(shop, grade="A")
    assert refusal(deposit_paid, finance(shop), number=number, amount=Decimal(99_999)) == (
        "QUO-4", "amount", "99,999.00 is more than the deposit of 8,040.00.",
    )  # fmt: skip
    deposit_paid(finance(shop), number=number, amount=Decimal(8_040))
    assert stands(shop, number)[1:] == ("deposit paid", Decimal("8040.00"))


@pytest.mark.parametrize(("price", "asked"), [("4999.99", False), ("5000.00", True)])
def test_special_goods_from_5000_need_the_manager(shop: Desk, price: str, asked: bool) -> None:
    a_customer(shop, "C200000", size_class="key", grade="A")
    an_item(shop, "SEAL", price=price, stock=5, listing="special")
    made = submit(shop, a_draft(("SEAL", 1), customer="C200000", accepted=("CAT-4:SEAL",)))
    assert (("QUO-4", "manager") in [(one.rule, one.role) for one in made.reasons]) is asked


def test_special_goods_of_one_day_count_together(shop: Desk) -> None:
    a_customer(shop, "C200000", size_class="key", grade="A")
    an_item(shop, "SEAL", price="2500.00", stock=5, listing="special")
    an_item(shop, "RING", price="2500.00", stock=5, listing="special")
    roles = [
        [one.role for one in submit(shop, a_draft((code, 1), customer="C200000", accepted=(f"CAT-4:{code}",))).reasons]
        for code in ("SEAL", "RING")
    ]
    assert roles == [["finance"], ["manager", "finance"]]


def test_a_small_customer_is_declined_special_goods_with_the_sentence_to_say(shop: Desk) -> None:
    an_item(shop, "SEAL", price="50.00", stock=5, listing="special")
    rule, field, said = refusal(submit, shop, a_draft(("SEAL", 1)))
    assert (rule, field, "Say: “I am sorry" in said) == ("QUO-7", "lines.0.item", True)


# --- special goods: no day is promised before the supplier answered, nothing comes back (QUO-4)


def from_the_supplier(desk: Desk) -> Submitted:
    """A key customer's order of special goods that nobody has on the shelf."""
    a_customer(desk, "C200000", size_class="key", grade="A")
    an_item(desk, "SEAL", price="100.00", stock=0, listing="special")
    line = a_draft(("SEAL", 2)).lines[0].model_copy(update={"shortage": "purchase"})
    return submit(desk, a_draft(lines=(line,), customer="C200000", accepted=("CAT-4:SEAL",)))


def test_the_day_of_special_goods_is_said_when_the_supplier_has_answered(shop: Desk) -> None:
    made = from_the_supplier(shop)
    assert (made.promised_on, made.promise) == (None, "The day is said when the supplier has answered.")
    deposit_paid(finance(shop), number=made.number, amount=Decimal("60.00"))
    head = page_queries.by_number(shop, made.number).head
    assert (head.state, head.promised_on, head.promise) == ("confirmed", None, made.promise)
    receive(as_role(shop, "warehouse"), "SEAL", 2)
    assert page_queries.by_number(shop, made.number).head.promised_on == date(2026, 11, 23)


def test_what_cannot_be_returned_is_read_back_and_printed(shop: Desk) -> None:
    number = from_the_supplier(shop).number
    said = sentences(page_queries.by_number(shop, number), "en", plan=shop.policy.phones)
    assert "复印纸 SEAL is ordered for you alone: it cannot be returned." in said
    assert "We call you with the day as soon as the supplier has answered." in said
    assert "Of that 60.00 is a deposit, to be paid before we order." in said
    printed = text(sheet_of(shop, number))
    assert "专为贵方订购，不予退货" in printed

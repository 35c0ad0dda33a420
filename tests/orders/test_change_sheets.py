"""A change that adds what must be signed or paid ahead makes the order wait again (ORD-6, QUO-4, CHG-3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ordersdesk import deciding
from ordersdesk.changing import call_off, deposit_paid, request, sheet_returned
from ordersdesk.check import check
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.waiting_queries import in_review
from ordersdesk.orders.changes.plan.comparison import Pair
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.sheets.actions import send_sheet
from ordersdesk.orders.terms.change_draft import Change, parsed
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, cancel
from tests.orders.looking import reserved, set_line
from tests.properties.proofs import prove

NUMBER = "SO20261123-0001"
MORE = {"item": "A4-80", "quantity": 30, "shortage": "purchase"}
GOLD = {"item": "GOLD", "quantity": 1}
ANEW = "The order was changed: a sheet of what it is now is to be back on Mon 23 Nov."


def ready(desk: Desk, grade: str = "B") -> Desk:
    """A confirmed order of 10 × 25.00 off the shelf, of which 20 are there, and of 100 pens."""
    a_customer(desk, grade=grade, size_class="key")
    an_item(desk, "A4-80", price="25.00", stock=20)
    an_item(desk, "PEN", price="1.50", stock=1000)
    an_item(desk, "GOLD", price="100.00", stock=50, listing="special")
    agreed(desk, a_draft(("A4-80", 10), ("PEN", 100)))
    return desk


def change(**values: Any) -> Change:
    yes = ("CAT-4:GOLD", "CAT-4:A4-80", "CAT-4:PEN", "ORD-4:A4-80")
    return parsed({"order": NUMBER, "reason": "customer called", "accepted": yes, **values})


def changed(desk: Desk, **values: Any) -> Summary:
    """The order after a change that everybody agrees to."""
    made = request(desk, change(**values))
    if made.state == "asked":
        bosses = as_role(desk, "leader", "manager", "branch_gm", login="wang")
        deciding.grant(bosses, "change", made.number, seen_version=1)
    prove(desk.database)
    return head(desk)


def head(desk: Desk) -> Summary:
    return page_queries.by_number(desk, NUMBER).head


def waits(desk: Desk) -> list[str]:
    return [one.sentence for one in page_queries.by_number(desk, NUMBER).reasons]


def signed(desk: Desk) -> None:
    send_sheet(desk, number=NUMBER, how="email")
    sheet_returned(desk, number=NUMBER)


def test_what_is_bought_for_it_makes_a_confirmed_order_wait_for_its_sheet(desk: Desk) -> None:
    after = changed(ready(desk), add=[MORE])
    assert (after.state, after.sheet, waits(desk)) == ("review", "wanted", [ANEW])
    assert [(one.entry.number, one.reasons[0].rule) for one in in_review(desk, limit=9)] == [(NUMBER, "ORD-6")]
    last = page_queries.by_number(desk, NUMBER).story[-1]
    assert (last.verb, last.from_state, last.to_state, last.note) == ("wait", "confirmed", "review", ANEW)
    assert [fault for found in check(desk) for fault in found.faults if fault.rule[:3] in ("ORD", "STK")] == []


def test_it_is_not_confirmed_before_the_sheet_is_back_and_keeps_its_goods(desk: Desk) -> None:
    changed(ready(desk), add=[MORE])
    kept = reserved(desk)
    assert (kept, head(desk).delivery) == ({"A4-80": 20, "PEN": 100}, "none")
    signed(desk)
    assert (head(desk).state, waits(desk), reserved(desk)) == ("confirmed", [], kept)


def test_special_goods_ask_for_sheet_and_deposit(desk: Desk) -> None:
    after = changed(ready(desk), add=[GOLD])
    assert (after.state, after.deposit) == ("review", Decimal("30.00"))
    assert waits(desk) == [ANEW, "A deposit of 30.00 is to be paid."]
    signed(desk)
    assert head(desk).state == "review"
    deposit_paid(as_role(desk, "finance"), number=NUMBER, amount=Decimal("30.00"))
    assert head(desk).state == "confirmed"


def test_grade_a_goes_ahead_and_its_sheet_may_follow(desk: Desk) -> None:
    after = changed(ready(desk, "A"), add=[MORE])
    assert (after.state, after.sheet, after.sheet_due_on) == ("confirmed", "wanted", None)


def test_what_is_on_the_shelf_needs_no_sheet(desk: Desk) -> None:
    after = changed(ready(desk), lines=[{"position": 1, "quantity": 20}])
    assert (after.state, after.sheet) == ("confirmed", "none")


def test_a_signed_sheet_is_needed_anew_when_it_lists_more_than_was_signed(desk: Desk) -> None:
    changed(ready(desk), add=[MORE])
    signed(desk)
    after = changed(desk, lines=[{"position": 2, "quantity": 200}])
    assert (after.state, after.sheet, after.sheet_returned_at, waits(desk)) == ("review", "wanted", None, [ANEW])


@pytest.mark.parametrize(
    "values",
    [
        {"lines": [{"position": 2, "quantity": 50}]}, {"lines": [{"position": 3, "close_short": True}]},
        {"note": "use the back door"}, {"contact": "Mr Chen"},
    ],
)  # fmt: skip
def test_a_signed_sheet_covers_less_of_the_same_and_other_words(desk: Desk, values: dict[str, Any]) -> None:
    changed(ready(desk), add=[MORE])
    signed(desk)
    after = changed(desk, **values)
    assert (after.state, after.sheet) == ("confirmed", "returned")


def test_another_payment_is_signed_for_again(desk: Desk) -> None:
    changed(ready(desk), add=[MORE])
    signed(desk)
    assert changed(desk, payment="card").state == "review"


def test_a_deposit_that_is_in_stays_in_while_it_is_enough(desk: Desk) -> None:
    changed(ready(desk), add=[GOLD | {"quantity": 3}])
    signed(desk)
    deposit_paid(as_role(desk, "finance"), number=NUMBER, amount=Decimal("90.00"))
    less = changed(desk, lines=[{"position": 3, "quantity": 2}])
    assert (less.state, less.deposit, less.deposit_paid) == ("confirmed", Decimal("60.00"), True)
    more = changed(desk, lines=[{"position": 3, "quantity": 5}])
    assert (more.state, more.deposit, more.deposit_paid) == ("review", Decimal("150.00"), False)


def test_without_the_special_goods_it_waits_for_nothing_and_goes_on(desk: Desk) -> None:
    changed(ready(desk), add=[GOLD])
    after = changed(desk, lines=[{"position": 3, "close_short": True}])
    assert (after.state, after.sheet, after.deposit, waits(desk)) == ("confirmed", "none", Decimal("0.00"), [])


def test_an_order_that_waits_again_is_not_free_to_change(desk: Desk) -> None:
    """It was confirmed once: what changes about it is still approved (CHG-2, ORD-7)."""
    changed(ready(desk), add=[MORE])
    made = request(desk, change(lines=[{"position": 2, "quantity": 900}]))
    assert (made.state, made.level) == ("asked", "major")


def test_when_it_is_cancelled_while_it_waits_everyone_concerned_is_told(desk: Desk) -> None:
    changed(ready(desk), add=[MORE, GOLD])
    deposit_paid(as_role(desk, "finance"), number=NUMBER, amount=Decimal("30.00"))
    with pytest.raises(Refused, match="confirmed before"):
        cancel(desk, number=NUMBER, version=head(desk).version, reason="closed down")
    asked = call_off(desk, number=NUMBER, reason="closed down").request
    deciding.grant(as_role(desk, "manager", "leader"), "change", asked.number if asked else "", seen_version=1)
    assert head(desk).state == "cancelled"
    told = [one.sentence for one in notices(as_role(desk, "purchasing", "finance"))]
    assert told == [
        f"{NUMBER} is cancelled: 20 of 复印纸 A4-80 need not be bought for it.",
        f"{NUMBER} is cancelled: its deposit is kept, 复印纸 GOLD were special goods.",
    ]
    prove(desk.database)


def test_side_by_side_tells_what_will_have_to_be_signed_and_paid(desk: Desk) -> None:
    heads = compare(ready(desk), change(add=[GOLD])).heads
    assert heads == (
        Pair("sheet", "Confirmation sheet", "not needed", "to be sent"), Pair("deposit", "Deposit", "0.00", "30.00"),
    )  # fmt: skip


def test_while_goods_are_on_a_slip_what_must_be_signed_goes_on_an_order_of_its_own(desk: Desk) -> None:
    ready(desk)
    set_line(desk, 2, released=10)
    with pytest.raises(Refused) as refused:
        request(desk, change(add=[MORE]))
    assert (refused.value.rule, head(desk).state) == ("ORD-6", "confirmed")

"""The review over plain values: each check at its edges, with rule, weight, field and sentence (ORD-4, ORD-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.catalogue.wares import Priced, PriceSource, Ware
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import Bought, Case, Line, Recent
from ordersdesk.orders.assessment.checks import DECLINED, review
from ordersdesk.orders.assessment.plausible import names_place
from ordersdesk.orders.terms.draft import Draft, DraftLine
from tests.builders import a_draft
from tests.conftest import MONDAY_TEN

NOTHING = Decimal("0.00")
PAPER = Ware(1, "A4", "", "", "paper", "", "", "包", Decimal(25), "catalogue", 0, False, False, "")
BOUGHT = Bought(3, 6, date(2026, 11, 2))
SMALL = Buyer(
    id=1, number="C1", name="明远", size_class="small", grade="A", terms="cash", credit_limit=NOTHING, overdue=NOTHING,
    opening_balance=NOTHING, blocked="", territory="浦东", route="R1", language="", invoice_title="", tax_id="",
    merged_into=None,
)  # fmt: skip
KEY = replace(SMALL, size_class="key")
ON_ACCOUNT = replace(SMALL, terms="account", credit_limit=Decimal(100))


def a_line(ware: int = 1, quantity: int = 1, *, shortage: Any = None, **values: Any) -> Line:
    """A line of paper that is there, bought before; another `ware` is another item."""
    usual: dict[str, Any] = {"priced": Priced(Decimal(25), PriceSource.LIST), "available": quantity, "bought": BOUGHT}
    goods = replace(PAPER, id=ware, code=f"A{ware}", **values.pop("goods", {}))
    typed = DraftLine(item=goods.code, quantity=quantity, shortage=shortage)
    return Line(values.pop("place", 0), typed, goods, quantity, **(usual | values))


def found(policy: Policy, *lines: Line, draft: Mapping[str, Any] = {}, **values: Any) -> list[tuple[str, ...]]:
    """What the review finds: rule, weight, field and sentence."""
    usual: dict[str, Any] = {"buyer": SMALL, "lines": lines or (a_line(),)}
    whole: Draft = a_draft(("A4", 1), **draft)
    case = Case(draft=whole, policy=policy, now=MONDAY_TEN, **(usual | values))
    return [(each.rule, str(each.weight), each.field, each.sentence()) for each in review(case)]


def with_orders(policy: Policy, **orders: object) -> Policy:
    return policy.model_copy(update={"orders": policy.orders.model_copy(update=orders)})


@pytest.mark.parametrize(
    ("address", "named"),
    [("上海市浦东新区1号", True), ("上海市浦东新区１号", True), ("上海市浦东新区", False), ("上海市1号", False)],
)
def test_a_house_number_within_a_district_names_a_place(address: str, named: bool) -> None:
    assert names_place(address) is named


def test_a_clear_order_is_clear(policy: Policy) -> None:
    assert found(policy) == []


@pytest.mark.parametrize(
    ("draft", "values", "said"),
    [
        ({"customer": ""}, {"buyer": None},
         ("ORD-1", "stop", "customer", "Who is ordering? The customer is missing.")),
        ({}, {"buyer": None}, ("ORD-1", "stop", "customer", "There is no customer C100001.")),
        ({"contact": ""}, {}, ("ORD-1", "stop", "contact", "Whom do we ask for? The contact is missing.")),
        ({"phone": ""}, {}, ("ORD-1", "stop", "phone", "The contact's phone is missing.")),
        ({"address": ""}, {}, ("ORD-1", "stop", "address", "Where does it go? The address is missing.")),
        ({"lines": ()}, {}, ("ORD-1", "stop", "lines", "There is no line yet.")),
        ({"channel": "pigeon"}, {},
         ("ORD-1", "stop", "channel", "“pigeon” is not among: phone, web, fax, email, visit, rep.")),
        ({"payment": "cheque"}, {},
         ("ORD-1", "stop", "payment", "“cheque” is not among: cash, transfer, card, third_party, account.")),
        ({"address": "徐汇"}, {},
         ("ORD-4", "stop", "address", "The address names neither a street nor a place.")),
        ({"contact": "1234"}, {},
         ("ORD-4", "stop", "contact", "The contact is no name: whom does the driver ask for?")),
        ({"phone": "6234567"}, {},
         ("CUS-3", "stop", "phone", "7 digits need an area code; the desk's is 021.")),
        ({"urgent": True, "latest": None}, {},
         ("ORD-1", "stop", "latest", "Until when must the urgent goods be there? The latest time is missing.")),
        ({"latest": time(16, 30)}, {},
         ("DLV-4", "stop", "latest", "Until 16:30 can only be promised for an urgent delivery.")),
        ({"invoice": "vat_special"}, {},
         ("ORD-1", "ask", "invoice",
          "A VAT special invoice needs title and tax id: ask for them and put them on the customer's card.")),
        ({}, {"buyer": replace(SMALL, blocked="unpaid")},
         ("CUS-11", "stop", "customer", "This customer is blocked: unpaid.")),
        ({}, {"promise_trouble": Refused("DLV-7", "Closed.", mend="x", field="receiving")},
         ("DLV-7", "stop", "receiving", "Closed.")),
        ({}, {"promise_trouble": Refused("DLV-7", "Closed.", mend="x")}, ("DLV-7", "stop", "deliver_on", "Closed.")),
        ({}, {"fee": Decimal(3), "fee_by_rule": Decimal(10), "draft_fee": True},
         ("DLV-1", "stop", "fee_reason", "The delivery fee is 10.00: why shall it be 3.00?")),
    ],
)  # fmt: skip
def test_what_stops_or_asks_says_rule_field_and_facts(
    policy: Policy, draft: dict[str, Any], values: dict[str, Any], said: tuple[str, ...]
) -> None:
    if values.pop("draft_fee", False):
        draft = draft | {"fee": Decimal(3)}
    assert found(policy, draft=draft, **values)[0] == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (a_line(quantity=12, available=10, short=2, bought=None),
         ("STK-5", "stop", "lines.0.shortage", "Only 10 of paper left, 12 wanted: how shall the rest come?")),
        (a_line(quantity=5, available=0, short=5, shortage="leave", place=3),
         ("STK-5", "stop", "lines.3.quantity", "Nothing of paper is left to sell: remove the line.")),
        (a_line(priced=Priced(NOTHING, PriceSource.NONE)),
         ("CAT-3", "stop", "lines.0.item", "paper has no price: product planning must set one first.")),
        (a_line(goods={"discontinued": True}),
         ("CAT-2", "stop", "lines.0.item", "paper is no longer sold; its replacement is –.")),
        (a_line(goods={"discontinued": True, "replacement": "B5", "listing": "special"}),
         ("CAT-2", "stop", "lines.0.item", "paper is no longer sold; its replacement is B5.")),
        (a_line(goods={"listing": "special"}, place=1),
         ("QUO-7", "stop", "lines.1.item", DECLINED.format(item="paper"))),
        (a_line(goods={"listing": "on request"}, place=2),
         ("QUO-4", "review", "lines.2.item",
          "paper is not in this customer's catalogue; product planning must agree.")),
        (a_line(quantity=11, goods={"purchase_limit": 10}, bought=None),
         ("ORD-4", "stop", "lines.0.quantity", "At most 10 of paper per order; 11 wanted.")),
        (a_line(trouble=Refused("CAT-1", "No such unit.", mend="x", field="quantity")),
         ("CAT-1", "stop", "lines.0.quantity", "No such unit.")),
        (a_line(trouble=Refused("ORD-1", "No such item.", mend="x")),
         ("ORD-1", "stop", "lines.0.item", "No such item.")),
    ],
)  # fmt: skip
def test_a_wrong_line_says_rule_field_and_facts(policy: Policy, line: Line, said: tuple[str, ...]) -> None:
    assert found(policy, line) == [said]


@pytest.mark.parametrize(
    "line",
    [
        a_line(quantity=12, available=10, short=2, shortage="partial", bought=None),
        a_line(quantity=12, available=10, short=2, shortage="leave", bought=None),
        a_line(quantity=10, goods={"purchase_limit": 10}, bought=None),
    ],
)
def test_a_line_whose_rest_was_settled_is_clear(policy: Policy, line: Line) -> None:
    assert found(policy, line) == []


def test_key_customers_order_special_goods_and_are_told_first_prices(policy: Policy) -> None:
    special = a_line(2, goods={"listing": "special"})
    assert found(policy, special, buyer=KEY) == []
    new = a_line(place=1, bought=None)
    said = ("CAT-4", "ask", "lines.1.quantity", "First purchase of paper: say the price 25.00 and have it confirmed.")
    assert found(policy, special, new, buyer=KEY) == [said]
    assert found(policy, special, new, buyer=KEY, draft={"accepted": ("CAT-4:A1",)}) == []
    assert found(policy, special, replace(new, trouble=Refused("X", "x.", mend="x")), buyer=KEY)[0][0] == "X"


def test_an_order_has_at_most_so_many_lines(policy: Policy) -> None:
    two = with_orders(policy, most_lines=2)
    assert found(two, a_line(), a_line(2)) == []
    said = [("ORD-1", "stop", "lines", "An order has at most 2 lines.")]
    assert found(two, a_line(), a_line(2), a_line(3)) == said


@pytest.mark.parametrize(
    ("buyer", "payment", "exposure", "said"),
    [
        (replace(SMALL, overdue=Decimal("0.01")), "cash", "0",
         [("CUS-9", "review", "payment", "0.01 is overdue: pay first, then ship.")]),
        (replace(SMALL, overdue=Decimal("0.01")), "transfer", "0", []),
        (SMALL, "account", "0",
         [("CUS-8", "ask", "payment",
           "This customer has no monthly account: cash or prepaid; a sales rep will call about credit.")]),
        (ON_ACCOUNT, "", "75.00", [("ORD-5", "review", "", "The order goes on monthly account.")]),
        (ON_ACCOUNT, "", "75.01",
         [("ORD-5", "review", "", "The order goes on monthly account."),
          ("PAY-7", "review", "payment", "With this order 100.01 would be open; the limit is 100.00.")]),
        (replace(ON_ACCOUNT, overdue=Decimal(8)), "", "0",
         [("CUS-9", "review", "payment", "8.00 is overdue: pay first, then ship."),
          ("ORD-5", "review", "", "The order goes on monthly account.")]),
        (ON_ACCOUNT, "cash", "100", []),
        (ON_ACCOUNT, "cash", "100.01",
         [("PAY-7", "review", "payment", "100.01 is open already; the limit is 100.00.")]),
        (ON_ACCOUNT, "transfer", "900", []),
        (replace(ON_ACCOUNT, has_lapsed=True, credit_review_on=date(2026, 10, 1)), "cash", "0",
         [("CUS-7", "stop", "payment",
           "The credit review of 2026-10-01 was missed: prepaid only until it is made up for.")]),
        (replace(ON_ACCOUNT, has_lapsed=True), "transfer", "0", []),
    ],
)  # fmt: skip
def test_how_it_is_paid_says_rule_field_and_sums(
    policy: Policy, buyer: Buyer, payment: str, exposure: str, said: list[tuple[str, ...]]
) -> None:
    assert found(policy, buyer=buyer, draft={"payment": payment}, exposure=Decimal(exposure)) == said


@pytest.mark.parametrize(
    ("price", "taken", "said"),
    [
        ("24.99", "0", []),
        ("25.00", "0", ["25.00 is a large order (from 25.00)."]),
        ("20.00", "4.99", []),
        ("20.00", "5.00", ["With 20.00 the orders of this day come to 25.00: a large order (from 25.00)."]),
    ],
)
def test_a_large_order_begins_at_its_limit_over_the_whole_day(
    policy: Policy, price: str, taken: str, said: list[str]
) -> None:
    limit = with_orders(policy, large_order_limit=Decimal("25.00"), finance_looks=(), legal_looks=())
    line = a_line(priced=Priced(Decimal(price), PriceSource.LIST))
    assert found(limit, line, taken=Decimal(taken)) == [("ORD-5", "review", "", each) for each in said]


@pytest.mark.parametrize(
    ("draft", "is_first", "said"),
    [
        ({}, False, []),
        ({"contract": " K-7 "}, True, "It is signed with contract K-7."),
        ({}, True, "It is the first order of a key customer."),
    ],
)
def test_finance_and_legal_look_at_what_the_policy_names(
    policy: Policy, draft: dict[str, Any], is_first: bool, said: str
) -> None:
    looks = ("large", "contract", "first")
    both = with_orders(policy, finance_looks=looks, legal_looks=looks)
    expected = [("ORD-5", "review", "", said)] * 2 if said else []
    assert found(both, draft=draft, is_first=is_first) == expected
    assert found(with_orders(policy, finance_looks=(), legal_looks=()), draft=draft, is_first=is_first) == []


@pytest.mark.parametrize(
    ("quantity", "orders", "pieces", "says"),
    [
        (9, 2, 4, ""),
        (10, 2, 4, "paper: usually 2, you typed 10."),
        (10, 1, 2, ""),  # ordered once is no habit
        (4, 9, 2, ""),
        (5, 9, 2, "paper: usually 1, you typed 5."),  # less than one an order is one
    ],
)
def test_odd_is_a_quantity_of_so_many_times_the_usual(
    policy: Policy, quantity: int, orders: int, pieces: int, says: str
) -> None:
    limits = with_orders(policy, odd_quantity_factor=5, odd_quantity_orders=2)
    line = a_line(quantity=quantity, bought=Bought(orders, pieces, date(2026, 11, 2)), place=1)
    assert found(limits, line) == ([("JOY-5", "ask", "lines.1.quantity", says)] if says else [])
    assert found(limits, line, draft={"accepted": ("JOY-5:A1",)}) == []


@pytest.mark.parametrize(
    ("before", "now", "is_double"),
    [
        ((1, 2, 3), (1, 2, 3), True),
        ((1, 2, 3), (1, 2, 3, 4, 5), True),  # three of five
        ((1, 2, 3, 4, 5), (1, 2, 3), True),
        ((1, 2), (1, 2, 3, 4), False),  # two of four
        ((1, 2, 3), (3, 4, 5), False),
        ((1,), (2,), False),
    ],
)
def test_baskets_are_alike_from_three_items_in_five(
    policy: Policy, before: tuple[int, ...], now: tuple[int, ...], is_double: bool
) -> None:
    likeness = with_orders(policy, guard_likeness_percent=60)
    recent = Recent("SO9", "lin", MONDAY_TEN - timedelta(minutes=29, seconds=59), dict.fromkeys(before, 1))
    lines = [a_line(each) for each in now]
    said = [("JOY-5", "ask", "lines", "lin took SO9 with nearly the same lines 29 min ago.")]
    assert found(likeness, *lines, recent=(recent,)) == (said if is_double else [])
    assert found(likeness, *lines, recent=(recent,), draft={"accepted": ("JOY-5:SO9",)}) == []


@pytest.mark.parametrize(("seconds", "waits"), [(600, True), (601, False)])
def test_a_double_of_ten_minutes_waits_though_the_agent_said_yes(policy: Policy, seconds: int, waits: bool) -> None:
    near = with_orders(policy, duplicate_minutes=10)
    recent = Recent("SO9", "lin", MONDAY_TEN - timedelta(seconds=seconds), {1: 1})
    said = [("ORD-4", "review", "", "SO9 has nearly the same lines and is only 10 min old.")]
    assert found(near, recent=(recent,), draft={"accepted": ("JOY-5:SO9",)}) == (said if waits else [])


def test_another_fee_with_its_reason_waits_for_a_yes(policy: Policy) -> None:
    draft = {"fee": Decimal(3), "fee_reason": "regular"}
    said = [("DLV-1", "review", "fee", "The delivery fee shall be 3.00 instead of 10.00: regular")]
    assert found(policy, draft=draft, fee=Decimal(3), fee_by_rule=Decimal(10)) == said


def test_who_already_said_yes_to_no_account_is_stopped_from_it(policy: Policy) -> None:
    lines = found(policy, draft={"payment": "account", "accepted": ("CUS-8:C1",)})
    assert [(rule, weight) for rule, weight, *_rest in lines] == [("CUS-8", "stop")]


def test_what_stops_comes_first_then_what_asks_then_what_waits(policy: Policy) -> None:
    lines = (
        a_line(goods={"listing": "on request"}),
        a_line(2, 50),
        a_line(3, 5, available=0, short=5, place=2, bought=None),
    )
    assert [weight for _rule, weight, *_rest in found(policy, *lines)] == ["stop", "ask", "review"]

"""From draft to numbered order (ORD-1, 2, 4, 5, 11)."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment import case_queries
from ordersdesk.orders.assessment.case import NotReady, Weight
from ordersdesk.orders.assessment.checks import review
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry import actions
from ordersdesk.stock.queries import discrepancies, shelves
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, cancel, on_shelf


@pytest.fixture
def ready(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, "A4-80", price="25.00", stock=100)
    an_item(desk, "PEN", price="1.50", stock=1000)
    return desk


def refusal(desk: Desk, draft: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        actions.submit(desk, draft)
    return refused.value


def left(desk: Desk, item_id: int = 1) -> list[tuple[int, int]]:
    with desk.reading() as session:
        return [(shelf.on_hand, shelf.reserved) for shelf in shelves(session, [item_id])[item_id]]


def test_a_clear_cash_order_is_confirmed_at_once_with_number_money_and_promise(ready: Desk) -> None:
    made = actions.submit(ready, a_draft(("A4-80", 5), ("PEN", 10)))
    assert (made.number, made.state, made.reasons) == ("SO20261123-0001", "confirmed", ())
    assert (made.goods, made.fee, made.total) == (Decimal("140.00"), Decimal("0.00"), Decimal("140.00"))
    assert made.promised_on == date(2026, 11, 24)
    assert left(ready) == [(100, 5)]


def test_below_the_free_limit_the_fee_is_added(ready: Desk) -> None:
    made = actions.submit(ready, a_draft(("A4-80", 1)))
    assert (made.goods, made.fee, made.total) == (Decimal("25.00"), Decimal("10.00"), Decimal("35.00"))


def test_the_timeline_tells_who_entered_and_cleared_it(ready: Desk) -> None:
    made = actions.submit(ready, a_draft(("A4-80", 5)))
    story = page_queries.by_number(ready, made.number).story
    assert [(step.verb, step.from_state, step.to_state, step.by) for step in story] == [
        ("begin", "", "draft", "lin"),
        ("enter", "draft", "entered", "lin"),
        ("clear", "entered", "confirmed", "lin"),
    ]


def test_numbers_have_no_gap_when_a_submit_is_refused(ready: Desk) -> None:
    actions.submit(ready, a_draft(("A4-80", 5)))
    refusal(ready, a_draft(("A4-80", 500)))
    refusal(ready, a_draft(("A4-80", 5), said_total="1.00"))
    assert actions.submit(ready, a_draft(("PEN", 5))).number == "SO20261123-0002"


def test_the_same_submit_twice_makes_one_order(ready: Desk) -> None:
    draft = a_draft(("A4-80", 5))
    first, second = actions.submit(ready, draft), actions.submit(ready, draft)
    assert (second.number, second.repeated) == (first.number, True)
    assert left(ready) == [(100, 5)]


def test_the_next_day_counts_from_one_again(ready: Desk) -> None:
    actions.submit(ready, a_draft(("PEN", 5)))
    ready.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert actions.submit(ready, a_draft(("PEN", 5))).number == "SO20261124-0001"


@pytest.mark.parametrize("field", ["customer", "contact", "phone", "address", "lines"])
def test_what_is_missing_is_named_with_its_field(ready: Desk, field: str) -> None:
    said = refusal(ready, a_draft(("A4-80", 5), **{field: () if field == "lines" else ""}))
    assert (said.rule, said.field) == ("ORD-1", field)


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"customer": "C999999"}, "ORD-1", "customer"),
        ({"payment": "cheque"}, "ORD-1", "payment"),
        ({"invoice": "pink"}, "ORD-1", "invoice"),
        ({"channel": "pigeon"}, "ORD-1", "channel"),
        ({"phone": "000"}, "CUS-3", "phone"),
        ({"phone": "886-2-2345-6789"}, "CUS-3", "phone"),
        ({"address": "上海市浦东新区"}, "ORD-4", "address"),
        ({"address": "aaaa"}, "ORD-4", "address"),
        ({"address": "上海市1号"}, "ORD-4", "address"),
        ({"address": "1111", "region": "上海"}, "ORD-4", "address"),
        ({"address": "张江路99号"}, "CUS-12", "region"),
        ({"address": "江苏省杭州市文三路1号"}, "CUS-12", "region"),
        ({"address": "新疆乌鲁木齐市人民路1号", "region": "上海"}, "CUS-12", "region"),
        ({"address": "张江路99号", "region": "Atlantis"}, "CUS-12", "region"),
        ({"contact": "1234"}, "ORD-4", "contact"),
        ({"payment": "account"}, "CUS-8", "payment"),
        ({"urgent": True, "latest": None}, "ORD-1", "latest"),
        ({"latest": time(16)}, "DLV-4", "latest"),
        ({"urgent": True, "latest": time(12, 59)}, "DLV-4", "latest"),
        ({"urgent": True, "department": "x\x00"}, "FIL-3", "department"),
        ({"deliver_on": date(2026, 11, 22)}, "DLV-3", "deliver_on"),
        ({"said_total": Decimal("124.99")}, "ORD-4", "total"),
        ({"said_day": date(2026, 11, 23)}, "DLV-7", "deliver_on"),
        ({"said_part": "morning"}, "DLV-7", "deliver_on"),
        ({"said_wave": "12:00"}, "DLV-7", "deliver_on"),
        ({"contact": "a\x1b[31m"}, "FIL-3", "contact"),
        ({"note": "x\x00"}, "FIL-3", "note"),
    ],
)
def test_a_wrong_draft_is_refused_and_nothing_is_written(
    ready: Desk, change: dict[str, Any], rule: str, field: str
) -> None:
    said = refusal(ready, a_draft(("A4-80", 5), **change))
    assert (said.rule, said.field) == (rule, field)
    assert left(ready) == [(100, 0)]


@pytest.mark.parametrize(
    ("line", "rule", "field"),
    [
        (("NOPE", 5), "ORD-1", "lines.0.item"),
        (("", 5), "ORD-1", "lines.0.item"),
        (("A4-80", 0), "ORD-1", "lines.0.quantity"),
        (("A4-80", "-3"), "ORD-1", "lines.0.quantity"),
        (("A4-80", "many"), "ORD-1", "lines.0.quantity"),
        (("A4-80", 101), "STK-5", "lines.0.shortage"),
    ],
)
def test_a_wrong_line_is_refused_at_its_field(ready: Desk, line: tuple[str, Any], rule: str, field: str) -> None:
    said = refusal(ready, a_draft(line))
    assert (said.rule, said.field) == (rule, field)


def test_all_findings_come_at_once(ready: Desk) -> None:
    said = refusal(ready, a_draft(("NOPE", 5), contact="", address=""))
    assert isinstance(said, NotReady)
    assert [finding.field for finding in said.findings] == ["contact", "address", "lines.0.item"]


def test_a_blocked_customer_is_refused_with_the_reason(desk: Desk) -> None:
    a_customer(desk, blocked="unpaid for a year")
    an_item(desk, stock=10)
    said = refusal(desk, a_draft(("A4-80", 1)))
    assert (said.rule, said.message) == ("CUS-11", "This customer is blocked: unpaid for a year.")


@pytest.mark.parametrize(("known", "asked"), [({}, True), ({"invoice_title": "明远", "tax_id": "9131"}, False)])
def test_a_vat_special_invoice_asks_for_title_and_tax_id(desk: Desk, known: dict[str, str], asked: bool) -> None:
    a_customer(desk, **known)
    an_item(desk, stock=10)
    draft = a_draft(("A4-80", 1), invoice="vat_special")
    if asked:
        assert (refusal(desk, draft).rule, refusal(desk, draft).field) == ("ORD-1", "invoice")
        draft = a_draft(("A4-80", 1), invoice="vat_special", accepted=("ORD-1:invoice",))
    assert actions.submit(desk, draft).state == "confirmed"


def test_a_discontinued_item_names_its_replacement(ready: Desk) -> None:
    an_item(ready, "OLD", discontinued=True, replacement="A4-80", stock=5)
    assert refusal(ready, a_draft(("OLD", 1))).message == "复印纸 OLD is no longer sold; its replacement is A4-80."


def test_the_purchase_limit_counts_all_lines_of_an_item(ready: Desk) -> None:
    an_item(ready, "LIM", purchase_limit=10, stock=50)
    assert agreed(ready, a_draft(("LIM", 4), ("LIM", 6))).state == "confirmed"
    assert refusal(ready, a_draft(("LIM", 5), ("LIM", 6))).message == "At most 10 of 复印纸 LIM per order; 11 wanted."


@pytest.mark.parametrize(("quantity", "waits"), [(1999, False), (2000, True)])
def test_an_order_from_the_large_limit_waits_for_the_branch_gm(ready: Desk, quantity: int, waits: bool) -> None:
    an_item(ready, "BIG", price="25.00", stock=5000)
    made = actions.submit(ready, a_draft(("BIG", quantity)))
    expected = [("ORD-5", "branch_gm")] if waits else []
    assert [(why.rule, why.role) for why in made.reasons] == expected
    assert made.state == ("review" if waits else "confirmed")


@pytest.mark.parametrize(("limit", "roles"), [("100.00", ["manager"]), ("99.99", ["manager", "branch_gm"])])
def test_account_orders_wait_for_the_manager_and_over_limit_for_the_gm(
    desk: Desk, limit: str, roles: list[str]
) -> None:
    a_customer(desk, terms="account", credit_limit=Decimal(limit))
    an_item(desk, stock=100)
    made = actions.submit(desk, a_draft(("A4-80", 4)))
    assert ([why.role for why in made.reasons], made.state) == (roles, "review")


@pytest.mark.parametrize(("payment", "rules"), [("cash", ["CUS-9"]), ("transfer", ["PAY-3"])])
def test_an_overdue_customer_pays_first(desk: Desk, payment: str, rules: list[str]) -> None:
    a_customer(desk, overdue=Decimal("80.00"))
    an_item(desk, stock=100)
    assert [why.rule for why in actions.submit(desk, a_draft(("A4-80", 4), payment=payment)).reasons] == rules


def test_a_key_customers_first_purchase_asks_for_the_price(desk: Desk) -> None:
    a_customer(desk, size_class="key")
    an_item(desk, stock=100)
    said = refusal(desk, a_draft(("A4-80", 4)))
    assert (said.rule, said.message) == (
        "CAT-4",
        "First purchase of 复印纸 A4-80: say the price 25.00 and have it confirmed.",
    )
    assert actions.submit(desk, a_draft(("A4-80", 4), accepted=("CAT-4:A4-80",))).state == "confirmed"


def test_a_similar_order_within_half_an_hour_asks_whoever_took_the_first(ready: Desk) -> None:
    actions.submit(ready, a_draft(("A4-80", 5), ("PEN", 10)))
    ready.clock.advance(timedelta(minutes=29))  # type: ignore[attr-defined]
    other = as_role(ready, "agent", login="wang")
    said = refusal(other, a_draft(("A4-80", 6), ("PEN", 10)))
    assert (said.rule, said.message) == ("JOY-5", "lin took SO20261123-0001 with nearly the same lines 29 min ago.")
    ready.clock.advance(timedelta(minutes=2))  # type: ignore[attr-defined]
    assert actions.submit(other, a_draft(("A4-80", 6), ("PEN", 10))).state == "confirmed"


def test_a_similar_order_of_a_desk_whose_clock_is_ahead_is_no_minute_old(ready: Desk) -> None:
    actions.submit(ready, a_draft(("A4-80", 5), ("PEN", 10)))
    ready.clock.advance(timedelta(seconds=-3))  # type: ignore[attr-defined]
    said = refusal(as_role(ready, "agent", login="wang"), a_draft(("A4-80", 6), ("PEN", 10)))
    assert (said.rule, said.message) == ("JOY-5", "lin took SO20261123-0001 with nearly the same lines 0 min ago.")


@pytest.mark.parametrize(("minutes", "state"), [(10, "review"), (11, "confirmed")])
def test_a_double_within_ten_minutes_waits_for_the_leader(ready: Desk, minutes: int, state: str) -> None:
    first = actions.submit(ready, a_draft(("A4-80", 5)))
    ready.clock.advance(timedelta(minutes=minutes))  # type: ignore[attr-defined]
    assert actions.submit(ready, a_draft(("A4-80", 5), accepted=(f"JOY-5:{first.number}",))).state == state


@pytest.mark.parametrize(("seconds", "asks"), [(0, True), (1, False)])
def test_a_similar_basket_is_asked_about_for_exactly_thirty_minutes(ready: Desk, seconds: int, asks: bool) -> None:
    first = actions.submit(ready, a_draft(("A4-80", 5)))
    ready.clock.advance(timedelta(minutes=30, seconds=seconds))  # type: ignore[attr-defined]
    found = [finding.subject for finding in review(case_queries.case(ready, a_draft(("A4-80", 5))))]
    assert found == ([first.number] if asks else [])


@pytest.mark.parametrize(("orders", "typed", "asks"), [(2, 9, False), (2, 10, True), (1, 10, False)])
def test_five_times_the_usual_is_odd_once_it_was_ordered_twice(
    ready: Desk, orders: int, typed: int, asks: bool
) -> None:
    for _each in range(orders):
        actions.submit(ready, a_draft(("A4-80", 2)))
        ready.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    found = [finding.rule for finding in review(case_queries.case(ready, a_draft(("A4-80", typed))))]
    assert found == (["JOY-5"] if asks else [])


@pytest.mark.parametrize(("lines", "stops"), [(200, []), (201, [("ORD-1", "lines")])])
def test_an_order_has_up_to_two_hundred_lines(ready: Desk, lines: int, stops: list[tuple[str, str]]) -> None:
    found = review(case_queries.case(ready, a_draft(*[("A4-80", 1)] * lines)))
    assert [(one.rule, one.field) for one in found if one.weight is Weight.STOP and one.field == "lines"] == stops


def test_an_odd_quantity_asks(ready: Desk) -> None:
    for _ in range(3):
        actions.submit(ready, a_draft(("A4-80", 2)))
        ready.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    said = refusal(ready, a_draft(("A4-80", 50)))
    assert (said.rule, said.message) == ("JOY-5", "复印纸 A4-80: usually 2, you typed 50.")


@pytest.mark.parametrize(
    ("choice", "ordered", "reserved", "total"),
    [("partial", 12, 10, "300.00"), ("purchase", 12, 10, "300.00"), ("leave", 10, 10, "250.00")],
)
def test_the_shortage_choice_is_on_the_line(desk: Desk, choice: str, ordered: int, reserved: int, total: str) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    draft = a_draft(lines=({"item": "A4-80", "quantity": 12, "shortage": choice},))
    made = actions.submit(desk, draft)
    line = page_queries.by_number(desk, made.number).lines[0]
    assert (line.quantity, line.short, line.shortage, made.total) == (ordered, 2, choice, Decimal(total))
    assert left(desk) == [(10, reserved)]


def test_a_transfer_reserves_at_the_sibling_first_then_the_shop(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, stock=10)
    on_shelf(desk, item, 3, code="SHOP", kind="shop")
    on_shelf(desk, item, 4, code="SIB", kind="sibling")
    actions.submit(desk, a_draft(lines=({"item": "A4-80", "quantity": 16, "shortage": "transfer"},)))
    assert left(desk) == [(10, 10), (4, 4), (3, 2)]


def test_two_lines_of_an_item_share_the_other_warehouses(desk: Desk) -> None:
    a_customer(desk)
    item = an_item(desk, stock=10)
    on_shelf(desk, item, 4, code="SIB", kind="sibling")
    wanted = {"item": "A4-80", "shortage": "transfer"}
    agreed(desk, a_draft(lines=(wanted | {"quantity": 13}, wanted | {"quantity": 3})))
    assert left(desk) == [(10, 10), (4, 4)]


def test_cancelling_an_order_in_review_gives_the_goods_back(ready: Desk) -> None:
    an_item(ready, "BIG", price="25.00", stock=5000)
    made = actions.submit(ready, a_draft(("BIG", 2000)))
    cancel(ready, number=made.number, version=1, reason="changed his mind")
    whole = page_queries.by_number(ready, made.number)
    assert (whole.head.state, whole.story[-1].note, left(ready, 3)) == ("cancelled", "changed his mind", [(5000, 0)])


def test_a_confirmed_order_is_not_cancelled_freely(ready: Desk) -> None:
    made = actions.submit(ready, a_draft(("A4-80", 5)))
    with pytest.raises(Refused) as refused:
        cancel(ready, number=made.number, version=1, reason="x")
    assert (refused.value.rule, left(ready)) == ("ORD-7", [(100, 5)])


def test_only_people_of_the_desk_take_orders(ready: Desk) -> None:
    assert refusal(as_role(ready, "driver"), a_draft(("A4-80", 5))).rule == "USR-2"


def test_counters_are_proved_by_their_rows(ready: Desk) -> None:
    actions.submit(ready, a_draft(("A4-80", 5), ("PEN", 3)))
    with ready.reading() as session:
        assert discrepancies(session) == []


def test_a_bar_code_of_two_items_is_asked_about_not_unknown(desk: Desk) -> None:
    a_customer(desk)
    for code in ("B1", "B2"):
        an_item(desk, code, stock=9, barcode="6901234567892")
    with pytest.raises(Refused) as no:
        actions.submit(desk, a_draft(("6901234567892", 2)))
    assert (no.value.rule, no.value.field) == ("CAT-2", "lines.0.item")
    assert no.value.message == "“6901234567892” is the code of several items: B1 复印纸 B1, B2 复印纸 B2."

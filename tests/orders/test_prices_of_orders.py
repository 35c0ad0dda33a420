"""What an order's goods cost: the lowest its customer is entitled to, and never nothing (CAT-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.catalogue.prices.actions import set_prices
from ordersdesk.catalogue.tables import AgreedPrice
from ordersdesk.changing import request
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.case import Case, NotReady
from ordersdesk.orders.assessment.case_queries import case
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.draft import DraftLine
from tests.builders import a_customer, a_draft, added, agreed, an_item, as_role

TODAY = date(2026, 11, 23)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A key customer with an agreed price above a running promotion."""
    a_customer(desk, size_class="key")
    an_item(desk, "A4-80", price="25.00", stock=100)
    an_item(desk, "FREE", price="0.00", stock=100)
    dates: dict[str, Any] = {"start": TODAY, "end": TODAY}
    rows: list[dict[str, Any]] = [
        {"item": "A4-80", "price": Decimal("20.00"), "customer": "C100001"},
        {"item": "A4-80", "price": Decimal("18.00"), **dates},
    ]
    set_prices(as_role(desk, "planning"), rows)
    return desk


def priced(desk: Desk, item: str = "A4-80") -> tuple[str, str]:
    found: Case = case(desk, a_draft((item, 2)))
    assert found.lines[0].priced is not None
    return str(found.lines[0].price), found.lines[0].priced.source.value


def refusal(desk: Desk, *lines: tuple[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(NotReady) as refused:
        submit(desk, a_draft(*lines))
    return [(one.rule, one.field) for one in refused.value.findings if one.weight == "stop"]


def test_a_key_customer_gets_the_promotion_below_the_agreed_price(shop: Desk) -> None:
    assert priced(shop) == ("18.00", "promotion")
    number = agreed(shop, a_draft(("A4-80", 2))).number
    line = by_number(shop, number).lines[0]
    assert (line.price, line.price_source, line.amount) == (Decimal("18.00"), "promotion", Decimal("36.00"))


def test_where_the_site_says_so_the_agreed_price_goes_first(shop: Desk) -> None:
    wins = shop.policy.catalogue.model_copy(update={"agreed_wins": True})
    site = replace(shop, policy=shop.policy.model_copy(update={"catalogue": wins}))
    assert priced(site) == ("20.00", "agreed")


def test_goods_without_a_price_are_not_sold(shop: Desk) -> None:
    assert refusal(shop, ("FREE", 5)) == [("CAT-3", "lines.0.item")]


def test_an_agreed_price_of_nothing_from_before_sells_nothing_for_nothing(shop: Desk) -> None:
    shop.database.write(lambda s: added(s, AgreedPrice(customer_id=1, item_id=2, price=Decimal(0))))
    shop.database.write(lambda s: added(s, AgreedPrice(customer_id=1, item_id=1, price=Decimal(0), starts=TODAY)))
    assert refusal(shop, ("FREE", 5)) == [("CAT-3", "lines.0.item")]
    assert priced(shop) == ("18.00", "promotion")


def test_a_change_adds_nothing_without_a_price_either(shop: Desk) -> None:
    number = agreed(shop, a_draft(("A4-80", 2))).number
    with pytest.raises(NotReady) as refused:
        request(shop, Change(order=number, reason="asked", add=(DraftLine(item="FREE", quantity=1),)))
    assert refused.value.findings[0].rule == "CAT-3"

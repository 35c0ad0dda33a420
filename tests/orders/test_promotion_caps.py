"""A promotion's cap per customer, across orders (CAT-3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ordersdesk.catalogue.prices.actions import set_prices
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry import actions
from tests.builders import a_customer, a_draft, an_item, as_role, cancel

TODAY = date(2026, 11, 23)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, "A4-80", price="25.00", stock=100_000)
    promotion = {
        "item": "A4-80",
        "price": Decimal("20.00"),
        "start": TODAY,
        "end": TODAY + timedelta(days=1),
        "cap": 20,
    }
    set_prices(as_role(desk, "planning"), [promotion])
    return desk


def bought(desk: Desk, *quantities: int) -> list[tuple[Decimal, str]]:
    again = ("ORD-4:A4-80", *(f"JOY-5:SO20261123-000{number}" for number in range(1, 4)))
    draft = a_draft(*(("A4-80", quantity) for quantity in quantities), accepted=again)
    made = actions.submit(desk, draft)
    return [(line.price, line.price_source) for line in page_queries.by_number(desk, made.number).lines]


PROMOTED, LISTED = (Decimal("20.00"), "promotion"), (Decimal("25.00"), "list")


def test_a_customer_has_a_promotion_up_to_its_cap_over_all_orders(ready: Desk) -> None:
    assert bought(ready, 15) == [PROMOTED]
    assert bought(ready, 6) == [LISTED]


def test_the_lines_of_one_order_share_the_cap(ready: Desk) -> None:
    assert bought(ready, 12, 12) == [LISTED, LISTED]
    assert bought(ready, 12, 8) == [PROMOTED, PROMOTED]


def test_a_cancelled_order_gives_its_pieces_back(ready: Desk) -> None:
    bought(ready, 5)
    waiting = actions.submit(ready, a_draft(("A4-80", 15), accepted=("JOY-5:SO20261123-0001",)))
    assert (waiting.state, waiting.total) == ("review", Decimal("300.00"))
    cancel(ready, number=waiting.number, version=1, reason="a mistake")
    assert bought(ready, 15) == [PROMOTED]
    assert bought(ready, 1) == [LISTED]

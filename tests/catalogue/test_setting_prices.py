"""Setting prices and reading them back for an order (CAT-3), on both databases."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.prices.actions import count_promotions, set_prices
from ordersdesk.catalogue.queries import item
from ordersdesk.catalogue.wares import Agreed, Break, Prices
from ordersdesk.catalogue.writing import Taken
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store import prepared
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import a_customer, an_item, as_role

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CENT = Decimal("0.01")


@pytest.fixture
def planner(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk)
    return as_role(desk, "planning")


def row(sort: str, price: str = "9.00", **more: Any) -> dict[str, Any]:
    return {"sort": sort, "item": "a4-80", "price": Decimal(price)} | more


def promotion(**more: Any) -> dict[str, Any]:
    return row("promotion", "6.00", start=TODAY, end=TODAY) | more


def prices(desk: Desk, *, customer_id: int | None = 1, today: date = TODAY) -> Prices:
    with desk.reading() as session:
        return prices_for(session, customer_id, [1], today)


def used(desk: Desk, pieces: int) -> None:
    desk.database.write(lambda session: count_promotions(session, 1, {1: pieces}))


def test_every_kind_of_price_is_stored_and_again_changes_nothing(planner):
    rows = [
        row("list", "20.00"),
        row("agreed", customer="C100001"),
        row("break", "8.00", quantity=10),
        promotion(cap=5),
    ]
    assert set_prices(planner, rows) == Taken(added=3, changed=1)
    assert set_prices(planner, rows) == Taken(same=4)
    assert item(planner, "A4-80")["list_price"] == Decimal("20.00")
    found = prices(planner)
    assert (found.agreed, found.breaks) == ({1: (Agreed(Decimal("9.00")),)}, {1: (Break(10, Decimal("8.00")),)})
    assert [(promo.price, promo.cap, promo.left) for promo in found.promotions[1]] == [(Decimal("6.00"), 5, 5)]


def test_a_price_for_the_same_thing_replaces_the_old_one(planner):
    rows = [row("agreed", customer="C100001", start=TODAY), row("break", quantity=10), promotion(classes="key")]
    set_prices(planner, rows)
    newer = [entry | {"price": entry["price"] - CENT} for entry in rows]
    assert set_prices(planner, [*newer, row("agreed", customer="C100001", start=TODAY - DAY)]) == Taken(1, 3, 0)
    found = prices(planner)
    assert [str(agreed.price) for agreed in found.agreed[1]] == ["8.99", "9.00"]
    assert (str(found.breaks[1][0].price), found.promotions[1][0].classes) == ("8.99", ("key",))


@pytest.mark.parametrize(
    ("more", "sort"),
    [
        ({}, "list"),
        ({"customer": "C100001"}, "agreed"),
        ({"quantity": 10}, "break"),
        ({"start": TODAY, "end": TODAY}, "promotion"),
    ],
)
def test_a_price_says_its_kind_by_what_it_has(planner, more, sort):
    set_prices(planner, [{"item": "A4-80", "price": Decimal("9.00")} | more])
    found = prices(planner)
    stored = {"agreed": bool(found.agreed), "break": bool(found.breaks), "promotion": bool(found.promotions)}
    assert [name for name, there in stored.items() if there] == ([] if sort == "list" else [sort])


@pytest.mark.parametrize(
    ("day", "found"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True), (TODAY + 2 * DAY, False)]
)
def test_only_prices_of_the_day_are_read(planner, day, found):
    dates: dict[str, Any] = {"start": TODAY, "end": TODAY + DAY}
    set_prices(planner, [row("agreed", customer="C100001", **dates), promotion(**dates)])
    read = prices(planner, today=day)
    assert (bool(read.agreed), bool(read.promotions)) == (found, found)


def test_an_unknown_caller_has_no_agreed_price(planner):
    set_prices(planner, [row("agreed", customer="C100001"), promotion()])
    read = prices(planner, customer_id=None)
    assert (bool(read.agreed), bool(read.promotions)) == (False, True)


def test_what_a_customer_has_had_counts_against_the_cap(planner):
    set_prices(planner, [promotion(cap=20)])
    used(planner, 15)
    assert (prices(planner).promotions[1][0].left, prices(planner, customer_id=None).promotions[1][0].left) == (5, 20)
    used(planner, -10)
    assert prices(planner).promotions[1][0].left == 15


@pytest.mark.parametrize(("before", "more", "sold"), [(0, 20, True), (0, 21, False), (15, 5, True), (15, 6, False)])
def test_the_write_itself_guards_the_cap(planner, before, more, sold):
    set_prices(planner, [promotion(cap=20)])
    if before:
        used(planner, before)
    if sold:
        used(planner, more)
    else:
        with pytest.raises(Refused) as refused:
            used(planner, more)
        assert refused.value.rule == "CAT-3"
    assert prices(planner).promotions[1][0].used == before + (more if sold else 0)


@pytest.mark.parametrize(
    ("wrong", "rule", "field"),
    [
        (row("list", item="NONE"), "CAT-3", "item"),
        (row("list", item=""), "CAT-3", "item"),
        (row("list", price="-1"), "CAT-1", "price"),
        (row("list", "1") | {"price": None}, "CAT-1", "price"),
        (row("agreed", "0.00", customer="C100001"), "CAT-3", "price"),
        (row("break", "0.00", quantity=10), "CAT-3", "price"),
        (promotion(price=Decimal(0)), "CAT-3", "price"),
        (row("agreed"), "CAT-3", "customer"),
        (row("agreed", customer="C9"), "CAT-3", "customer"),
        (row("agreed", customer="C100001", start=TODAY, end=TODAY - DAY), "CAT-3", "end"),
        (row("break"), "CAT-3", "quantity"),
        (row("break", quantity=-1), "CAT-1", "quantity"),
        (row("promotion", start=TODAY), "CAT-3", "start"),
        (promotion(classes="vip"), "CAT-3", "classes"),
        (promotion(cap=-1), "CAT-1", "cap"),
        (row("gift"), "CAT-3", "sort"),
    ],
)
def test_a_wrong_price_is_refused_at_its_field_and_nothing_is_stored(planner, wrong, rule, field):
    with pytest.raises(Refused) as refused:
        set_prices(planner, [promotion(), wrong])
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert prices(planner).promotions == {}


def test_agents_do_not_set_prices(desk):
    with pytest.raises(Refused) as refused:
        set_prices(desk, [])
    assert refused.value.rule == "USR-2"


def test_all_lines_of_an_order_take_one_statement_for_each_kind_of_price(planner, monkeypatch):
    statements: list[str] = []
    monkeypatch.setattr(prepared, "_run", lambda _, run, sql, given: (statements.append(sql), run(sql, given)))
    with planner.reading() as session:
        prices_for(session, 1, [1, 2, 3, 4, 5], TODAY)
    assert len(statements) == 3

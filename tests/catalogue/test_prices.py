"""Which price applies (CAT-3) and what a line costs (CAT-5)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.catalogue.rules import amount, price
from ordersdesk.catalogue.wares import Agreed, Break, Prices, PriceSource, Promo, Ware

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def money(text: str) -> Decimal:
    return Decimal(text)


PENCIL = Ware(1, "P1", "", "", "铅笔", "pencil", "HB", "支", money("10.00"), "catalogue", 0, False, False, "")
AGREED = Agreed(money("7.00"), TODAY, TODAY)
STEPS = (Break(10, money("9.00")), Break(100, money("8.00")))
PROMO = Promo(5, money("6.00"), TODAY, TODAY)
EVERYTHING = Prices({1: (AGREED,)}, {1: STEPS}, {1: (PROMO,)})


def asked(prices: Prices, quantity: int = 10, size_class: str = "key", **more: Any) -> tuple[str, str]:
    found = price(prices, PENCIL, quantity, size_class, TODAY, **more)
    return str(found.price), found.source.value


def offered(agreed: str, step: str, promo: str) -> Prices:
    """An agreed price, a quantity price and a promotion; none of those that are empty."""
    return Prices(
        {1: tuple(Agreed(money(text)) for text in (agreed,) if text)},
        {1: tuple(Break(10, money(text)) for text in (step,) if text)},
        {1: tuple(Promo(5, money(text), TODAY, TODAY) for text in (promo,) if text)},
    )


@pytest.mark.parametrize(
    ("agreed", "step", "promo", "found"),
    [
        ("7.00", "9.00", "6.00", ("6.00", "promotion")),
        ("5.99", "9.00", "6.00", ("5.99", "agreed")),
        ("7.00", "6.50", "", ("6.50", "break")),
        ("12.00", "11.00", "10.50", ("10.00", "list")),
        ("6.00", "6.00", "6.00", ("6.00", "agreed")),
        ("", "6.00", "6.00", ("6.00", "break")),
        ("", "", "10.00", ("10.00", "promotion")),
        ("10.00", "", "", ("10.00", "agreed")),
        ("", "", "", ("10.00", "list")),
    ],
)
def test_a_key_customer_pays_the_lowest_price_and_of_equal_ones_the_first_is_named(agreed, step, promo, found):
    assert asked(offered(agreed, step, promo)) == found


@pytest.mark.parametrize(
    ("agreed", "promo", "found"),
    [("7.00", "6.00", ("7.00", "agreed")), ("12.00", "6.00", ("12.00", "agreed")), ("", "6.00", ("6.00", "promotion"))],
)
def test_where_the_site_says_so_an_agreed_price_goes_first(agreed, promo, found):
    assert asked(offered(agreed, "", promo), agreed_wins=True) == found


CENTS = st.one_of(st.none(), st.integers(1, 1500))


@given(agreed=CENTS, step=CENTS, promo=CENTS, cap=st.integers(0, 15), quantity=st.integers(1, 20))
def test_no_key_customer_pays_more_than_a_walk_in(agreed, step, promo, cap, quantity):
    prices = Prices(
        {1: (Agreed(Decimal(agreed) / 100),)} if agreed else {},
        {1: (Break(10, Decimal(step) / 100),)} if step else {},
        {1: (Promo(5, Decimal(promo) / 100, TODAY, TODAY, cap=cap),)} if promo else {},
    )
    key, small = (price(prices, PENCIL, quantity, size, TODAY) for size in ("key", "small"))
    assert key.price <= small.price


@pytest.mark.parametrize(("agreed", "promo"), [("0.00", ""), ("", "0.00"), ("0.00", "0.00")])
def test_a_price_of_nought_is_none(agreed, promo):
    assert asked(offered(agreed, "", promo)) == ("10.00", "list")


def test_goods_without_any_price_have_none():
    free = replace(PENCIL, list_price=money("0.00"))
    found = price(offered("0.00", "", ""), free, 1, "key", TODAY)
    assert (found.price, found.source, found.label) == (money("0.00"), PriceSource.NONE, "no price")


def test_small_customers_buy_at_list_or_promotion_price_only():
    assert asked(EVERYTHING, size_class="small") == ("6.00", "promotion")
    assert asked(Prices({1: (AGREED,)}, {1: STEPS}), size_class="small") == ("10.00", "list")


def test_a_dearer_step_for_more_pieces_is_nobodys_price():
    odd = Prices(breaks={1: (Break(10, money("8.00")), Break(100, money("9.00")))})
    assert asked(odd, 100) == ("8.00", "break")


@pytest.mark.parametrize(
    ("quantity", "found"), [(9, "10.00"), (10, "9.00"), (99, "9.00"), (100, "8.00"), (500, "8.00")]
)
def test_the_highest_step_a_quantity_reaches_is_its_price(quantity, found):
    assert asked(Prices(breaks={1: STEPS}), quantity)[0] == found


def test_two_lines_of_an_item_reach_a_step_together():
    assert asked(Prices(breaks={1: STEPS}), 60, ordered=120) == ("8.00", "break")


@pytest.mark.parametrize(
    ("starts", "ends", "source"),
    [
        (TODAY, TODAY, "agreed"),
        (None, None, "agreed"),
        (TODAY + DAY, None, "list"),
        (None, TODAY - DAY, "list"),
        (None, TODAY, "agreed"),
    ],
)
def test_the_days_of_an_agreement_belong_to_it(starts, ends, source):
    assert asked(Prices({1: (Agreed(money("7.00"), starts, ends),)}))[1] == source


def test_of_two_agreements_the_later_one_is_in_force():
    old, new = Agreed(money("5.00"), TODAY - DAY), Agreed(money("7.50"), TODAY)
    assert asked(Prices({1: (new, Agreed(money("1.00")), old)})) == ("7.50", "agreed")


@pytest.mark.parametrize(
    ("starts", "ends", "classes", "source"),
    [
        (TODAY, TODAY, (), "promotion"),
        (TODAY, TODAY, ("key",), "promotion"),
        (TODAY, TODAY, ("small",), "list"),
        (TODAY + DAY, TODAY + DAY, (), "list"),
        (TODAY - DAY, TODAY - DAY, (), "list"),
    ],
)
def test_a_promotion_has_days_and_classes(starts, ends, classes, source):
    assert asked(Prices(promotions={1: (Promo(1, money("6.00"), starts, ends, classes),)}))[1] == source


@pytest.mark.parametrize(
    ("used", "quantity", "source"),
    [(0, 20, "promotion"), (0, 21, "list"), (15, 5, "promotion"), (15, 6, "list"), (30, 1, "list")],
)
def test_a_promotion_ends_at_its_cap_per_customer(used, quantity, source):
    capped = Prices(promotions={1: (Promo(1, money("6.00"), TODAY, TODAY, cap=20, used=used),)})
    assert asked(capped, quantity)[1] == source


def test_two_lines_of_an_item_share_the_cap():
    capped = Prices(promotions={1: (Promo(1, money("6.00"), TODAY, TODAY, cap=20),)})
    assert asked(capped, 12, ordered=24)[1] == "list"


def test_the_label_says_how_many_more_the_promotion_would_give():
    capped = Prices(promotions={1: (Promo(1, money("6.00"), TODAY, TODAY, cap=20, used=15),)})
    assert price(capped, PENCIL, 6, "small", TODAY).label == "list price; promotion only for 5 more"
    assert price(capped, PENCIL, 5, "small", TODAY).label == "promotion"


def test_the_cheapest_of_several_promotions_applies():
    dear, cheap = Promo(1, money("6.00"), TODAY, TODAY), Promo(2, money("5.00"), TODAY, TODAY)
    assert asked(Prices(promotions={1: (dear, cheap)})) == ("5.00", "promotion")


def test_only_a_promotion_with_a_cap_is_counted():
    capped = Prices(promotions={1: (Promo(7, money("6.00"), TODAY, TODAY, cap=20),)})
    assert price(capped, PENCIL, 20, "key", TODAY).counts_against == 7
    assert price(EVERYTHING, PENCIL, 20, "small", TODAY).counts_against is None


@pytest.mark.parametrize(
    ("unit_price", "quantity", "costs"),
    [("0.01", 3, "0.03"), ("0.335", 1, "0.34"), ("0.334", 1, "0.33"), ("2.50", 4, "10.00")],
)
def test_a_line_is_rounded_half_up_on_its_own(unit_price, quantity, costs):
    assert str(amount(money(unit_price), quantity)) == costs

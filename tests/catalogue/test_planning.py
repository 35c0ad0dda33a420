"""What product planning does to goods and prices, and the story it leaves (CAT-6), on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ordersdesk.catalogue.actions import add_item, add_many, discontinue, edit_item
from ordersdesk.catalogue.pages import spelled
from ordersdesk.catalogue.pages.queries import page_of
from ordersdesk.catalogue.pages.story import told
from ordersdesk.catalogue.prices.actions import end_price, set_prices
from ordersdesk.catalogue.queries import item
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, Stale
from tests.builders import a_customer, an_item, as_role

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def planner(desk: Desk) -> Desk:
    """Planning, a customer and three items."""
    a_customer(desk)
    planner = as_role(desk, "planning")
    for code in ("A4-80", "A4-70", "A3"):
        add_item(planner, {"code": code, "name": f"复印纸 {code}", "list_price": Decimal("25.00")})
    return planner


def story(desk: Desk, code: str = "A4-80") -> list[tuple[str, str]]:
    """What was done about an item since it was added."""
    return [(row.by, told(row)) for row in page_of(desk, code).story if row.verb != "added"]


def refusal(act: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.rule, refused.value.field


def priced(desk: Desk, code: str = "A4-80") -> list[tuple[str, str, str]]:
    return [(line.sort, str(line.price), line.stands(TODAY)) for line in page_of(desk, code).prices]


def test_each_change_of_an_item_stands_in_its_story(planner: Desk) -> None:
    edit_item(planner, "A4-80", {"list_price": Decimal("23.00"), "packs": "箱=5", "valuable": True})
    edit_item(as_role(planner, "manager", login="wang"), "A4-80", {"list_price": Decimal("22.00")})
    assert story(planner) == [
        ("mei", "Changed List price: 25.00 → 23.00, Valuable: no → yes, Packs: 箱=5"),
        ("wang", "Changed List price: 23.00 → 22.00"),
    ]


def test_an_import_tells_the_story_of_each_item_it_changes(planner: Desk) -> None:
    rows = [{"code": "A3", "list_price": Decimal("30.00")}, {"code": "NEW", "name": "新品"}]
    planner.database.write(lambda session: add_many(planner, session, rows))
    assert story(planner, "A3") == [("mei", "Changed List price: 25.00 → 30.00")]
    assert [row.verb for row in page_of(planner, "NEW").story] == ["added"]


def test_each_price_stands_in_the_story_of_its_item(planner: Desk) -> None:
    promotion = {"item": "A4-80", "price": Decimal("18.00"), "start": TODAY, "end": TODAY + DAY, "cap": 5}
    set_prices(planner, [{"item": "A4-80", "price": Decimal("24.00")}, promotion])
    set_prices(planner, [promotion | {"price": Decimal("17.00")}])
    assert story(planner) == [
        ("mei", "Price set List price: 25.00 → 24.00"),
        ("mei", "Price set First day: 2026-11-23, Last day: 2026-11-24, Price: 18.00, Most per customer: 5"),
        ("mei", "Price set First day: 2026-11-23, Price: 18.00 → 17.00"),
    ]  # fmt: skip


def test_a_site_without_a_rate_of_its_own_taxes_as_the_policy_says(planner: Desk) -> None:
    rate = planner.policy.catalogue.model_copy(update={"tax_rate": 6})
    site = planner.policy.model_copy(update={"catalogue": rate})
    desk = replace(planner, policy=site)
    add_item(desk, {"code": "BOOK", "name": "书"})
    add_item(desk, {"code": "PEN", "name": "笔", "tax_rate": 13})
    assert (item(desk, "BOOK")["tax_rate"], item(desk, "PEN")["tax_rate"]) == (6, 13)


def test_a_discontinued_item_names_its_replacement_and_so_do_those_it_replaced(planner: Desk) -> None:
    discontinue(planner, "A4-70", replacement="a4-80")
    discontinue(planner, "A4-80", replacement="A3")
    assert [(item(planner, code)["discontinued"], item(planner, code)["replacement"]) for code in ("A4-70", "A4-80")] \
        == [(True, "A3"), (True, "A3")]  # fmt: skip
    assert story(planner)[-1] == ("mei", "Changed Replacement: A3, Discontinued: no → yes")


@pytest.mark.parametrize("replacement", ["A4-80", "NONE", "GONE"])
def test_only_what_is_sold_replaces_an_item(planner: Desk, replacement: str) -> None:
    an_item(planner, "GONE", discontinued=True)
    assert refusal(lambda: discontinue(planner, "A4-80", replacement=replacement)) == ("CAT-2", "replacement")
    assert item(planner, "A4-80")["discontinued"] is False


def test_two_planners_do_not_write_over_each_other(planner: Desk) -> None:
    edit_item(planner, "A4-80", {"cost": Decimal(10)}, version=1)
    with pytest.raises(Stale):
        discontinue(planner, "A4-80", version=1)


@pytest.mark.parametrize(("on", "stands"), [(None, "over"), (TODAY - DAY, "over"), (TODAY, "running")])
def test_a_promotion_is_ended_at_once_or_after_a_day(planner: Desk, on: date | None, stands: str) -> None:
    dates = {"start": TODAY - DAY, "end": TODAY + 9 * DAY}
    set_prices(planner, [{"item": "A4-80", "price": Decimal("18.00"), **dates}])
    end_price(planner, {"item": "A4-80", "start": TODAY - DAY}, on=on)
    assert priced(planner) == [("promotion", "18.00", stands)]
    last = on or TODAY - DAY
    assert story(planner)[-1] == ("mei", f"Price ended First day: 2026-11-22, Last day: {last}")


def test_a_promotion_that_did_not_begin_never_does(planner: Desk) -> None:
    set_prices(planner, [{"item": "A4-80", "price": Decimal("18.00"), "start": TODAY + DAY, "end": TODAY + 2 * DAY}])
    end_price(planner, {"item": "A4-80", "start": TODAY + DAY})
    assert priced(planner) == [("promotion", "18.00", "over")]


def test_agreed_and_quantity_prices_end_too(planner: Desk) -> None:
    which = ({"item": "A4-80", "customer": "C100001"}, {"item": "A4-80", "quantity": 10})
    set_prices(planner, [one | {"price": Decimal("20.00")} for one in which])
    for one in which:
        end_price(planner, one)
    assert priced(planner) == [("agreed", "20.00", "over")]
    assert story(planner)[0] == ("mei", "Price set Customer: C100001 明远办公, Price: 20.00")


AGREED = {"item": "A4-80", "customer": "C100001"}


def test_the_only_agreed_price_of_a_customer_ends_without_its_first_day(planner: Desk) -> None:
    over = {"start": TODAY - 9 * DAY, "end": TODAY - 5 * DAY}
    dated = [AGREED | {"price": Decimal(21), **over}, AGREED | {"price": Decimal(20), "start": TODAY}]
    set_prices(planner, dated)
    end_price(planner, AGREED, on=TODAY)
    assert sorted(priced(planner)) == [("agreed", "20.00", "running"), ("agreed", "21.00", "over")]
    assert story(planner)[-1][1].endswith("First day: 2026-11-23, Last day: 2026-11-23")


def test_of_several_agreed_prices_the_first_day_is_asked_for(planner: Desk) -> None:
    dated = [AGREED | {"price": Decimal(20), "start": TODAY + days * DAY} for days in (0, 30)]
    set_prices(planner, dated)
    assert refusal(lambda: end_price(planner, AGREED)) == ("CAT-3", "start")
    assert {stands for _sort, _price, stands in priced(planner)} == {"running", "coming"}


@pytest.mark.parametrize(
    ("which", "field"),
    [
        ({"item": "A4-80", "start": TODAY}, "item"),
        ({"item": "A4-80", "customer": "C100001", "start": TODAY}, "item"),
        ({"item": "A4-80", "quantity": 9}, "item"),
        ({"item": "NONE", "quantity": 9}, "item"),
        ({"item": "A4-80", "customer": "C9"}, "customer"),
        ({"item": "A4-80"}, "sort"),
    ],
)
def test_only_a_price_that_stands_can_be_ended(planner: Desk, which: dict[str, Any], field: str) -> None:
    assert refusal(lambda: end_price(planner, which)) == ("CAT-3", field)


def test_an_ended_promotion_does_not_end_again(planner: Desk) -> None:
    set_prices(planner, [{"item": "A4-80", "price": Decimal("18.00"), "start": TODAY, "end": TODAY}])
    end_price(planner, {"item": "A4-80", "start": TODAY})
    assert refusal(lambda: end_price(planner, {"item": "A4-80", "start": TODAY})) == ("CAT-3", "item")


def test_agents_end_no_prices_and_discontinue_nothing(desk: Desk) -> None:
    an_item(desk)
    for act in (lambda: end_price(desk, {"item": "A4-80", "quantity": 1}), lambda: discontinue(desk, "A4-80")):
        assert refusal(act)[0] == "USR-2"


def test_an_agent_does_not_see_what_goods_cost(planner: Desk, desk: Desk) -> None:
    edit_item(planner, "A4-80", {"cost": Decimal("11.11")})
    assert (page_of(planner, "A4-80").values["cost"], "cost" in page_of(desk, "A4-80").values) == (
        Decimal("11.11"),
        False,
    )
    assert (story(planner)[-1][1], story(desk)[-1][1]) == ("Changed Cost: 0.00 → 11.11", "Changed")


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        ({"name": " 纸 ", "list_price": "¥1,234.50"}, {"name": "纸", "list_price": Decimal("1234.50")}),
        ({"purchase_limit": "20", "valuable": "是"}, {"purchase_limit": 20, "valuable": True}),
        ({"purchase_limit": "", "valuable": "", "cost": ""}, {"purchase_limit": 0, "valuable": False, "cost": 0}),
    ],
)
def test_particulars_are_read_as_they_are_typed(texts: dict[str, str], values: dict[str, Any]) -> None:
    assert spelled.particulars(texts) == values


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"list_price": "ten"}, "list_price"),
        ({"purchase_limit": "1.5"}, "purchase_limit"),
        ({"valuable": "x"}, "valuable"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(texts: dict[str, str], field: str) -> None:
    assert refusal(lambda: spelled.particulars(texts))[1] == field

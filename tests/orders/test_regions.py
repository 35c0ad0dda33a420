"""Where goods go decides who takes them: nothing is promised, and no van leaves, for a region nobody knows (CUS-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from ordersdesk.changing import request
from ordersdesk.customers.finding.card_queries import card
from ordersdesk.customers.model.queries import Buyer, Place
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.plan.comparison import Comparison
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.model.queries import ORDER, Summary
from ordersdesk.orders.promise.regions import carrier_days, days_to, is_ours, place_of, region_known
from ordersdesk.orders.terms.change_draft import Change
from tests.builders import a_customer, a_draft, an_item
from tests.delivery.building import allocated

POLICY = load()
NUMBER = "SO20261123-0001"
XINJIANG = "新疆乌鲁木齐市人民路1号"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    a_customer(desk)
    an_item(desk, stock=100)
    return desk


def forget_regions(desk: Desk) -> None:
    """What a home looks like whose addresses nobody asked about."""
    for forget in ("UPDATE address SET region = '', city = ''", "UPDATE sales_order SET region = ''"):
        desk.database.write(lambda session, forget=forget: session.connection().exec_driver_sql(forget))


def taken(desk: Desk, **values: Any) -> Summary:
    return by_number(desk, submit(desk, a_draft(("A4-80", 5), **values)).number).head


def route(desk: Desk) -> str:
    with desk.reading() as session:
        return str(session.connection().execute(select(ORDER.c.route)).scalar_one())


def compared(desk: Desk, **values: Any) -> Comparison:
    return compare(desk, Change(order=NUMBER, reason="asked for", **values))


@pytest.mark.parametrize(
    ("region", "days"), [("上海", 0), ("江苏 苏州市", 2), ("新疆 乌鲁木齐市", 7), ("", None), ("Atlantis", None)]
)
def test_only_what_is_known_to_be_ours_is_ours(region: str, days: int | None):
    assert (days_to(region, POLICY), is_ours(region, POLICY)) == (days, days == 0)


def test_a_city_can_be_ours_in_a_province_that_is_not():
    delivery = POLICY.delivery.model_copy(update={"own_regions": ("上海", "江苏 苏州市")})
    policy = POLICY.model_copy(update={"delivery": delivery})
    assert [days_to(region, policy) for region in ("江苏 苏州市", "江苏 南京市", "江苏")] == [0, 2, 2]


def test_a_desk_that_does_not_ask_sends_its_vans_everywhere():
    delivery = POLICY.delivery.model_copy(update={"divisions": "none"})
    policy = POLICY.model_copy(update={"delivery": delivery})
    assert [days_to(region, policy) for region in ("", "Kent", "江苏")] == [0, 0, 2]


BUYER = Buyer(
    id=1, number="C1", name="明远", size_class="small", grade="A", terms="cash", credit_limit=Decimal(0),
    overdue=Decimal(0), opening_balance=Decimal(0), blocked="", territory="浦东", route="R1", language="",
    invoice_title="", tax_id="", merged_into=None,
    places=(Place("张江路88号", "R8", 8, "上海", "上海市"), Place("人民路1号", "", None, "江苏", "苏州市")),
)  # fmt: skip
SERVED = POLICY.model_copy(update={"customers": POLICY.customers.model_copy(update={"territories": {"浦东": "T1"}})})


@pytest.mark.parametrize(
    ("draft", "buyer", "found"),
    [
        ({"address": "张江路88号"}, {}, ("上海", "上海市", "R8")),
        ({"address": "张江路88号", "region": "浙江", "city": "宁波"}, {}, ("浙江", "宁波市", "R8")),
        ({"address": "张江路88号", "city": "宁波"}, {}, ("浙江", "宁波市", "R8")),
        ({"address": "人民路1号"}, {}, ("江苏", "苏州市", "R1")),  # on the card without a route: the customer's own
        ({"address": "上海市福州路1号"}, {}, ("上海", "上海市", "R1")),
        ({"address": "浦东大道1号"}, {}, ("上海", "上海市", "R1")),
        ({"address": "浦东大道1号"}, {"route": ""}, ("上海", "上海市", "T1")),
        ({"address": "浦东大道1号"}, {"route": "", "territory": "黄浦"}, ("上海", "上海市", "")),
        ({"address": "江苏省苏州市观前街1号"}, {}, ("江苏", "苏州市", "")),  # no van of ours goes there
        ({"address": "福州路1号"}, {}, ("", "", "")),
    ],
)
def test_goods_go_where_words_draft_card_and_territory_say_in_this_order(
    draft: Any, buyer: Any, found: tuple[str, ...]
):
    place = place_of(a_draft(**draft), replace(BUYER, **buyer), SERVED)
    assert (place.region, place.city, place.route) == found


@pytest.mark.parametrize(
    ("draft", "region"),
    [
        ({"address": "人民路1号"}, "江苏 苏州市"), ({"address": "张江路88号"}, "上海"), ({"address": "福州路1号"}, ""),
        ({"address": XINJIANG, "region": "上海"}, ""),
    ],
)  # fmt: skip
def test_the_region_of_goods_is_unknown_while_what_is_said_contradicts_the_words(draft: Any, region: str):
    assert region_known(a_draft(**draft), BUYER, POLICY) == region


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("Atlantis" + "x" * 40, ("DLV-2", "region", "No carrier's days are known for Atlantis" + "x" * 32 + ".")),
        ("", ("CUS-12", "region", "The address names neither province nor city.")),
    ],
)
def test_a_region_no_carrier_goes_to_is_refused_by_name(region: str, said: tuple[str, ...]):
    with pytest.raises(Refused) as no:
        carrier_days(region, POLICY)
    assert (no.value.rule, no.value.field, no.value.message) == said


def test_the_longest_name_of_a_region_wins():
    policy = POLICY.model_copy(
        update={"delivery": POLICY.delivery.model_copy(update={"region_days": {"江苏": 2, "江苏 苏州": 1}})}
    )
    assert [days_to(region, policy) for region in ("江苏 苏州市", "江苏 南京市")] == [1, 2]
    assert carrier_days("江苏 苏州市", policy) == 1


def test_an_unknown_region_is_refused_with_what_to_ask():
    with pytest.raises(Refused) as no:
        carrier_days("", POLICY, address="朝阳区望京街1号")
    assert (no.value.rule, no.value.message) == ("CUS-12", "The address may be in 北京 / 吉林 长春市.")


def test_an_order_to_another_address_goes_where_its_words_say(ready: Desk):
    head = taken(ready, address=XINJIANG, payment="transfer")
    assert (head.region, head.promised_on, route(ready)) == ("新疆 乌鲁木齐市", date(2026, 12, 2), "")


def test_an_order_to_the_known_address_is_ours(ready: Desk):
    head = taken(ready)
    assert (head.region, head.promised_on, route(ready)) == ("上海", date(2026, 11, 24), "R1")


def test_what_the_customer_says_of_their_address_is_asked_once(ready: Desk):
    forget_regions(ready)
    with pytest.raises(Refused) as no:
        taken(ready)
    assert (no.value.rule, no.value.field) == ("CUS-12", "region")
    assert taken(ready, region="上海").region == "上海"
    found = card(ready, 1)
    assert found is not None
    assert [(place.region, place.city) for place in found.addresses] == [("上海", "上海市")]


@pytest.mark.parametrize("typed", ["张江路 88 号", "张江路８８号", "张江路88号\u200b"])
def test_the_known_address_is_known_however_it_is_spaced(ready: Desk, typed: str):
    assert (taken(ready, address=typed).region, route(ready)) == ("上海", "R1")


def test_an_order_to_a_street_that_bears_a_name_of_its_territorys_city_goes_there(ready: Desk):
    head = taken(ready, address="浦东大道99号")
    assert (head.region, head.promised_on) == ("上海", date(2026, 11, 24))


def test_a_street_that_bears_another_citys_name_is_asked_about(ready: Desk):
    with pytest.raises(Refused) as no:
        taken(ready, address="北京西路99号")
    assert (no.value.rule, no.value.field) == ("CUS-12", "region")


@pytest.mark.parametrize("region", ["江苏", "新疆"])
def test_urgent_goods_go_only_where_our_vans_go(ready: Desk, region: str):
    move = f"UPDATE address SET region = '{region}', city = ''"
    ready.database.write(lambda session: session.connection().exec_driver_sql(move))
    with pytest.raises(Refused) as no:
        taken(ready, urgent=True, note="王芳")
    assert (no.value.rule, no.value.field) == ("DLV-4", "urgent")


def test_no_van_takes_an_order_whose_region_nobody_knows(ready: Desk):
    taken(ready)
    forget_regions(ready)
    done = allocated(ready, NUMBER)
    assert ([each.rule for each in done.left], done.made) == (["CUS-12"], ())
    told = "Nobody knows in which province its address is: ask, and change the order."
    assert [(one.rule, one.role, one.sentence) for one in by_number(ready, NUMBER).reasons] == [
        ("CUS-12", "agent", told)
    ]


def test_completing_the_customers_card_lets_an_old_order_go(ready: Desk):
    taken(ready)
    forget_regions(ready)
    learned = "UPDATE address SET region = '上海'"
    ready.database.write(lambda session: session.connection().exec_driver_sql(learned))
    assert [made.order for made in allocated(ready, NUMBER).made] == [NUMBER]


def test_another_address_in_the_same_region_is_light(ready: Desk):
    taken(ready)
    assert compared(ready, address="上海市南京东路1号").at_once


def test_an_address_in_another_region_is_not_light_and_everything_is_computed_anew(ready: Desk):
    taken(ready)
    found = compared(ready, address="江苏省苏州市狮山路1号")
    assert (found.at_once, found.new_promised_on) == (False, date(2026, 11, 25))
    assert (found.level, found.why) == ("minor", "It goes to another region.")


def test_an_address_whose_region_nobody_knows_is_asked_about_in_a_change_too(ready: Desk):
    taken(ready)
    with pytest.raises(Refused) as no:
        request(ready, Change(order=NUMBER, reason="moved", address="张江路99号"))
    assert (no.value.rule, no.value.field) == ("CUS-12", "region")
    request(ready, Change(order=NUMBER, reason="moved", address="张江路99号", region="上海"))
    assert by_number(ready, NUMBER).head.address == "张江路99号"

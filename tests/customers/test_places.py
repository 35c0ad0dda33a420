"""Every delivery address has a province and a city: read, asked for, and never taken to be ours unasked (CUS-12)."""

from __future__ import annotations

import pytest

from ordersdesk.customers.exchange.import_actions import add_many
from ordersdesk.customers.finding.card_queries import card, to_complete
from ordersdesk.customers.model.drafts import NewAddress, NewCustomer
from ordersdesk.customers.model.place_rules import bare, by_territory, placed, require, unknown, where
from ordersdesk.customers.records.actions import create, edit
from ordersdesk.customers.records.contact_actions import add_address, edit_address
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.texts.refusals import Refused
from tests.customers.making import draft, saved, serving

POLICY = load()


def nobody_asks() -> Policy:
    """The policy of a desk abroad."""
    delivery = POLICY.delivery.model_copy(update={"divisions": "none"})
    return POLICY.model_copy(update={"delivery": delivery})


def places(desk: Desk, customer_id: int = 1) -> list[tuple[str, str]]:
    found = card(desk, customer_id)
    return [(place.region, place.city) for place in found.addresses] if found else []


def refused(address: str, region: str = "", city: str = "") -> str:
    with pytest.raises(Refused) as no:
        where(address, POLICY, region=region, city=city)
    assert (no.value.rule, no.value.field, bool(no.value.mend)) == ("CUS-12", "region", True)
    return no.value.message


@pytest.mark.parametrize(
    ("address", "region", "city", "found"),
    [
        ("上海市张江路1号", "", "", ("上海", "上海市")),
        ("张江路1号", "上海", "", ("上海", "上海市")),
        ("狮山路1号", "江苏", "苏州", ("江苏", "苏州市")),
        ("狮山路1号", "江苏省苏州市", "", ("江苏", "苏州市")),
        ("狮山路1号", "江苏", "昆山市", ("江苏", "苏州市")),
        ("江苏省狮山路1号", "江苏", "苏州市", ("江苏", "苏州市")),
        ("鼓楼区湖南路1号", "江苏", "南京", ("江苏", "南京市")),
        ("张江路1号", "", "", ("", "")),
        ("江苏省苏州市狮山路1号", "江苏", "", ("江苏", "苏州市")),
    ],
)
def test_the_words_say_where_it_is_or_somebody_does(address: str, region: str, city: str, found: tuple[str, str]):
    assert where(address, POLICY, region=region, city=city) == found


def test_what_is_said_never_stands_against_the_words():
    assert refused("新疆乌鲁木齐市人民路1号", "上海") == "The address is in 新疆 乌鲁木齐市, not in 上海."
    assert refused("江苏省苏州市狮山路1号", "江苏", "南京市") == "The address is in 江苏 苏州市, not in 江苏 南京市."
    assert refused("朝阳区望京街1号", "上海") == "The address is in 北京 / 吉林 长春市, not in 上海."
    assert refused("张江路1号", "Atlantis") == "“Atlantis” is no province or city."


def test_a_site_may_know_more_regions_than_the_list():
    delivery = POLICY.delivery.model_copy(update={"region_days": {"海外": 20}})
    own = POLICY.model_copy(update={"delivery": delivery})
    assert where("1 Main Street", own, region="海外") == ("海外", "")


def test_abroad_nobody_asks():
    assert where("1 Main Street", nobody_asks()) == ("", "")
    assert where("1 Main Street", nobody_asks(), region="Kent") == ("Kent", "")


def test_a_new_customer_without_a_region_is_asked_for_it(desk: Desk):
    with pytest.raises(Refused) as no:
        create(desk, draft(address="张江路1号"))
    assert (no.value.rule, no.value.field) == ("CUS-12", "region")
    saved(desk, address="张江路1号", region="上海")
    assert places(desk) == [("上海", "上海市")]


@pytest.mark.parametrize(
    ("address", "territory", "found"),
    [
        ("浦东大道1号", "浦东", ("上海", "上海市")),
        ("浦东大道1号", "黄浦", ("上海", "上海市")),
        ("宝山路1号", "浦东", ("上海", "上海市")),
        ("北京西路1号", "浦东", ("", "")),
        ("张江路1号", "浦东", ("", "")),
        ("浦东大道1号", "江苏", ("", "")),
        ("浦东大道1号", "华东一线", ("", "")),
        ("浦东大道1号，杭州市", "浦东", ("", "")),
        ("浦东大道1号", "", ("", "")),
    ],
)
def test_a_street_and_a_territory_of_one_city_say_together_what_neither_says_alone(
    address: str, territory: str, found: tuple[str, str]
):
    assert by_territory(address, territory, POLICY) == found


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (NewAddress(address="上海市张江路1号"), ("上海", "上海市")),
        (NewAddress(address="狮山路1号", region="江苏", city="苏州"), ("江苏", "苏州市")),
        (NewAddress(address="浦东大道1号"), ("", "")),  # nobody says whose it is
        (NewCustomer(address="浦东大道1号", territory="浦东"), ("上海", "上海市")),
        (NewCustomer(address="浦东大道1号", territory="浦东", region="江苏"), ("江苏", "")),
        (NewCustomer(address="", territory="浦东", region="江苏"), ("江苏", "")),
    ],
)
def test_a_new_address_is_placed_by_what_is_known(new: NewAddress | NewCustomer, found: tuple[str, str]):
    kept = placed(new, POLICY)
    assert (kept.region, kept.city, kept.address) == (*found, new.address)


def test_an_address_without_a_region_is_refused_with_those_it_may_be_in():
    for address, region, policy in (
        ("", Region(""), POLICY), ("张江路1号", Region("上海"), POLICY), ("张江路1号", Region(""), nobody_asks()),
    ):  # fmt: skip
        require(address, region, policy)
    with pytest.raises(Refused) as no:
        require("朝阳区望京街1号", Region(""), POLICY)
    told = (no.value.rule, no.value.field, no.value.message)
    assert told == ("CUS-12", "region", "The address may be in 北京 / 吉林 长春市.")
    assert unknown("张江路1号").message == "The address names neither province nor city."


@pytest.mark.parametrize("typed", ["张江路88号", " 张江路 ８８ 号", "张江路\u200b88号"])
def test_one_address_is_spelled_in_many_ways(typed: str):
    assert bare(typed) == bare("张江路88号") != bare("张江路880号")


def test_what_somebody_says_goes_before_street_and_territory(desk: Desk):
    saved(desk, address="浦东大道1号", region="江苏 苏州")
    saved(desk, name="李四", phone="13911112222", address="浦东大道2号")
    assert [places(desk, each) for each in (1, 2)] == [[("江苏", "苏州市")], [("上海", "上海市")]]


def test_a_new_customer_of_an_address_that_may_be_in_several_is_told_which(desk: Desk):
    with pytest.raises(Refused, match="The address may be in 北京 / 吉林 长春市"):
        create(desk, draft(address="朝阳区望京街1号"))


def test_an_address_added_or_edited_has_one_too(desk: Desk):
    saved(desk)
    for act in (
        lambda: add_address(desk, 1, NewAddress(address="张江路2号")),
        lambda: edit_address(desk, 1, NewAddress(address="张江路2号"), version=1),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert (no.value.rule, no.value.field) == ("CUS-12", "region")
    add_address(desk, 1, NewAddress(address="江苏省苏州市狮山路1号"))
    assert places(desk) == [("上海", "上海市"), ("江苏", "苏州市")]


def test_a_file_keeps_what_it_has_and_what_it_lacks_is_to_complete(desk: Desk):
    rows = [NewCustomer(name="甲", address="江苏省苏州市狮山路1号"), NewCustomer(name="乙", address="张江路1号")]
    desk.database.write(lambda session: add_many(desk, session, rows))
    assert [places(desk, each) for each in (1, 2)] == [[("江苏", "苏州市")], [("", "")]]
    lacking = {each.name: "region" in each.to_complete for each in to_complete(desk)}
    assert lacking == {"甲": False, "乙": True}


def test_a_territory_nobody_knows_is_refused_with_those_there_are(desk: Desk):
    saved(desk, territory="浦东", route="R1")
    with pytest.raises(Refused) as no:
        create(desk, draft(name="李四", phone="13911112222", territory="abc"))
    assert (no.value.rule, no.value.field, no.value.mend) == ("CUS-4", "territory", "Choose one of: 浦东.")
    with pytest.raises(Refused) as no:
        edit(desk, 1, version=1, changes={"territory": "abc"})
    assert (no.value.rule, no.value.field) == ("CUS-4", "territory")


def test_a_new_customer_takes_the_route_of_their_territory(desk: Desk):
    saved(desk, territory="浦东", route="R1")
    made = saved(desk, name="李四", phone="13911112222")
    found = card(desk, made.id)
    assert found is not None
    assert (found.route, [place.route for place in found.addresses]) == ("R1", ["R1"])


def test_the_policy_brings_territories_and_their_routes(desk: Desk):
    own = serving(desk, "徐汇", route="R1")
    with pytest.raises(Refused) as no:
        saved(own)
    assert no.value.mend == "Choose one of: 徐汇."
    found = card(own, saved(own, territory="徐汇").id)
    assert found is not None
    assert found.route == "R1"

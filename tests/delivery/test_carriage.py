"""Ways of carriage by weight, volume and time, and what is done for valuable goods: the edges of every band (DLV-6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from ordersdesk.delivery.checks.board_queries import figures
from ordersdesk.delivery.model.cash import after_refusal
from ordersdesk.delivery.model.picking_queries import picklist
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.model.valuables import services_of
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.slips.carriage_queries import ways_of
from ordersdesk.delivery.slips.carriage_rules import Offer, chargeable_kg, chosen, days_to, offers, price_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.slip_settings import Way
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import a_customer
from tests.delivery.building import a_slip


@dataclass(frozen=True)
class Goods:
    """A line of a slip."""

    amount: Decimal
    valuable: bool = True
    pieces: int = 1


def ways(policy: Policy, *rows: dict[str, object]) -> Policy:
    """The policy with these ways only."""
    usual: dict[str, object] = {
        "carrier": "甲", "name": "汽运", "faster": 0, "first_kg": 10, "first_price": 25, "next_price": "1.6",
        "divisor": 6000, "most_kg": 100, "regions": [],
    }  # fmt: skip
    made = tuple(Way.model_validate(usual | row) for row in rows)
    return policy.model_copy(update={"carriage": policy.carriage.model_copy(update={"ways": made})})


@pytest.mark.parametrize(
    ("weight_g", "volume_cm3", "kg"),
    [(0, 0, 1), (1, 0, 1), (1000, 0, 1), (1001, 0, 2), (1000, 6000, 1), (1000, 6001, 2), (0, 60_000, 10),
     (10_001, 60_000, 11), (9_000_000, 1, 9000)],
)  # fmt: skip
def test_what_is_charged_is_the_heavier_of_weight_and_volume_rounded_up(
    weight_g: int, volume_cm3: int, kg: int
) -> None:
    assert chargeable_kg(weight_g, volume_cm3, 6000) == kg


@pytest.mark.parametrize(
    ("kg", "price"), [(1, "25.00"), (10, "25.00"), (11, "26.60"), (20, "41.00"), (3000, "4809.00")]
)
def test_the_first_kilograms_have_one_price_each_further_one_another(policy: Policy, kg: int, price: str) -> None:
    assert price_of(ways(policy, {}).carriage.ways[0], kg) == Decimal(price)


@pytest.mark.parametrize(
    ("weight_g", "days_left", "carrier", "days", "price", "late"),
    [
        # 北京: road 3 days, air 2 days, rail 3 days from 20 kg on dearer at first, cheaper later.
        (1_000, 3, "顺丰速运", 2, "18.00", False), (2_000, 3, "德邦物流", 3, "25.00", False),
        (20_000, 3, "中铁快运", 3, "40.00", False), (19_000, 3, "德邦物流", 3, "39.40", False),
        (2_000, 2, "顺丰速运", 2, "26.00", False), (2_000, 1, "顺丰速运", 2, "26.00", True),
        (101_000, 1, "中铁快运", 3, "137.20", True),
    ],
)  # fmt: skip
def test_the_cheapest_way_that_keeps_the_promise_is_taken_else_the_quickest_with_a_warning(
    policy: Policy, weight_g: int, days_left: int, carrier: str, days: int, price: str, late: bool
) -> None:
    offer = chosen(weight_g, 1, "北京市", days_left, policy)
    assert offer
    assert (offer.carrier, offer.days, str(offer.price), bool(offer.warning)) == (carrier, days, price, late)


def test_equal_prices_go_to_the_quicker_way(policy: Policy) -> None:
    two = ways(policy, {"carrier": "slow"}, {"carrier": "quick", "faster": 1})
    offer = chosen(500, 0, "北京", 9, two)
    assert offer
    assert (offer.carrier, offer.days) == ("quick", 2)


def test_no_way_takes_less_than_a_day(policy: Policy) -> None:
    assert [offer.days for offer in offers(500, 0, "江苏", 9, ways(policy, {"faster": 5}))] == [1]


def test_every_way_says_why_it_will_not_do(policy: Policy) -> None:
    told = {offer.carrier: offer.why_not for offer in offers(150_000, 0, "江苏", 1, policy)}
    assert told == {
        "德邦物流": "needs more working days (2) than there are (1)",
        "顺丰速运": "takes 100 kg at most, these are 150 kg",
        "中铁快运": "does not go to 江苏",
    }


@pytest.mark.parametrize(("weight_g", "kg", "serves"), [(2_001, 3, True), (100_000, 100, True), (100_001, 101, False)])
def test_a_way_takes_goods_up_to_its_most_and_says_what_it_charges(
    policy: Policy, weight_g: int, kg: int, serves: bool
) -> None:
    (offer,) = offers(weight_g, 0, "江苏", 9, ways(policy, {"most_kg": 100}))
    assert (offer.kg, offer.serves, bool(offer.why_not)) == (kg, serves, not serves)


@pytest.mark.parametrize(
    ("days_left", "warning"),
    [
        (2, ""),
        (1, "No way to 北京 keeps the promise: 顺丰速运 特快 needs more working days (2) than there are (1)."),
        (-1, "No way to 北京 keeps the promise: 顺丰速运 特快 needs more working days (2) than there are (0)."),
    ],
)
def test_a_late_way_says_how_late_it_is(policy: Policy, days_left: int, warning: str) -> None:
    offer = chosen(2_000, 1, "北京", days_left, policy)
    assert offer
    assert (offer.carrier, offer.in_time, offer.warning) == ("顺丰速运", not warning, warning)


def test_of_late_ways_the_quickest_is_taken_and_of_those_in_time_the_cheapest(policy: Policy) -> None:
    rows = [
        {"carrier": "quick", "faster": 1, "first_price": 90},
        {"carrier": "cheap"},
        {"carrier": "dear", "first_price": 50},
    ]
    order = {days: [each.carrier for each in offers(500, 0, "江苏", days, ways(policy, *rows))] for days in (0, 1, 2)}
    assert order == {0: ["quick", "cheap", "dear"], 1: ["quick", "cheap", "dear"], 2: ["cheap", "dear", "quick"]}


@pytest.mark.parametrize("rows", [[], [{"most_kg": 1}], [{"regions": ["新疆"]}]])
def test_where_nobody_takes_the_goods_the_offer_names_none(policy: Policy, rows: list[dict[str, object]]) -> None:
    nobody = Offer("", "", 0, 0, Decimal("0.00"), serves=False, warning="No carrier takes these goods to 江苏.")
    assert chosen(1_001, 1, "江苏", 1, ways(policy, *rows)) == nobody


def test_a_region_the_policy_no_longer_knows_is_as_far_as_any(policy: Policy) -> None:
    none = policy.model_copy(update={"delivery": policy.delivery.model_copy(update={"region_days": {}})})
    assert (days_to("江苏", policy), days_to("月球", policy), days_to("月球", none)) == (2, 7, 1)


@pytest.mark.parametrize("region", ["", "上海", "上海市浦东"])
def test_our_own_vans_need_no_carrier(policy: Policy, region: str) -> None:
    assert chosen(1, 1, region, 1, policy) is None


def test_goods_nobody_takes_and_regions_nobody_knows_are_said(policy: Policy) -> None:
    heavy, unknown = chosen(99_000_000, 0, "江苏", 9, policy), chosen(1, 1, "月球", 7, policy)
    assert heavy
    assert (heavy.carrier, heavy.warning) == ("", "No carrier takes these goods to 江苏.")
    assert unknown
    assert (unknown.days, unknown.in_time) == (6, True)


@pytest.mark.parametrize(
    ("value", "insured"),
    [
        ("0.01", "0.00"),
        ("166.66", "0.50"),
        ("166.67", "0.50"),
        ("1.66", "0.00"),
        ("1.67", "0.01"),
        ("8000.00", "24.00"),
    ],
)
def test_valuable_goods_are_packed_once_and_insured_half_up(policy: Policy, value: str, insured: str) -> None:
    found = services_of([Goods(Decimal(value)), Goods(Decimal("5"), valuable=False)], policy)
    assert [(each["name"], each["pieces"], each["value"], each["cost"]) for each in found] == [
        ("special packing", 1, value, "20.00"), ("insurance", 1, value, insured),
    ]  # fmt: skip


def test_ordinary_goods_and_none_need_nothing(policy: Policy) -> None:
    assert services_of([Goods(Decimal("9"), valuable=False), Goods(Decimal("9"), pieces=0)], policy) == []


@pytest.mark.parametrize(
    ("goods", "refused", "fee", "deposit", "sums"),
    [
        ("90.00", "0.00", "10.00", "0.00", ("10.00", "0.00", "100.00")),
        ("90.00", "89.99", "10.00", "0.00", ("10.00", "0.00", "10.01")),
        ("90.00", "90.00", "10.00", "0.00", ("0.00", "0.00", "0.00")),
        ("90.00", "60.00", "10.00", "50.00", ("10.00", "40.00", "0.00")),
        ("90.00", "30.00", "0.00", "50.00", ("0.00", "50.00", "10.00")),
    ],
)
def test_what_is_refused_is_not_paid_and_nothing_brought_asks_no_fee(
    goods: str, refused: str, fee: str, deposit: str, sums: tuple[str, str, str]
) -> None:
    found = after_refusal(*map(Decimal, (goods, refused, fee, deposit)))
    assert (str(found.fee), str(found.deposit), str(found.due)) == sums


def to_beijing(desk: Desk, state: str = "made") -> SlipHead:
    """A slip that a carrier takes to Beijing."""
    a_customer(desk, "C700001")
    beijing = "UPDATE address SET region = '北京', city = '北京市'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(beijing))
    return a_slip(desk, ("A4-80", 10), customer="C700001", state=state).head


def test_the_ways_of_a_slip_are_listed_and_its_carrier_is_the_first(desk: Desk) -> None:
    slip = to_beijing(desk)
    assert (slip.carrier, slip.carriage) == ("顺丰速运", Decimal("18.00"))
    assert next((offer.carrier, offer.why_not) for offer in ways_of(desk, slip.number)) == ("顺丰速运", "")
    with pytest.raises(Refused, match="our own vans"):
        ways_of(desk, a_slip(desk).head.number)


def test_what_a_carrier_takes_is_found_by_the_carrier_and_not_by_our_route(desk: Desk) -> None:
    slip = to_beijing(desk, "printed")
    assert (slip.goes_with, slip.route) == ("顺丰速运", "R1")
    assert [[row.number for row in slips(desk, route=name)] for name in ("顺丰速运", "R1")] == [[slip.number], []]
    assert [len(picklist(desk, route=name)) for name in ("顺丰速运", "R1")] == [1, 0]
    assert figures(desk) == {("顺丰速运", "printed"): 1}

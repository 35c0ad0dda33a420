"""The delivery fee (DLV-1)."""

from decimal import Decimal

import pytest

from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.policy.settings import FeeSlab
from ordersdesk.foundation.policy.value_types import Section
from ordersdesk.orders.assessment.fees import Fee, asked_fee, fee, overrides

POLICY = load()


def policy_with(*slabs: tuple[str, str]) -> Policy:
    made: tuple[Section, ...] = tuple(FeeSlab.model_validate({"from": start, "fee": cost}) for start, cost in slabs)
    return POLICY.model_copy(update={"delivery": POLICY.delivery.model_copy(update={"fee_slabs": made})})


@pytest.mark.parametrize(
    ("goods", "amount", "missing"),
    [
        ("0.00", "10.00", "100.00"),
        ("0.01", "10.00", "99.99"),
        ("99.99", "10.00", "0.01"),
        ("100.00", "0.00", "0.00"),
        ("100.01", "0.00", "0.00"),
        ("1000000.00", "0.00", "0.00"),
    ],
)
def test_a_hundred_is_delivered_free(goods, amount, missing):
    assert fee(Decimal(goods), POLICY) == Fee(Decimal(amount), Decimal(missing))


@pytest.mark.parametrize(("goods", "amount"), [("49.99", "15.00"), ("50.00", "8.50"), ("199.99", "8.50"), ("200", "0")])
def test_slabs_are_half_open(goods, amount):
    policy = policy_with(("0", "15"), ("50", "8.5"), ("200", "0"))
    assert fee(Decimal(goods), policy).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "paid", "apart"),
    [
        (None, "10.00", "None"),
        ("10", "10.00", "None"),
        ("10.00", "10.00", "None"),
        ("0", "0.00", "0.00"),
        ("9.99", "9.99", "9.99"),
        ("12.5", "12.50", "12.50"),
    ],
)
def test_a_fee_somebody_asks_for_is_paid_and_kept_apart_when_it_is_another(said, paid, apart):
    asked = None if said is None else Decimal(said)
    found = asked_fee(asked, Fee(Decimal("10.00"), Decimal(0))), overrides(asked, Decimal("10.00"))
    assert tuple(map(str, found)) == (paid, apart)


def test_nothing_is_missing_where_delivery_is_never_free():
    assert fee(Decimal("5"), policy_with(("0", "12"))) == Fee(Decimal("12.00"), Decimal("0.00"))


def test_it_is_known_how_much_is_missing_for_free_delivery():
    assert [fee(Decimal(goods), POLICY).missing for goods in ("87.50", "99.99", "100")] == [
        Decimal("12.50"), Decimal("0.01"), Decimal("0.00"),
    ]  # fmt: skip

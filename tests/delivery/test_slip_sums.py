"""What a slip adds up to: pure, over plain lines (DLV-1, DLV-6, PAY-6)."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ordersdesk.delivery.model.rules import came_back, totals
from ordersdesk.foundation.policy.policy import load

POLICY = load()
PAPER: Any = SimpleNamespace(pieces=3, amount=Decimal("75.00"), valuable=False, weight_g=500, volume_cm3=20)
SAFE: Any = SimpleNamespace(pieces=1, amount=Decimal("900.00"), valuable=True, weight_g=9_000, volume_cm3=700)
GONE: Any = SimpleNamespace(pieces=0, amount=Decimal("0.00"), valuable=True, weight_g=1, volume_cm3=1)


def sums(*lines: Any, fee: str = "10.00", deposit: str = "0.00") -> dict[str, Any]:
    return totals(lines, fee=Decimal(fee), deposit=Decimal(deposit), policy=POLICY)


def test_a_slip_sums_up_the_lines_that_have_pieces() -> None:
    found = sums(PAPER, SAFE, GONE)
    services = found.pop("services")
    assert found == {
        "pieces": 4, "weight_g": 10_500, "volume_cm3": 760, "valuable": True, "goods": Decimal("975.00"),
        "fee": Decimal("10.00"), "deposit": Decimal("0.00"), "due": Decimal("985.00"),
    }  # fmt: skip
    assert (len(services), sums(PAPER, GONE)["valuable"], sums(PAPER, GONE)["services"]) == (2, False, [])


@pytest.mark.parametrize(
    ("fee", "deposit", "told"),
    [
        ("10.00", "30.00", ("10.00", "30.00", "55.00")),
        ("10.00", "85.00", ("10.00", "85.00", "0.00")),
        ("10.00", "85.01", ("10.00", "85.00", "0.00")),  # what is left of a deposit is set against the next slip
        ("10.00", "-1.00", ("10.00", "0.00", "85.00")),
        ("-10.00", "0.00", ("-10.00", "0.00", "65.00")),  # slips before it asked for more than the order costs
        ("-75.00", "0.00", ("-75.00", "0.00", "0.00")),
        ("-75.01", "5.00", ("-75.00", "0.00", "0.00")),
    ],
)
def test_a_fee_given_back_and_a_deposit_never_make_a_slip_owe_money(
    fee: str, deposit: str, told: tuple[str, ...]
) -> None:
    found = sums(PAPER, fee=fee, deposit=deposit)
    assert tuple(str(found[name]) for name in ("fee", "deposit", "due")) == told


def test_what_is_refused_at_the_door_takes_its_price_off() -> None:
    def handed(pieces: int, refused: int, price: str, amount: str) -> Any:
        return SimpleNamespace(pieces=pieces, refused=refused, price=Decimal(price), amount=Decimal(amount))

    lines = [handed(3, 1, "25.00", "75.00"), handed(2, 2, "1.50", "3.00"), handed(4, 0, "9.99", "39.95")]
    assert came_back(lines) == Decimal("-28.00")
    assert came_back([]) == Decimal("0.00")

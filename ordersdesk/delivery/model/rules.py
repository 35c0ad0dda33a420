"""What a slip adds up to, with its part of the order's fee and deposit: pure, over plain values (DLV-1, PAY-6)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from ordersdesk.catalogue.rules import amount
from ordersdesk.delivery.model.valuables import services_of
from ordersdesk.foundation.policy.policy import Policy

NOTHING = Decimal("0.00")


class Piece(Protocol):
    """A line of a slip, with what one of its pieces weighs and takes up."""

    @property
    def pieces(self) -> int:
        """How many go."""
        ...

    @property
    def amount(self) -> Decimal:
        """What they cost."""
        ...

    @property
    def valuable(self) -> bool:
        """Whether they are packed and insured (DLV-6)."""
        ...

    @property
    def weight_g(self) -> int:
        """The weight of one."""
        ...

    @property
    def volume_cm3(self) -> int:
        """The volume of one."""
        ...


class Handed(Protocol):
    """A line of a slip as it was handed over."""

    @property
    def pieces(self) -> int:
        """How many went."""
        ...

    @property
    def refused(self) -> int:
        """How many of them were refused at the door."""
        ...

    @property
    def price(self) -> Decimal:
        """What one costs."""
        ...

    @property
    def amount(self) -> Decimal:
        """What all that went cost."""
        ...


def came_back(lines: Iterable[Handed]) -> Decimal:
    """Return what refused pieces take off the goods, at most nothing: goods + this + fee - deposit is due (SLP-6)."""
    back = (amount(line.price, line.pieces - line.refused) - line.amount for line in lines if line.refused)
    return sum(back, NOTHING)


def totals(lines: Iterable[Piece], *, fee: Decimal, deposit: Decimal, policy: Policy) -> dict[str, Any]:
    """Return the columns of a slip that its lines decide.

    `fee` is what it carries of its order's fee: less than nothing when slips before it asked for more than the order
    costs now, so that it is given back (DLV-1). `deposit` is what is left of the deposit, set against what is due.
    """
    live = [line for line in lines if line.pieces]
    goods = sum((line.amount for line in live), NOTHING)
    fee = max(fee, -goods)
    set_off = max(NOTHING, min(deposit, goods + fee))
    return {
        "pieces": sum(line.pieces for line in live),
        "weight_g": sum(line.pieces * line.weight_g for line in live),
        "volume_cm3": sum(line.pieces * line.volume_cm3 for line in live),
        "valuable": any(line.valuable for line in live),
        "services": services_of(live, policy),
        "goods": goods,
        "fee": fee,
        "deposit": set_off,
        "due": goods + fee - set_off,
    }

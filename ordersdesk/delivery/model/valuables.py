"""What is done for valuable goods on the way: special packing, and insurance of their value (DLV-6).

It costs the house, not the customer; the slip says that it is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.money import rounded

PACKING, INSURANCE = N_("special packing"), N_("insurance")
PERMILLE = Decimal(1000)


class Goods(Protocol):
    """A line as far as its services depend on it."""

    @property
    def valuable(self) -> bool:
        """Whether it needs them."""
        ...

    @property
    def pieces(self) -> int:
        """How many there are."""
        ...

    @property
    def amount(self) -> Decimal:
        """What they are worth."""
        ...


def services_of(lines: Iterable[Goods], policy: Policy) -> list[dict[str, Any]]:
    """Return packing and insurance of a slip's valuable lines as they are stored; none when nothing is valuable."""
    dear = [line for line in lines if line.valuable and line.pieces]
    if not dear:
        return []
    pieces = sum(line.pieces for line in dear)
    value = sum((line.amount for line in dear), Decimal("0.00"))
    insured = rounded(value * policy.valuable.insurance_permille / PERMILLE)
    costs = ((PACKING, rounded(policy.valuable.packing)), (INSURANCE, insured))
    return [{"name": name, "pieces": pieces, "value": f"{value:.2f}", "cost": f"{cost:.2f}"} for name, cost in costs]

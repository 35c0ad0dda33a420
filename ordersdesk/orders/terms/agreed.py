"""A line of an order as it is agreed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ordersdesk.foundation.texts.texts import full_name


@dataclass(frozen=True)
class Agreed:
    """A line as it is agreed, or as it shall be (then without an id)."""

    id: int | None
    position: int
    item_id: int
    code: str
    name: str
    spec: str
    unit: str
    quantity: int
    typed: str
    price: Decimal
    price_source: str
    amount: Decimal
    shortage: str
    short: int
    note: str
    promotion_id: int | None = None
    special: bool = False
    brand: str = ""
    model: str = ""
    colour: str = ""
    allocated: int = 0
    released: int = 0
    shipped: int = 0
    delivered: int = 0
    closed_short: int = 0
    closed_why: str = ""

    @property
    def full_name(self) -> str:
        """The name with the spec."""
        return full_name(self.name, self.spec)

    @property
    def stuck(self) -> int:
        """Pieces that are on a printed slip or gone: no change goes below them (CHG-3)."""
        return max(self.released, self.delivered)

"""Items and prices as plain values: what the rules of the catalogue work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.texts import full_name


@dataclass(frozen=True)
class Ware:
    """An item as the lines of an order need it."""

    id: int
    code: str
    mnemonic: str
    barcode: str
    name: str
    name_en: str
    spec: str
    unit: str
    list_price: Decimal
    listing: str
    purchase_limit: int
    valuable: bool
    discontinued: bool
    replacement: str
    units: Mapping[str, int] = field(default_factory=dict[str, int])
    brand: str = ""
    model: str = ""
    colour: str = ""

    @property
    def full_name(self) -> str:
        """The name with the spec."""
        return full_name(self.name, self.spec)


class PriceSource(StrEnum):
    """Where a price comes from; of equal ones the first is named (CAT-3)."""

    AGREED = "agreed"
    BREAK = "break"
    PROMOTION = "promotion"
    LIST = "list"
    NONE = "none"


SOURCE_NAMES: dict[str, str] = {
    PriceSource.AGREED: N_("agreed price"),
    PriceSource.BREAK: N_("quantity price"),
    PriceSource.PROMOTION: N_("promotion"),
    PriceSource.LIST: N_("list price"),
    PriceSource.NONE: N_("no price"),
}


@dataclass(frozen=True)
class Agreed:
    """A price agreed with the customer; both days belong to it, a missing one is open."""

    price: Decimal
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Break:
    """The price from this quantity on."""

    from_quantity: int
    price: Decimal


@dataclass(frozen=True)
class Promo:
    """A promotion price; both days belong to it, no classes mean all, no cap means any quantity."""

    id: int
    price: Decimal
    starts: date
    ends: date
    classes: tuple[str, ...] = ()
    cap: int = 0
    used: int = 0
    """Pieces this customer has already had of it."""

    @property
    def left(self) -> int | None:
        """Return how many pieces the customer may still have; nothing means any number."""
        return max(self.cap - self.used, 0) if self.cap else None


@dataclass(frozen=True)
class Prices:
    """The prices that may be lower than the list price, by item."""

    agreed: Mapping[int, tuple[Agreed, ...]] = field(default_factory=dict[int, tuple[Agreed, ...]])
    breaks: Mapping[int, tuple[Break, ...]] = field(default_factory=dict[int, tuple[Break, ...]])
    promotions: Mapping[int, tuple[Promo, ...]] = field(default_factory=dict[int, tuple[Promo, ...]])


@dataclass(frozen=True)
class Priced:
    """What one smallest unit costs, and which price that is."""

    price: Decimal
    source: PriceSource
    counts_against: int | None = None
    """The promotion whose cap per customer these pieces use up."""
    missed: Promo | None = None
    """The cheaper promotion that would have applied to fewer pieces."""

    @property
    def label(self) -> str:
        """Name the price for the screen (CAT-3)."""
        name = _(SOURCE_NAMES[self.source])
        if self.missed is None:
            return name
        return _("{name}; promotion only for {left} more").format(name=name, left=self.missed.left)

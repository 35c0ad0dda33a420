"""Route sheets and what comes with a slip, as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.model.views import SlipHead


@dataclass(frozen=True)
class SheetView:
    """One route sheet with its slips in the order of the stops."""

    head: RouteSheet
    slips: tuple[SlipHead, ...]
    to_collect: Decimal
    """What its slips bring at the door when all goes well."""
    collected: Decimal
    """What they brought so far."""

    @property
    def open(self) -> tuple[SlipHead, ...]:
        """The slips nobody has told about yet."""
        return tuple(slip for slip in self.slips if slip.state == "loaded")


@dataclass(frozen=True)
class SheetRow:
    """A route sheet as lists show it."""

    id: int
    number: str
    state: str
    route: str
    day: date
    wave: str
    vehicle: str
    driver: str
    left_at: datetime | None
    back_at: datetime | None
    expected: Decimal
    handed_in: Decimal | None
    slips: int
    open: int
    pieces: int
    parcels: int


@dataclass(frozen=True)
class Letter:
    """What the contact letter of an urgent delivery 急件送货联络函 says (DLV-4)."""

    slip: str
    order: str
    customer: str
    address: str
    department: str
    """The receiving one: as it was said, else the contact's as far as it is known."""
    contact: str
    phone: str
    leaves_on: date
    wave: str
    latest_on: date
    latest: str
    """As the customer said it, `16:30`; empty when nobody asked."""
    pieces: int
    parcels: int
    to_collect: Decimal
    papers: tuple[str, ...]
    note: str
    agent: str = ""
    """Who took the order, by name."""


@dataclass(frozen=True)
class OnTheWay:
    """A slip somebody has to tell the customer about, or whose receipt is to come back (SLP-8)."""

    number: str
    order_number: str
    customer_name: str
    contact: str
    phone: str
    route: str
    carrier: str
    sheet: str
    state: str
    left_at: datetime | None
    advised_at: datetime | None
    followed_at: datetime | None
    signed_by: str
    signed_at: datetime | None

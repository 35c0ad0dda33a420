"""Slips as they are read: a whole one with its lines, and the rows of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.promise.waves import Wave


class OnItsWay:
    """What is told of a slip alike, whether a list shows it or its page."""

    state: str
    carrier: str
    route: str
    prints: int
    released_first: bool
    left_at: datetime | None

    @property
    def stands(self) -> str:
        """How its state is named (N_); what has left is on the road."""
        return N_("on the road") if self.state == "loaded" and self.left_at else SLIP_FLOW.states[self.state]

    @property
    def goes_with(self) -> str:
        """The carrier who takes it, else our van of its route."""
        return self.carrier or self.route

    @property
    def is_chased(self) -> bool:
        """Whether its goods went and its paper is still to come (SLP-5)."""
        return self.released_first and not self.prints and self.state != "void"


@dataclass(frozen=True)
class SlipHead(OnItsWay):
    """Everything a slip says of itself."""

    id: int
    number: str
    branch: str
    business_date: date
    state: str
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    order_id: int
    order_number: str
    customer_id: int
    customer_name: str
    size_class: str
    contact: str
    phone: str
    address: str
    route: str
    region: str
    warehouse_id: int
    leaves_on: date
    wave: str
    promised_on: date | None
    promised_part: str
    urgent: bool
    latest: str
    department: str
    valuable: bool
    payment: str
    note: str
    pieces: int
    weight_g: int
    volume_cm3: int
    goods: Decimal
    fee: Decimal
    deposit: Decimal
    due: Decimal
    services: list[dict[str, Any]]
    carrier: str
    way: str
    carriage: Decimal
    prints: int
    printed_at: datetime | None
    job: str
    job_at: datetime | None
    parcels: int
    picked_by: str
    released_first: bool
    released_why: str
    sheet_id: int | None
    place: int
    left_at: datetime | None
    collected: Decimal | None
    signed_by: str
    signed_at: datetime | None
    why: str
    again_on: date | None
    advised_at: datetime | None
    followed_at: datetime | None
    receipt_at: datetime | None


@dataclass(frozen=True)
class SlipGoods:
    """One line of a slip."""

    id: int
    slip_id: int
    order_line_id: int
    position: int
    item_id: int
    code: str
    name: str
    spec: str
    unit: str
    pieces: int
    asked: int
    price: Decimal
    amount: Decimal
    note: str
    valuable: bool
    refused: int
    refused_why: str
    brand: str
    model: str
    colour: str


@dataclass(frozen=True)
class SlipView:
    """One slip with its lines."""

    head: SlipHead
    lines: tuple[SlipGoods, ...]


@dataclass(frozen=True)
class SlipRow(OnItsWay):
    """A slip as the board lists it."""

    id: int
    number: str
    state: str
    version: int
    order_number: str
    customer_name: str
    size_class: str
    route: str
    region: str
    leaves_on: date
    wave: str
    promised_on: date | None
    promised_part: str
    urgent: bool
    latest: str
    valuable: bool
    payment: str
    pieces: int
    parcels: int
    due: Decimal
    prints: int
    job: str
    job_at: datetime | None
    released_first: bool
    carrier: str
    sheet_id: int | None
    place: int
    left_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class WaveRow:
    """One wave of a day: what is still to come into it, how far its slips are, and how long it waits."""

    day: date
    wave: str
    minutes_left: int
    """Until it leaves; negative when it has left."""
    orders: int
    """Confirmed orders with goods free to allocate that leave with it at the latest."""
    urgent: int
    slips: dict[str, int]
    """Slips by state."""
    is_car: bool = False
    """An urgent car, beside the departures (DLV-4)."""
    latest: str = ""
    """The earliest of the latest times its urgent goods are wanted by."""
    too_late: int = 0
    """How many of them are not there in time, as things stand."""

    @property
    def leaves(self) -> Wave:
        """The wave as one value."""
        return Wave(self.day, self.wave)

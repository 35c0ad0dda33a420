"""The sections of the policy: what a site may set, between which bounds, and which rule each value belongs to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
)

from ordersdesk.foundation.policy.value_types import (
    Clock,
    Code,
    Count,
    Days,
    Digits,
    Elsewhere,
    Listing,
    Minutes,
    Money,
    Percent,
    Rule,
    Seconds,
    Section,
    Text,
    WarehouseKind,
    WorkingDay,
    Year,
    Zone,
    number,
    rising,
    unique,
)
from ordersdesk.foundation.policy.windows import Window


class ClockLimits(Section):
    """How far the clock of a machine may be from the newest entry of the book, and from its server's."""

    rule = "DB-8"
    back_minutes: Annotated[Minutes, Rule("DB-8")]
    ahead_days: Annotated[StrictInt, Field(ge=1, le=3660), Rule("DB-8")]
    server_minutes: Annotated[Minutes, Rule("DB-8")]


class Branch(Section):
    """Who we are, where, and in which money and language."""

    rule = "ORD-2"
    code: Annotated[Code, Rule("ORD-2")]
    name: Annotated[Text, Rule("CAL-2")]
    company: Annotated[Text, Rule("CAL-2")]
    time_zone: Annotated[Zone, Rule("ORD-12")]
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$", examples=["CNY"]), Rule("CAT-5")]
    language: Annotated[Literal["en", "zh_CN"], Rule("CAL-2")]


class Users(Section):
    """Signing in at the desk and on the command line, idle desks and what lists hide."""

    rule = "USR-6"
    failures: Annotated[Count, Field(le=100), Rule("USR-6")]
    lock_minutes: Annotated[Minutes, Rule("USR-6")]
    idle_minutes: Annotated[Minutes, Rule("USR-6")]
    token_hours: Annotated[StrictInt, Field(ge=1, le=720), Rule("USR-1")]
    machine_days: Annotated[StrictInt, Field(ge=1, le=3660), Rule("USR-1")]
    shortest_password: Annotated[StrictInt, Field(ge=6, le=128), Rule("USR-6")]
    mask_front: Annotated[StrictInt, Field(ge=0, le=8), Rule("USR-5")]
    mask_back: Annotated[StrictInt, Field(ge=0, le=8), Rule("USR-5")]


class Phones(Section):
    """How a bare number is completed, and which numbers stay as they are."""

    rule = "CUS-3"
    country: Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$", examples=["CN"]), Rule("CUS-3")]
    area_code: Annotated[StrictStr, Field(pattern=r"^[0-9]{0,8}$", examples=["021"]), Rule("CUS-3")]
    service_prefixes: Annotated[tuple[Digits, ...], Rule("CUS-3")]
    short_prefixes: Annotated[tuple[Digits, ...], Rule("CUS-3")]


class Customers(Section):
    """Numbers, classes and credit of customers."""

    rule = "CUS-1"
    number_prefix: Annotated[Code, Rule("CUS-1")]
    number_digits: Annotated[StrictInt, Field(ge=4, le=12), Rule("CUS-1")]
    shortest_phone_part: Annotated[StrictInt, Field(ge=1, le=8), Rule("CUS-2")]
    territories: Annotated[dict[Text, Text], Rule("CUS-4")]
    similar_name_percent: Annotated[Percent, Rule("CUS-4")]
    key_monthly: Annotated[Money, Rule("CUS-6")]
    key_months: Annotated[StrictInt, Field(ge=1, le=24), Rule("CUS-6")]
    credit_months: Annotated[StrictInt, Field(ge=0, le=60), Rule("CUS-7")]
    credit_monthly: Annotated[Money, Rule("CUS-7")]
    credit_review_months: Annotated[StrictInt, Field(ge=1, le=60), Rule("CUS-7")]
    credit_grace_days: Annotated[Days, Rule("CUS-7")]
    credit_limit_most: Annotated[Money, Rule("CUS-7")]
    credit_days_most: Annotated[Days, Field(ge=1), Rule("CUS-7")]


class Catalogue(Section):
    """What may be ordered by whom, and how it is taxed."""

    rule = "CAT-1"
    departments: Annotated[tuple[Text, ...], AfterValidator(unique), Rule("CAT-1")]
    tax_rates: Annotated[tuple[Annotated[StrictInt, Field(ge=0, le=100)], ...], AfterValidator(unique), Rule("CAT-5")]
    tax_rate: Annotated[StrictInt, Field(ge=0, le=100), Rule("CAT-5")]
    largest_quantity: Annotated[Count, Rule("CAT-1")]
    key_listings: Annotated[tuple[Listing, ...], AfterValidator(unique), Rule("ORD-4")]
    small_listings: Annotated[tuple[Listing, ...], AfterValidator(unique), Rule("ORD-4")]
    agreed_wins: Annotated[StrictBool, Rule("CAT-3")]

    @field_validator("tax_rate")
    @classmethod
    def _is_a_rate(cls, rate: int, others: ValidationInfo) -> int:
        if rate not in others.data.get("tax_rates", (rate,)):
            raise ValueError(rate)
        return rate


class Stock(Section):
    """Holds, and where to look when a shelf is empty."""

    rule = "STK-3"
    hold_minutes: Annotated[Minutes, Rule("STK-3")]
    heartbeat_seconds: Annotated[Seconds, Rule("STK-3")]
    warehouse_order: Annotated[tuple[Elsewhere, ...], AfterValidator(unique), Rule("STK-5")]
    transfer_days: Annotated[dict[WarehouseKind, Days], Rule("STK-5")]
    purchase_days: Annotated[Days, Rule("STK-5")]
    reserve_days: Annotated[Days, Field(le=60), Rule("STK-3")]


class Calls(Section):
    """What the desk shows of a caller."""

    rule = "CAL-3"
    last_orders: Annotated[Count, Field(le=50), Rule("CAL-3")]
    usual_items: Annotated[Count, Field(le=100), Rule("CAL-4")]
    usual_months: Annotated[Count, Field(le=60), Rule("CAL-4")]
    same_seconds: Annotated[Count, Field(le=3600), Rule("CAL-1")]
    longest_hours: Annotated[Count, Field(le=23), Rule("CAL-1")]
    extensions: Annotated[dict[Digits, Text], Rule("CAL-1")]


class Orders(Section):
    """Limits of the automatic review and the two guards against slips of the tongue."""

    rule = "ORD-4"
    number_prefix: Annotated[Code, Rule("ORD-2")]
    most_lines: Annotated[Count, Field(le=1000), Rule("ORD-1")]
    large_order_limit: Annotated[Money, Rule("ORD-5")]
    finance_looks: Annotated[tuple[Literal["large", "contract", "first"], ...], AfterValidator(unique), Rule("ORD-5")]
    legal_looks: Annotated[tuple[Literal["large", "contract", "first"], ...], AfterValidator(unique), Rule("ORD-5")]
    duplicate_minutes: Annotated[Minutes, Rule("ORD-4")]
    guard_minutes: Annotated[Minutes, Rule("JOY-5")]
    guard_likeness_percent: Annotated[Percent, Rule("JOY-5")]
    odd_quantity_factor: Annotated[StrictInt, Field(ge=2, le=1000), Rule("JOY-5")]
    odd_quantity_orders: Annotated[Count, Field(le=100), Rule("JOY-5")]
    regret_seconds: Annotated[Seconds, Rule("JOY-11")]


class FeeSlab(Section):
    """The fee from this goods total up to the next slab's."""

    rule = "DLV-1"
    start: Annotated[Money, Field(alias="from"), Rule("DLV-1")]
    fee: Annotated[Money, Rule("DLV-1")]


def _slabs(slabs: tuple[FeeSlab, ...]) -> tuple[FeeSlab, ...]:
    if not slabs or slabs[0].start != 0:
        raise ValueError(slabs)
    rising(tuple(slab.start for slab in slabs))
    return slabs


class Delivery(Section):
    """The fee, the cut-off, departures and urgent cars, and how far away each region is."""

    rule = "DLV-2"
    fee_slabs: Annotated[tuple[FeeSlab, ...], AfterValidator(_slabs), Rule("DLV-1")]
    key_cut_off: Annotated[Clock, Rule("DLV-2")]
    other_days: Annotated[Days, Field(ge=1), Rule("DLV-2")]
    divisions: Annotated[Literal["CN", "none"], Rule("CUS-12")]
    own_regions: Annotated[tuple[Text, ...], AfterValidator(unique), Rule("DLV-2")]
    region_days: Annotated[dict[Text, Annotated[Days, Field(ge=1)]], Rule("DLV-2")]
    furthest_days: Annotated[Days, Field(ge=1), Rule("DLV-2")]
    departures: Annotated[tuple[Clock, ...], Field(min_length=1), AfterValidator(rising), Rule("DLV-2")]
    urgent_cars: Annotated[tuple[Clock, ...], Field(min_length=1), AfterValidator(rising), Rule("DLV-4")]
    urgent_km: Annotated[Decimal, Field(gt=0, le=1000), BeforeValidator(number), Rule("DLV-4")]
    urgent_minutes: Annotated[Minutes, Rule("DLV-4")]
    parts: Annotated[WorkingDay, Field(min_length=2, max_length=2), Rule("DLV-7")]

    @property
    def morning(self) -> Window:
        """When a morning delivery arrives."""
        return self.parts[0]

    @property
    def afternoon(self) -> Window:
        """When an afternoon delivery arrives."""
        return self.parts[1]


class Calendar(Section):
    """Working windows of each weekday and the days that are not as the weekday says."""

    rule = "DLV-3"
    legal: Annotated[Literal["CN", "none"], Rule("DLV-3")]
    monday: Annotated[WorkingDay, Rule("DLV-3")]
    tuesday: Annotated[WorkingDay, Rule("DLV-3")]
    wednesday: Annotated[WorkingDay, Rule("DLV-3")]
    thursday: Annotated[WorkingDay, Rule("DLV-3")]
    friday: Annotated[WorkingDay, Rule("DLV-3")]
    saturday: Annotated[WorkingDay, Rule("DLV-3")]
    sunday: Annotated[WorkingDay, Rule("DLV-3")]
    make_up: Annotated[WorkingDay, Field(min_length=1), Rule("DLV-3")]
    holidays: Annotated[dict[date, Text], Rule("DLV-3")]
    make_up_days: Annotated[tuple[date, ...], Rule("DLV-3")]
    closures: Annotated[dict[date, Text], Rule("DLV-3")]
    confirmed_years: Annotated[tuple[Year, ...], Rule("DLV-3")]

    @property
    def week(self) -> tuple[tuple[Window, ...], ...]:
        """The windows of Monday to Sunday."""
        return (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)


class Choices(Section):
    """What an order offers to choose from."""

    rule = "ORD-1"
    payments: Annotated[tuple[Literal["cash", "transfer", "card", "third_party", "account"], ...], Rule("PAY-1")]
    invoices: Annotated[tuple[Literal["none", "ordinary", "vat_special"], ...], Rule("ORD-1")]
    channels: Annotated[tuple[Literal["phone", "web", "fax", "email", "visit", "rep"], ...], Rule("CAL-1")]

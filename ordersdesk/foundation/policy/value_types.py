"""The kinds of value a policy holds, with their bounds: counts, times, money, windows, choices."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr
from pydantic import WithJsonSchema as Described

from ordersdesk.foundation.policy.windows import Window, in_order, window

Entry = TypeVar("Entry")


class Rule(NamedTuple):
    """The handbook rule a value belongs to."""

    id: str


class Section(BaseModel):
    """One subject of the policy: immutable, and knowing no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)
    rule: ClassVar[str] = "POL-1"


def _clock(value: object) -> object:
    """Take `12:00` and TOML's own 12:00:00, nothing looser such as seconds since midnight."""
    if isinstance(value, time):
        return value
    if isinstance(value, str) and len(value) == 5 and value[2] == ":":
        return time.fromisoformat(value)
    raise ValueError(value)


def number(value: object) -> object:
    """Refuse yes and no, which Python counts as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError(value)
    return value


def _window(value: object) -> object:
    return value if isinstance(value, Window) else window(str(value))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error
    return name


def _day(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    if not in_order(windows):
        raise ValueError(windows)
    return windows


def rising(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Insist on rising values."""
    if any(one >= next_ for one, next_ in pairwise(values)):
        raise ValueError(values)
    return values


def unique(values: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Insist on different values."""
    if len(set(values)) != len(values):
        raise ValueError(values)
    return values


Count = Annotated[StrictInt, Field(ge=1, le=1_000_000_000)]
Minutes = Annotated[StrictInt, Field(ge=1, le=10_080)]
Seconds = Annotated[StrictInt, Field(ge=1, le=86_400)]
Days = Annotated[StrictInt, Field(ge=0, le=366)]
Money = Annotated[Decimal, Field(ge=0, le=Decimal("999999999.99"), decimal_places=2), BeforeValidator(number)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2), BeforeValidator(number)]
Year = Annotated[StrictInt, Field(ge=2000, le=2200)]
Text = Annotated[StrictStr, Field(max_length=200)]
Code = Annotated[StrictStr, Field(pattern=r"^[A-Z][A-Z0-9]{0,5}$", examples=["SH"])]
Digits = Annotated[StrictStr, Field(pattern=r"^[0-9]{1,8}$", examples=["021"])]
Clock = Annotated[time, BeforeValidator(_clock), Described({"type": "string", "examples": ["12:00"]})]
Opening = Annotated[Window, BeforeValidator(_window), Described({"type": "string", "examples": ["08:30-12:00"]})]
WorkingDay = Annotated[tuple[Opening, ...], AfterValidator(_day)]
Zone = Annotated[StrictStr, AfterValidator(_zone), Described({"type": "string", "examples": ["Asia/Shanghai"]})]
Listing = Literal["catalogue", "regular", "special"]
Grade = Literal["A", "B", "C"]
WarehouseKind = Literal["main", "sibling", "shop"]
Elsewhere = Literal["sibling", "shop"]
Approver = Literal[
    "leader", "manager", "order_group", "planning", "purchasing", "finance", "loss_prevention", "branch_gm",
    "group_cfo", "office_supervisor", "sales_manager", "customer_management", "legal", "technical", "production",
    "quality", "marketing",
]  # fmt: skip

"""What an agent, a file or a program hands in to change an order; validated before any rule is asked (CHG-1)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.money import LARGEST
from ordersdesk.orders.terms.draft import DraftLine, NoYes, TimeTyped, understood
from ordersdesk.stock.rules import Shortage

# What may be said anew about the order as a whole; what is left out stays as it was agreed.
HEAD = ("contact", "phone", "address", "note", "payment", "invoice", "deliver_on", "urgent", "latest",
        "department", "papers", "fee")  # fmt: skip


class LineChange(BaseModel):
    """What changes about one line; what is left out stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    position: int = Field(strict=True, ge=1, description="the line's position on the order")
    quantity: Annotated[str | int | None, NoYes] = Field(default=None, description="pieces, or packs such as 5箱")
    item: str | None = Field(default=None, max_length=60, description="another item instead, such as another colour")
    shortage: Shortage | None = Field(default=None, description="what the customer chose when goods are short (STK-5)")
    note: str | None = Field(default=None, max_length=500)
    close_short: bool = Field(default=False, description="what is not on a slip, or above `quantity`, will not come")
    reason: str = Field(default="", max_length=500, description="why it is closed short; the change's reason if empty")


class Change(BaseModel):
    """A change an order's customer asks for (CHG-1); empty means as it was agreed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    order: str = Field(min_length=1, max_length=60, description="the order's number")
    version: Annotated[int | None, NoYes] = Field(
        default=None, description="the order's version as it was read; refused if it is older"
    )
    reason: str = Field(default="", max_length=500, description="why it changes; needed to ask for it")
    lines: tuple[LineChange, ...] = ()
    add: tuple[DraftLine, ...] = Field(default=(), description="new lines")
    contact: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=60)
    address: str | None = Field(default=None, max_length=500)
    region: str | None = Field(default=None, max_length=60, description="province and city the address does not say")
    note: str | None = Field(default=None, max_length=10_000)
    payment: str | None = Field(default=None, description="one of policy choices.payments")
    invoice: str | None = Field(default=None, description="one of policy choices.invoices")
    deliver_on: date | None = Field(default=None, description="another day the customer wishes")
    urgent: bool | None = Field(default=None, description="same day by the next urgent car (DLV-4)")
    latest: Annotated[time | None, TimeTyped] = Field(default=None, description="another latest time of urgent goods")
    department: str | None = Field(default=None, max_length=200)
    papers: str | None = Field(default=None, max_length=500)
    fee: Annotated[Decimal | None, NoYes] = Field(
        default=None,
        ge=0,
        le=LARGEST,
        decimal_places=2,
        description="another delivery fee (DLV-1)",
    )
    accepted: tuple[str, ...] = Field(default=(), description="questions answered with yes, such as JOY-5:A4-80")


def parsed(data: Any) -> Change:
    """Read a change from plain data; refused (CHG-1) naming the place that is wrong."""
    told = N_("The change cannot be read at {place}: {reason}.")
    return understood(Change, data, whole="change", rule="CHG-1", told=told, command="orders change --schema")

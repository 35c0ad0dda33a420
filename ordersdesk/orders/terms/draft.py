"""What an agent, a file or a program hands in to become an order; validated before any rule is asked."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar
from uuid import uuid4

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import LARGEST
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.stock.rules import Shortage

Model = TypeVar("Model", bound=BaseModel)


def _no_yes(value: Any) -> Any:
    """Refuse yes and no where a number stands: in JSON `true` would count as one."""
    if isinstance(value, bool):
        raise ValueError(_("true and false are no number"))
    return value


NoYes = BeforeValidator(_no_yes)


def _time_typed(value: Any) -> Any:
    """Read a time as people write it; a number, which would count seconds, is none."""
    if value is None or isinstance(value, time):
        return value
    if not isinstance(value, str):
        raise ValueError(_("a time is written as text, such as 16:30"))
    try:
        return time_typed(value)
    except Refused as no:
        raise ValueError(no.message) from no


TimeTyped = BeforeValidator(_time_typed)


class DraftLine(BaseModel):
    """One line as it was typed: an item by code, bar code or mnemonic and a quantity, perhaps in packs (`5箱`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str = Field(default="", max_length=60, description="item code, bar code or mnemonic")
    quantity: Annotated[str | int, NoYes] = Field(default="", description="pieces, or packs such as 5箱")
    shortage: Shortage | None = Field(default=None, description="what the customer chose when goods are short (STK-5)")
    note: str = Field(default="", max_length=500)


class Draft(BaseModel):
    """An order before it has a number (ORD-1); empty fields are filled from the customer where that is safe."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(
        default_factory=lambda: uuid4().hex,
        min_length=1,
        max_length=64,
        description="makes a repeated submit one order (ORD-11)",
    )
    customer: str = Field(default="", max_length=60, description="customer number")
    contact: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=60)
    address: str = Field(default="", max_length=500)
    region: str = Field(default="", max_length=60, description="province, where the address does not say it (CUS-12)")
    city: str = Field(default="", max_length=60, description="city, where the address does not say it")
    lines: tuple[DraftLine, ...] = ()
    payment: str = Field(default="", description="one of policy choices.payments; the customer's terms when empty")
    invoice: str = Field(default="none", description="one of policy choices.invoices")
    channel: str = Field(default="phone", description="one of policy choices.channels")
    deliver_on: date | None = Field(default=None, description="the day the customer wishes; the earliest when empty")
    urgent: bool = Field(default=False, description="same day by the next urgent car (DLV-4); needs `latest`")
    latest: Annotated[time | None, TimeTyped] = Field(
        default=None, description="until when urgent goods must be there, as the customer says it: 16:30, 4pm"
    )
    department: str = Field(default="", max_length=200, description="which department takes urgent goods in")
    papers: str = Field(default="", max_length=500, description="papers to hand over besides slip and invoice")
    note: str = Field(default="", max_length=10_000)
    contract: str = Field(default="", max_length=200, description="the signed contract it belongs to: number or file")
    fee: Annotated[Decimal | None, NoYes] = Field(
        default=None, ge=0, le=LARGEST, decimal_places=2, description="asked for instead of the rule's fee; needs a yes"
    )
    fee_reason: str = Field(default="", max_length=500, description="why the fee shall be another (DLV-1)")
    said_total: Annotated[Decimal | None, NoYes] = Field(
        default=None, ge=0, le=LARGEST, description="the total read out; refused if it changed since"
    )
    said_day: date | None = Field(default=None, description="the day promised; refused if it changed since (DLV-7)")
    said_part: Literal["morning", "afternoon", ""] | None = Field(
        default=None, description="the part of that day promised; refused if it changed since (DLV-7)"
    )
    said_wave: str | None = Field(
        default=None, max_length=5, description="the wave promised for urgent goods; refused if another takes them now"
    )
    corrects: str = Field(
        default="", max_length=60, description="number of a rejected or pulled-back order that this one enters again"
    )
    accepted: tuple[str, ...] = Field(default=(), description="questions answered with yes, such as JOY-5:A4-80")


def parsed(data: Any) -> Draft:
    """Read a draft from plain data; refused (ORD-1) naming the place that is wrong."""
    told = N_("The order cannot be read at {place}: {reason}.")
    return understood(Draft, data, whole="order", rule="ORD-1", told=told, command="orders submit --schema")


def understood(model: type[Model], data: Any, *, whole: str, rule: str, told: str, command: str) -> Model:
    """Read what was handed in; refused with the place that is wrong and the command that prints what is expected."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or whole
        raise Refused(
            rule,
            _(told).format(place=place, reason=first["msg"].removeprefix("Value error, ")),
            mend=_("`ordersdesk {command}` shows what is expected.").format(command=command),
            field=place,
        ) from error

"""The sections of the policy about slips, carriers, valuable goods and handwritten pads."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StrictStr

from ordersdesk.foundation.policy.value_types import Count, Days, Minutes, Money, Rule, Section, Text, number, unique

Ply = Literal["white", "pink", "blue", "yellow"]
Paper = Literal["a4", "a5", "continuous", "escp", "thermal", "text"]


class Slips(Section):
    """How slips are printed, and who pays at the door."""

    rule = "SLP-2"
    form: Annotated[Paper, Rule("SLP-3")]
    copies: Annotated[tuple[Ply, ...], Field(min_length=1), AfterValidator(unique), Rule("SLP-2")]
    exchange_days: Annotated[Days, Rule("RET-1")]
    job_minutes: Annotated[Minutes, Rule("SLP-2")]
    at_the_door: Annotated[
        tuple[Literal["cash", "transfer", "card", "third_party", "account"], ...],
        AfterValidator(unique),
        Rule("PAY-6"),
    ]


class Way(Section):
    """One way of carriage: its carrier, how much quicker it is, and what it costs by weight."""

    rule = "DLV-6"
    carrier: Annotated[Text, Rule("DLV-6")]
    name: Annotated[Text, Rule("DLV-6")]
    faster: Annotated[Days, Rule("DLV-6")]
    first_kg: Annotated[Count, Rule("DLV-6")]
    first_price: Annotated[Money, Rule("DLV-6")]
    next_price: Annotated[Money, Rule("DLV-6")]
    divisor: Annotated[Count, Rule("DLV-6")]
    most_kg: Annotated[Count, Rule("DLV-6")]
    regions: Annotated[tuple[Text, ...], AfterValidator(unique), Rule("DLV-6")] = ()


class Carriage(Section):
    """The ways goods go to other regions; the cheapest that keeps the promise is taken."""

    rule = "DLV-6"
    ways: Annotated[tuple[Way, ...], Rule("DLV-6")]


class Valuable(Section):
    """What is done for valuable goods on the way."""

    rule = "DLV-6"
    packing: Annotated[Money, Rule("DLV-6")]
    insurance_permille: Annotated[Decimal, Field(ge=0, le=1000), BeforeValidator(number), Rule("DLV-6")]


class Pads(Section):
    """Pads of handwritten slips."""

    rule = "SLP-7"
    prefix: Annotated[StrictStr, Field(pattern=r"^[A-Z]{0,4}$"), Rule("SLP-7")]
    digits: Annotated[StrictInt, Field(ge=4, le=12), Rule("SLP-7")]
    sheets: Annotated[Count, Field(le=1000), Rule("SLP-7")]
    missing_days: Annotated[Days, Rule("SLP-7")]

"""The sections of the policy that say who approves what, until when, and how much a change must change (USR-2)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt, StrictStr, field_validator

from ordersdesk.foundation.policy.value_types import (
    Approver,
    Count,
    Days,
    Label,
    Minutes,
    Money,
    Percent,
    Rule,
    Section,
    unique,
)
from ordersdesk.foundation.texts.language import N_


class Occasion(Section):
    """Who answers when somebody must approve, and within how many working minutes."""

    rule = "USR-2"
    role: Annotated[Approver, Rule("USR-2")]
    minutes: Annotated[Minutes, Rule("ORD-13")]


class Approvals(Section):
    """Every occasion for an approval, and approval by a code read out over the phone."""

    rule = "USR-2"
    account_order: Annotated[Occasion, Label(N_("order on monthly account")), Rule("ORD-5")]
    over_limit: Annotated[Occasion, Label(N_("over the credit limit")), Rule("PAY-7")]
    large_order: Annotated[Occasion, Label(N_("large order")), Rule("ORD-5")]
    overdue: Annotated[Occasion, Label(N_("customer is overdue")), Rule("CUS-9")]
    cash_elsewhere: Annotated[Occasion, Label(N_("cash on delivery outside our region")), Rule("ORD-5")]
    order_finance: Annotated[Occasion, Label(N_("finance: price and payment")), Rule("ORD-5")]
    order_legal: Annotated[Occasion, Label(N_("legal: contract")), Rule("ORD-5")]
    special_goods: Annotated[Occasion, Label(N_("special goods")), Rule("QUO-4")]
    double_order: Annotated[Occasion, Label(N_("perhaps a double order")), Rule("ORD-4")]
    fee_override: Annotated[Occasion, Label(N_("another delivery fee")), Rule("DLV-1")]
    change_minor: Annotated[Occasion, Label(N_("minor change")), Rule("CHG-2")]
    change_major: Annotated[Occasion, Label(N_("major change")), Rule("CHG-2")]
    change_top: Annotated[Occasion, Label(N_("top change")), Rule("CHG-2")]
    credit_manager: Annotated[Occasion, Label(N_("credit: office supervisor")), Rule("CUS-7")]
    credit_sales: Annotated[Occasion, Label(N_("credit: sales manager")), Rule("CUS-7")]
    credit_finance: Annotated[Occasion, Label(N_("credit: finance")), Rule("CUS-7")]
    credit_gm: Annotated[Occasion, Label(N_("credit: branch GM")), Rule("CUS-7")]
    manager_stands_in: Annotated[Literal["absence", "always"], Rule("USR-3")]
    answerable: Annotated[tuple[StrictStr, ...], AfterValidator(unique), Rule("USR-4")]
    code_minutes: Annotated[Minutes, Rule("JOY-10")]
    code_digits: Annotated[StrictInt, Field(ge=4, le=12), Rule("JOY-10")]
    code_tries: Annotated[Count, Field(le=10), Rule("JOY-10")]

    @field_validator("answerable")
    @classmethod
    def _are_occasions(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        occasions = {name for name, field in cls.model_fields.items() if field.annotation is Occasion}
        if not occasions.issuperset(names):
            raise ValueError(names)
        return names


class Changes(Section):
    """How much a change must change before somebody higher decides it."""

    rule = "CHG-2"
    minor_percent: Annotated[Percent, Rule("CHG-2")]
    minor_amount: Annotated[Money, Rule("CHG-2")]
    percent_from: Annotated[Money, Rule("CHG-2")]
    minor_days: Annotated[Days, Rule("CHG-2")]
    top_percent: Annotated[Percent, Rule("CHG-2")]
    top_amount: Annotated[Money, Rule("CHG-2")]
    cancel_manager: Annotated[Money, Rule("CHG-4")]
    cancel_top: Annotated[Money, Rule("CHG-4")]

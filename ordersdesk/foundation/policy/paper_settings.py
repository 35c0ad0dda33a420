"""The sections of the policy about papers that go out and come back."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ordersdesk.foundation.policy.value_types import Days, Grade, Money, Percent, Rule, Section, Text, unique


class Firm(Section):
    """What papers say of us; what is empty is left out of them."""

    rule = "SLP-2"
    company: Annotated[Text, Rule("SLP-2")]
    address: Annotated[Text, Rule("SLP-2")]
    hotline: Annotated[Text, Rule("SLP-2")]
    fax: Annotated[Text, Rule("ORD-6")]
    mail: Annotated[Text, Rule("ORD-6")]
    tax_number: Annotated[Text, Rule("ORD-6")]
    bank: Annotated[Text, Rule("ORD-6")]
    account: Annotated[Text, Rule("ORD-6")]


class Sheets(Section):
    """When a confirmation sheet comes back, and how much is paid ahead on special goods."""

    rule = "ORD-6"
    return_days: Annotated[Days, Field(le=60), Rule("ORD-6")]
    valid_days: Annotated[Days, Field(ge=1, le=60), Rule("ORD-6")]
    free_grades: Annotated[tuple[Grade, ...], AfterValidator(unique), Rule("ORD-6")]
    deposit_percent: Annotated[Percent, Rule("QUO-4")]
    special_limit: Annotated[Money, Rule("QUO-4")]

"""The sections of the policy that say who approves what, until when, and how much a change must change (USR-2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StrictInt, StrictStr, ValidationInfo, field_validator

from ordersdesk.foundation.policy.value_types import (
    Approver,
    Count,
    Days,
    Minutes,
    Money,
    Percent,
    Rule,
    Section,
    unique,
)


class Answerer(Section):
    """Who answers when somebody must approve, and within how many working minutes."""

    rule = "USR-2"
    role: Annotated[Approver, Rule("USR-2")]
    minutes: Annotated[Minutes, Rule("ORD-13")]


class Approvals(Section):
    """Who answers on which occasion, and approval by a code read out over the phone.

    The occasions are declared by the rooms that ask (`ordersdesk/kinds.py`); which there are says the default file.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Answerer] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]
    rule = "USR-2"
    manager_stands_in: Annotated[Literal["absence", "always"], Rule("USR-3")]
    answerable: Annotated[tuple[StrictStr, ...], AfterValidator(unique), Rule("USR-4")]
    code_minutes: Annotated[Minutes, Rule("JOY-10")]
    code_digits: Annotated[StrictInt, Field(ge=4, le=12), Rule("JOY-10")]
    code_tries: Annotated[Count, Field(le=10), Rule("JOY-10")]

    @property
    def answerers(self) -> Mapping[str, Answerer]:
        """Return who answers, by occasion."""
        return self.__pydantic_extra__

    @field_validator("answerable")
    @classmethod
    def _are_occasions(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.context and not info.context.issuperset(names):
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

"""What the automatic review found about an order: a sentence with its facts, how much it weighs, whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ordersdesk.foundation.texts.language import spoken
from ordersdesk.foundation.texts.money import formatted


class Weight(StrEnum):
    """How much a finding weighs, heaviest first."""

    STOP = "stop"  # cannot be submitted until it is mended
    ASK = "ask"  # the agent asks the customer; a second submit means yes
    REVIEW = "review"  # goes on, to a person with the named role


class About(StrEnum):
    """What a finding concerns: a change is asked only about what it touches."""

    WORDS = "words"  # contact, phone, address, note, invoice
    LINE = "line"  # one line: item, price, quantity
    STOCK = "stock"  # whether the goods of a line are there
    ORDER = "order"  # the lines together
    MONEY = "money"  # whether goods may leave before they are paid
    SLIPS = "slips"  # goods that are on paper already
    FEE = "fee"  # what bringing them costs, where somebody wants another
    DELIVERY = "delivery"  # when and how they come


@dataclass(frozen=True)
class Finding:
    """One thing the automatic review found (ORD-4): a template and its facts, so that any language can say it."""

    rule: str
    weight: Weight
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    field: str = ""
    occasion: str = ""
    """Why somebody must approve it, as the policy calls it: it names the role."""
    subject: str = ""
    about: About = About.WORDS
    role: str = ""
    """Who can clear it where no yes is asked."""
    measure: Decimal = Decimal("0.00")
    """How much of it there is: a yes stands while it is no more than what was asked."""

    @property
    def key(self) -> str:
        """What an agent's yes names: the rule and what it is about."""
        return f"{self.rule}:{self.subject}" if self.subject else self.rule

    def sentence(self) -> str:
        """Return the sentence in the language being spoken."""
        return spoken(self.text, self.facts)


def amount(value: Decimal) -> str:
    """Write money into a finding's facts."""
    return formatted(value)

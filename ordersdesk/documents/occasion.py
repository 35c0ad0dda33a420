"""Occasions: why somebody must approve a document, said once by the room that asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ordersdesk.foundation.policy.policy import Policy


@dataclass(frozen=True)
class Occasion:
    """Why somebody must approve; who answers, and within how many working minutes, says `[approvals]` of the policy."""

    name: str
    """As the policy and the rows call it."""
    label: str
    """As people call it (N_)."""
    rule: str
    since: Callable[[Policy], str]
    """From when on, in the language being spoken."""
    no: str = ""
    """What the customer hears after a no (N_); nothing where it is no matter of theirs."""

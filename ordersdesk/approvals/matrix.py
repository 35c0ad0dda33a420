"""The matrix of approvals as the policy has it: on which occasion, from which threshold, who answers (USR-2, USR-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ordersdesk.approvals.rules import Asked, asked
from ordersdesk.documents.occasion import Occasion
from ordersdesk.foundation.policy.policy import Policy


@dataclass(frozen=True)
class Row:
    """One occasion: its key, its name (N_), its rule, from when on, whose yes, within how many working minutes."""

    occasion: str
    label: str
    rule: str
    threshold: str
    role: str
    minutes: int
    answerable: bool


def matrix(policy: Policy, occasions: Iterable[Occasion]) -> list[Row]:
    """Return every occasion with who answers and from which threshold on, in the language being spoken."""
    return [_row(policy, asked(policy, occasion)) for occasion in occasions]


def _row(policy: Policy, said: Asked) -> Row:
    occasion = said.occasion
    return Row(
        occasion=occasion.name,
        label=occasion.label,
        rule=occasion.rule,
        threshold=occasion.since(policy),
        role=said.role,
        minutes=said.minutes,
        answerable=occasion.name in policy.approvals.answerable,
    )

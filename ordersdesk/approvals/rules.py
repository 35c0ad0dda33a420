"""Approvals as plain values: what is asked, by which rule, of which role, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ordersdesk.documents.occasion import Occasion
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.language import _, with_rule

KEY_CUSTOMER, OTHERS = 0, 1  # ranks: key customers stand first in every queue (B5.6.6)


@dataclass(frozen=True)
class Subject:
    """The document an approval is about; `seen` is what its asker saw, label (N_) to text."""

    kind: str
    id: int
    number: str
    version: int
    about: str = ""
    rank: int = OTHERS
    seen: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Need:
    """One yes that is needed: a template with its facts, as any language can say it; a later step waits."""

    occasion: Occasion
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    amount: Decimal = Decimal("0.00")
    step: int = 1
    covers: Decimal = Decimal("0.00")
    """How far a yes to it goes."""


@dataclass(frozen=True)
class Asked:
    """An occasion with who answers, in how many working minutes."""

    occasion: Occasion
    role: str
    minutes: int


def asked(policy: Policy, occasion: Occasion) -> Asked:
    """Return who answers on an occasion."""
    said = policy.approvals.answerers[occasion.name]
    return Asked(occasion, role=said.role, minutes=said.minutes)


def differences(
    before: Mapping[str, str], now: Mapping[str, str], said: Callable[[str, str], str] = lambda _label, text: text
) -> Iterator[str]:
    """Say what changed between two looks at a document: `Total: 100.00 → 250.00`; `said` puts codes into words."""
    for label in dict.fromkeys((*before, *now)):
        was, is_ = before.get(label, NOTHING), now.get(label, NOTHING)
        if was != is_:
            was, is_ = said(label, was) or NOTHING, said(label, is_) or NOTHING
            yield _("{label}: {before} → {now}").format(label=_(label), before=was, now=is_)


NOTHING = "–"


def answering(policy: Policy) -> frozenset[str]:
    """Return the roles whose yes is needed on any occasion (USR-2)."""
    return frozenset(said.role for said in policy.approvals.answerers.values())


def waits_for(role: str, why: str, rule: str) -> str:
    """Say whom something waits for, and why, with the rule that asks."""
    return with_rule(_("Waits for {role}: {why}").format(role=_(ROLE_NAMES.get(role, role)), why=why), rule)

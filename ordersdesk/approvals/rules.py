"""Approvals as plain values: what is asked, by which rule, of which role, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ordersdesk.foundation.policy.approval_settings import Approvals, Occasion
from ordersdesk.foundation.policy.policy import Policy, rule_of
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.policy.value_types import Label
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

    occasion: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    amount: Decimal = Decimal("0.00")
    step: int = 1
    covers: Decimal = Decimal("0.00")
    """How far a yes to it goes."""


@dataclass(frozen=True)
class Asked:
    """What the policy says of an occasion: its name (N_), its rule, who answers, in how many working minutes."""

    occasion: str
    label: str
    rule: str
    role: str
    minutes: int


@lru_cache(maxsize=1)
def occasions() -> Mapping[str, tuple[str, str]]:
    """Return every occasion with its name (N_) and its rule."""
    fields = Approvals.model_fields
    return {
        name: (next(mark.text for mark in found.metadata if isinstance(mark, Label)), rule_of(Approvals, name))
        for name, found in fields.items()
        if found.annotation is Occasion
    }


def asked(policy: Policy, occasion: str) -> Asked:
    """Return who answers on an occasion; an unknown one is a bug, not a refusal."""
    label, rule = occasions()[occasion]
    said: Occasion = getattr(policy.approvals, occasion)
    return Asked(occasion=occasion, label=label, rule=rule, role=said.role, minutes=said.minutes)


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
    return frozenset(asked(policy, occasion).role for occasion in occasions())


def waits_for(role: str, why: str, rule: str) -> str:
    """Say whom something waits for, and why, with the rule that asks."""
    return with_rule(_("Waits for {role}: {why}").format(role=_(ROLE_NAMES.get(role, role)), why=why), rule)

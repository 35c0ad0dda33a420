"""How much a change weighs and who must approve it (CHG-2, CHG-5), over plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ordersdesk.foundation.approval_settings import Changes
from ordersdesk.foundation.language import N_, spoken
from ordersdesk.foundation.money import formatted

# What a line or the order may change without the money or the day being touched.
LIGHT = frozenset({"contact", "phone", "address", "note", "lines.note"})
# What is more than a detail, whatever the amount.
GRAVE = frozenset({"payment"})


class Level(StrEnum):
    """How much a change weighs, lightest first."""

    LIGHT = "light"  # applied at once
    MINOR = "minor"
    MAJOR = "major"
    TOP = "top"


LEVELS: dict[str, str] = {
    Level.LIGHT: N_("light"),
    Level.MINOR: N_("minor"),
    Level.MAJOR: N_("major"),
    Level.TOP: N_("top"),
}


@dataclass(frozen=True)
class Effect:
    """What a change does to an order; `days` is by how many working days the promise moves."""

    old_total: Decimal
    new_total: Decimal
    touched: frozenset[str] = frozenset()
    days: int = 0
    is_free: bool = False
    """The order is not confirmed yet (ORD-7)."""

    @property
    def amount(self) -> Decimal:
        """By how much the total changes, up or down."""
        return abs(self.new_total - self.old_total)


@dataclass(frozen=True)
class Graded:
    """The level of a change, and the sentence that says why, as a template with its facts."""

    level: Level
    rule: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def occasion(self) -> str:
        """The occasion for approval in the policy; empty when nobody needs to approve."""
        return "" if self.level is Level.LIGHT else f"change_{self.level}"

    def sentence(self) -> str:
        """Say why in the language being spoken."""
        return spoken(self.text, self.facts)


def graded(effect: Effect, limits: Changes) -> Graded:
    """Return the level of a change with the heaviest reason for it (CHG-2, CHG-5)."""
    if effect.is_free:
        return Graded(Level.LIGHT, "ORD-7", N_("Not confirmed yet: the customer may change it freely."))
    if effect.touched <= LIGHT and not effect.amount:
        return Graded(Level.LIGHT, "CHG-5", N_("Only contact, address or notes change."))
    return _top(effect, limits) or _major(effect, limits) or _minor(effect)


def _top(effect: Effect, limits: Changes) -> Graded | None:
    if effect.amount >= limits.top_amount and effect.amount:
        facts = {"amount": formatted(effect.amount), "limit": formatted(limits.top_amount)}
        return Graded(Level.TOP, "CHG-2", N_("The total changes by {amount} (from {limit} on)."), facts)
    if effect.amount and _reaches(effect, limits.top_percent):
        return Graded(Level.TOP, "CHG-2", _PERCENT, _share(effect, limits.top_percent))
    return None


def _major(effect: Effect, limits: Changes) -> Graded | None:
    if effect.amount >= limits.minor_amount and effect.amount:
        facts = {"amount": formatted(effect.amount), "limit": formatted(limits.minor_amount)}
        return Graded(Level.MAJOR, "CHG-2", N_("The total changes by {amount} (from {limit} on)."), facts)
    if effect.amount and _reaches(effect, limits.minor_percent):
        return Graded(Level.MAJOR, "CHG-2", _PERCENT, _share(effect, limits.minor_percent))
    if effect.days > limits.minor_days:
        facts = {"days": effect.days, "most": limits.minor_days}
        return Graded(Level.MAJOR, "CHG-2", N_("The promise moves by {days} working days (more than {most})."), facts)
    if effect.touched & GRAVE:
        return Graded(Level.MAJOR, "CHG-2", N_("The way of payment changes."))
    return None


def _minor(effect: Effect) -> Graded:
    if effect.amount:
        facts = {"amount": formatted(effect.amount)}
        return Graded(Level.MINOR, "CHG-2", N_("The total changes by only {amount}."), facts)
    if "region" in effect.touched:
        return Graded(Level.MINOR, "CHG-5", N_("It goes to another region."))
    return Graded(Level.MINOR, "CHG-2", N_("The total stays as it is."))


_PERCENT = N_("The total changes by {percent} % (from {limit} % on).")


def _reaches(effect: Effect, percent: Decimal) -> bool:
    """Compare without dividing, so that an order of nought changes by more than any share."""
    return effect.amount * 100 >= percent * effect.old_total


def _share(effect: Effect, limit: Decimal) -> dict[str, Any]:
    whole = effect.old_total
    share = f"{effect.amount * 100 / whole:.2f}".rstrip("0").rstrip(".") if whole else "100"
    return {"percent": share, "limit": f"{limit.normalize():f}"}

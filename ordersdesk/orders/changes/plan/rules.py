"""How much a change weighs and who must approve it (CHG-2, CHG-5), over plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ordersdesk.foundation.policy.approval_settings import Changes
from ordersdesk.foundation.texts.language import N_, spoken
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.terms.occasions import MAJOR, MINOR, TOP

# What a line or the order may change without the money or the day being touched.
LIGHT = frozenset({"contact", "phone", "address", "note", "department", "papers", "lines.note"})
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
class Base:
    """An order when it was last approved at a level or confirmed: its total then, and what changes moved since."""

    total: Decimal
    moved: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class Effect:
    """What a change does to an order; `days` is by how many working days the promise moves."""

    old_total: Decimal
    new_total: Decimal
    touched: frozenset[str] = frozenset()
    days: int = 0
    is_free: bool = False
    """The order is not confirmed yet (ORD-7)."""
    since: Mapping[Level, Base] = field(default_factory=dict["Level", Base])
    """From where each level measures: seven small steps are one large one (CHG-2)."""

    @property
    def amount(self) -> Decimal:
        """By how much the total changes, up or down."""
        return abs(self.new_total - self.old_total)

    def base(self, level: Level) -> Base:
        """Return the order as it was last approved at this level or confirmed."""
        return self.since.get(level, Base(self.old_total))

    def amount_at(self, level: Level) -> Decimal:
        """By how much the total changes since it was last approved at this level or confirmed; own change or none."""
        return abs(self.base(level).moved + self.new_total - self.old_total) if self.amount else self.amount


# Why somebody must approve a change of each level; a light one asks nobody.
OF_LEVEL = {Level.MINOR: MINOR, Level.MAJOR: MAJOR, Level.TOP: TOP}


@dataclass(frozen=True)
class Graded:
    """The level of a change, and the sentence that says why, as a template with its facts."""

    level: Level
    rule: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

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


def cancelled(effect: Effect, limits: Changes) -> Graded:
    """Return the level at which an order is cancelled, by what it came to (CHG-4)."""
    for level, limit in ((Level.TOP, limits.cancel_top), (Level.MAJOR, limits.cancel_manager)):
        if effect.amount_at(level) >= limit:
            facts = {"amount": formatted(effect.amount_at(level)), "limit": formatted(limit)}
            return Graded(level, "CHG-4", N_("An order of {amount} is cancelled (from {limit} on)."), facts)
    return Graded(Level.MINOR, "CHG-4", N_("An order of {amount} is cancelled."), {"amount": formatted(effect.amount)})


def _top(effect: Effect, limits: Changes) -> Graded | None:
    return _moved(effect, Level.TOP, limits.top_amount, _percent(limits.top_percent, limits))


def _major(effect: Effect, limits: Changes) -> Graded | None:
    if moved := _moved(effect, Level.MAJOR, limits.minor_amount, _percent(limits.minor_percent, limits)):
        return moved
    if effect.days > limits.minor_days:
        facts = {"days": effect.days, "most": limits.minor_days}
        return Graded(Level.MAJOR, "CHG-2", N_("The promise moves by {days} working days (more than {most})."), facts)
    if effect.touched & GRAVE:
        return Graded(Level.MAJOR, "CHG-2", N_("The way of payment changes."))
    return None


@dataclass(frozen=True)
class _Share:
    """A share of the total, which counts only for orders from an amount on."""

    percent: Decimal
    counts_from: Decimal


def _percent(percent: Decimal, limits: Changes) -> _Share:
    return _Share(percent, limits.percent_from)


def _moved(effect: Effect, level: Level, most: Decimal, share: _Share) -> Graded | None:
    """Weigh an amount, and its share where shares count, since the order was last approved at this level."""
    amount, base = effect.amount_at(level), effect.base(level)
    if not amount:
        return None
    if amount >= most:
        facts = {"amount": formatted(amount), "limit": formatted(most)}
        return Graded(level, "CHG-2", _AMOUNT_TOGETHER if base.moved else _AMOUNT, facts)
    if base.total >= share.counts_from and amount * 100 >= share.percent * base.total:
        facts = {"percent": _said(amount * 100 / base.total), "limit": f"{share.percent.normalize():f}"}
        return Graded(level, "CHG-2", _PERCENT_TOGETHER if base.moved else _PERCENT, facts)
    return None


def _minor(effect: Effect) -> Graded:
    if effect.amount:
        facts = {"amount": formatted(effect.amount)}
        return Graded(Level.MINOR, "CHG-2", N_("The total changes by only {amount}."), facts)
    if "region" in effect.touched:
        return Graded(Level.MINOR, "CHG-5", N_("It goes to another region."))
    return Graded(Level.MINOR, "CHG-2", N_("The total stays as it is."))


_AMOUNT = N_("The total changes by {amount} (from {limit} on).")
_AMOUNT_TOGETHER = N_("With the changes before it the total changes by {amount} (from {limit} on).")
_PERCENT = N_("The total changes by {percent} % (from {limit} % on).")
_PERCENT_TOGETHER = N_("With the changes before it the total changes by {percent} % (from {limit} % on).")


def _said(percent: Decimal) -> str:
    return f"{percent:.2f}".rstrip("0").rstrip(".")

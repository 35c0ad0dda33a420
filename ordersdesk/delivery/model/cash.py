"""Money of a slip and of a route sheet: what is due at the door, what came, and what an order is paid (PAY-6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted, rounded
from ordersdesk.foundation.texts.refusals import Refused

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Sums:
    """What a slip comes to after some of its goods were refused."""

    fee: Decimal
    deposit: Decimal
    due: Decimal


def after_refusal(goods: Decimal, refused: Decimal, fee: Decimal, deposit: Decimal) -> Sums:
    """Return a slip's sums without the goods that were refused; one that brought nothing asks for no fee."""
    kept = goods - refused
    asked = max(fee, -kept) if kept else NOTHING
    against = min(deposit, kept + asked)
    return Sums(asked, against, kept + asked - against)


def at_the_door(payment: str, due: Decimal, doors: Collection[str]) -> Decimal:
    """Return what the driver is to bring for a slip."""
    return due if payment in doors else NOTHING


class Owing(Protocol):
    """A slip as far as money at the door goes."""

    @property
    def payment(self) -> str:
        """How its order is paid."""
        ...

    @property
    def due(self) -> Decimal:
        """What is due for it."""
        ...


def to_collect(slips: Iterable[Owing], doors: Collection[str]) -> Decimal:
    """Return what a driver is to bring for some slips."""
    return sum((at_the_door(slip.payment, slip.due, doors) for slip in slips), NOTHING)


def collected(expected: Decimal, said: Decimal | None, why: str) -> Decimal:
    """Return what was collected; refused (PAY-6) when it is less than nothing, or differs without a word why."""
    amount = expected if said is None else rounded(said)
    if amount < 0:
        raise Refused(
            "PAY-6",
            _("Less than nothing cannot have been collected."),
            mend=_("Give what the customer paid."),
            field="collected",
        )
    if amount != expected and not why:
        raise unexplained(amount, expected, field="why")
    return amount


def unexplained(amount: Decimal, expected: Decimal, *, field: str) -> Refused:
    """Build the refusal of a difference nobody explains."""
    return Refused(
        "PAY-6",
        _("{amount} came, {expected} was expected: {difference} is not explained.").format(
            amount=formatted(amount), expected=formatted(expected), difference=formatted(amount - expected)
        ),
        mend=_("Say why it differs."),
        field=field,
    )

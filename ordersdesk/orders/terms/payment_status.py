"""What has to be in before goods leave, and how far an order is paid: pure, over an order's own columns (PAY-3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Protocol

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import formatted

NOTHING = Decimal("0.00")
ACCOUNT = "account"
REFUNDED = "refunded"
_WISHES = {
    "transfer": N_("{amount} is to come in by bank transfer before it is shipped."),
    "card": N_("{amount} is to be paid by card before it is shipped."),
    "third_party": N_("{amount} is to come in by mobile payment before it is shipped."),
}
_OTHERWISE = N_("{amount} is to come in before it is shipped.")
DEPOSIT = N_("A deposit of {amount} is to be paid.")


class Money(Protocol):
    """An order as far as its money goes."""

    @property
    def payment(self) -> str:
        """How it shall be paid: a wish, until the money is in."""
        ...

    @property
    def total(self) -> Decimal:
        """What it costs."""
        ...

    @property
    def deposit(self) -> Decimal:
        """What of it is paid ahead in any case (QUO-4)."""
        ...

    @property
    def money_in(self) -> Decimal:
        """What finance marked in."""
        ...

    @property
    def collected(self) -> Decimal:
        """What its slips brought."""
        ...

    @property
    def handed_over(self) -> Decimal:
        """What the goods that are with the customer cost."""
        ...


def is_ahead(payment: str, doors: Collection[str]) -> bool:
    """Tell whether an order is paid before it is shipped: neither at the door nor on monthly account (PAY-3)."""
    return payment != ACCOUNT and payment not in doors


def due_ahead(order: Money, doors: Collection[str]) -> Decimal:
    """Return what has to be in before goods leave: all of it, or the deposit."""
    return order.total if is_ahead(order.payment, doors) else order.deposit


def still_ahead(order: Money, doors: Collection[str]) -> Decimal:
    """Return what of it is not in yet."""
    return max(NOTHING, due_ahead(order, doors) - order.money_in - order.collected)


def still_due(order: Money) -> Decimal:
    """Return what is open of an order as a whole; less than nothing when more came than it costs."""
    return order.total - order.money_in - order.collected


def not_collected(order: Money) -> Decimal:
    """Return what a customer owes for goods they have and should have paid by now (PAY-7)."""
    if order.payment == ACCOUNT:
        return NOTHING
    return max(NOTHING, order.handed_over - order.collected - order.money_in)


def waits_for_money(order: Money, doors: Collection[str]) -> Iterator[WaitingFor]:
    """Yield for which money an order waits, and that finance marks it in (PAY-3, QUO-4)."""
    left = still_ahead(order, doors)
    if not left:
        return
    ahead = is_ahead(order.payment, doors)
    text = _WISHES.get(order.payment, _OTHERWISE) if ahead else DEPOSIT
    yield WaitingFor("PAY-3" if ahead else "ORD-6", Role.FINANCE, _(text).format(amount=formatted(left)))


def paid_track(order: Money, before: str, *, delivered: bool) -> str:
    """Return an order's track of money (ORD-3); what was refunded stays so."""
    if before == REFUNDED:
        return before
    came = order.money_in + order.collected
    if came >= order.total and (came > 0 or delivered):
        return "paid"
    if order.deposit and not order.collected and came >= order.deposit:
        return "deposit paid"
    return "partly paid" if came > 0 else "unpaid"

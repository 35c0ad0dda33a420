"""The delivery fee: half-open slabs over the goods total, and what is missing to free delivery (DLV-1)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ordersdesk.foundation.policy.policy import Policy

NOTHING = Decimal("0.00")


class Fee(NamedTuple):
    """What delivery costs, and how much more goods would make it free (nought when it is, or never is)."""

    amount: Decimal
    missing: Decimal


def fee(goods_total: Decimal, policy: Policy) -> Fee:
    """Return the fee of one order, whatever the number of its deliveries (DLV-1)."""
    slabs = policy.delivery.fee_slabs
    amount = next(slab.fee for slab in reversed(slabs) if goods_total >= slab.start or slab.start == 0)
    free = next((slab.start for slab in slabs if slab.fee == 0), NOTHING)
    return Fee(amount.quantize(NOTHING), max(free - goods_total, NOTHING).quantize(NOTHING) if amount else NOTHING)


def asked_fee(said: Decimal | None, by_rule: Fee) -> Decimal:
    """Return what an order pays: the fee somebody asked for, else the rule's."""
    return by_rule.amount if said is None else said.quantize(NOTHING)


def overrides(said: Decimal | None, by_rule: Decimal) -> Decimal | None:
    """Return a fee that was asked for when it is another than the rule's: that is stored apart (DLV-1)."""
    return None if said is None or said == by_rule else said.quantize(NOTHING)

"""How far an order is paid, from what came in (ORD-3, PAY-6)."""

from __future__ import annotations

from decimal import Decimal

SETTLED = ("paid", "refunded")  # somebody booked it: what comes at the door does not say otherwise


def paid_track(before: str, total: Decimal, *, collected: Decimal, deposit: Decimal, delivered: bool) -> str:
    """Return an order's track of money; `deposit` is what is in of it, `total` what the goods that stand come to."""
    if before in SETTLED:
        return before
    came = collected + deposit
    if delivered and came >= total:
        return "paid"
    if collected > 0:
        return "partly paid"
    return "deposit paid" if deposit > 0 else "unpaid"

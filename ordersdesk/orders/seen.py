"""What an approver is shown of an order, and what is compared when they decide (ORD-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ordersdesk.foundation.language import N_
from ordersdesk.foundation.money import formatted

CUSTOMER, TOTAL, PAYMENT, LINES = N_("Customer"), N_("Total"), N_("Payment"), N_("Lines")
ADDRESS, DELIVERY = N_("Address"), N_("Delivery")


def shown(head: Mapping[str, Any], lines: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Return an order's particulars, label (N_) to text; lines are codes and pieces."""
    day = head["promised_on"]
    return {
        CUSTOMER: head["customer_name"],
        TOTAL: formatted(head["total"]),
        PAYMENT: head["payment"],
        LINES: ", ".join(f"{pieces} × {code}" for code, pieces in lines),
        ADDRESS: head["address"],
        DELIVERY: f"{day.isoformat()} {head['promised_part']}".strip() if day else "",
    }

"""What an approver is shown of an order, and what is compared when they decide (ORD-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.terms.labels import PAYMENTS
from ordersdesk.orders.terms.labels import TERMS as TERM_NAMES

CUSTOMER, TOTAL, PAYMENT, LINES = N_("Customer"), N_("Total"), N_("Payment"), N_("Lines")
ADDRESS, DELIVERY = N_("Address"), N_("Delivery")


PARTS = {"morning": N_("morning"), "afternoon": N_("afternoon")}
TERMS, LIMIT, OPEN, OVERDUE = N_("Terms"), N_("Credit limit"), N_("Open without it"), N_("Overdue")


def shown(head: Mapping[str, Any], lines: Iterable[tuple[str, int]], customer: str) -> dict[str, str]:
    """Return an order's particulars, label (N_) to text; lines are codes and pieces, `customer` is their number."""
    day = head["promised_on"]
    return {
        CUSTOMER: f"{customer} {head['customer_name']}",
        TOTAL: formatted(head["total"]),
        PAYMENT: head["payment"],
        LINES: ", ".join(f"{pieces} × {code}" for code, pieces in lines),
        ADDRESS: head["address"],
        DELIVERY: " ".join(filter(None, (day.isoformat(), head["promised_part"], head["latest"]))) if day else "",
    }


def said(label: str, text: str) -> str:
    """Put what is kept as a code into the words people read."""
    if label == LINES:
        return word_list(text.split(", "))
    names = {PAYMENT: PAYMENTS, TERMS: TERM_NAMES}.get(label, {})
    if label != DELIVERY:
        return _(names.get(text, text)) if names else text
    return " ".join(_(PARTS.get(word, word)) for word in text.split(" "))


def credit_shown(payment: str, who: Buyer, exposure: Decimal) -> dict[str, str]:
    """Return what stands against a customer's credit when goods would leave unpaid; nothing for any other order."""
    if payment != "account" and not who.overdue:
        return {}
    return {
        TERMS: who.terms,
        LIMIT: formatted(who.credit_limit),
        OPEN: formatted(exposure),
        OVERDUE: formatted(who.overdue),
    }

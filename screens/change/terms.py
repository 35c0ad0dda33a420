"""The terms of an order that may be changed, filled in as they were agreed."""

from __future__ import annotations

from datetime import date

from ordersdesk.orders.model.queries import Summary
from screens.forms.form_field import FormField
from screens.intake.terms import Terms

FIXED = "channel"  # how an order came in is history


class ChangeTerms(Terms):
    """The fields of the intake, without what cannot change."""

    def _spec(self) -> list[FormField]:
        return [field for field in super()._spec() if field.key != FIXED]


def as_agreed(head: Summary) -> dict[str, str]:
    """Return the terms of an order as they stand in the fields."""
    return {
        "contact": head.contact,
        "phone": head.phone,
        "address": head.address,
        "payment": head.payment,
        "invoice": head.invoice,
        "deliver_on": head.promised_on.isoformat() if isinstance(head.promised_on, date) else "",
        "urgent": "yes" if head.urgent else "no",
        "latest": head.latest,
        "department": head.department,
        "papers": head.papers,
        "note": head.note,
    }

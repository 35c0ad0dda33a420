"""The terms of the order: whom, where, how, when; all filled in by default (ORD-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.message import Message

from ordersdesk.customers.finding.caller_queries import Caller
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.time.typed_days import day_typed
from ordersdesk.orders.assessment.case import payment_by_terms
from ordersdesk.orders.terms.labels import CHANNELS, INVOICES, PAYMENTS
from screens.customer.where import address_told, region_field
from screens.forms.field import Field
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField, Kind
from screens.intake.urgent import URGENT, show_urgent, urgent_fields


def defaults(found: Caller) -> dict[str, str]:
    """Return the terms nobody has to type (rule 12 of data entry: nothing the system already knows)."""
    return {
        "contact": found.reach.contact,
        "phone": found.reach.phone,
        "address": found.addresses[0] if found.addresses else "",
        "payment": payment_by_terms(found.buyer.terms),
        "invoice": "none",
        "urgent": "no",
        "channel": "phone",
    }


class Terms(Form):
    """Fields below each other; each accepted one is told, since it may change fee and promise."""

    class Changed(Message):
        """A term was accepted."""

    class Left(Message):
        """Up on the first term: back to the lines."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk
        self._caller: Caller | None = None
        super().__init__(self._spec(), id="terms")

    def show_caller(self, found: Caller | None) -> None:
        """Offer this customer's contacts and addresses on F4."""
        self._caller = found

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values in; what is asked of urgent goods only shows with them."""
        super().fill(values)
        show_urgent(self, is_urgent=self.field("urgent").value == "yes")

    @property
    def is_at_hand(self) -> bool:
        """A narrow screen hides the terms until the cursor is in them: a refusal brings them forth (ORD-1)."""
        return self.are_shown(self.ancestors)

    def _spec(self) -> list[FormField]:
        return [
            FormField("contact", N_("Contact"), choices=self._contacts, help=N_("Whom the driver asks for.")),
            FormField("phone", N_("Phone"), choices=self._phones, help=N_("Under which number.")),
            FormField(
                "address", N_("Address"), choices=self._addresses, check=self._address, help=N_("Where the goods go.")
            ),
            region_field(lambda: self, lambda: self._desk().policy),
            FormField("payment", N_("Payment"), kind=Kind.CHOICE, choices=_choices(PAYMENTS), rule="ORD-1"),
            FormField("invoice", N_("Invoice"), kind=Kind.CHOICE, choices=_choices(INVOICES), rule="ORD-1"),
            FormField(
                "deliver_on", N_("Deliver on"), check=self._day, help=N_("24, 11-24 or +2; empty: the earliest.")
            ),
            *urgent_fields(lambda: self, self._desk),
            FormField("channel", N_("Channel"), kind=Kind.CHOICE, choices=_choices(CHANNELS), rule="CAL-1"),
            FormField("contract", N_("Contract"), help=N_("Of a signed contract: its number or file.")),
            FormField("note", N_("Note"), kind=Kind.NOTE, help=N_("Special requests.")),
        ]

    def _day(self, text: str) -> str:
        day = day_typed(text, self._desk().today())
        return short_day(day) if day else ""

    def _address(self, text: str) -> str:
        """Ask for the region of an address that neither says it nor is known with it (CUS-12)."""
        known = self._caller.buyer.place(text) if self._caller else None
        if known and known.region:
            self.appear("region", shown=False)
            return ""
        return address_told(
            self, self._desk().policy, text, territory=self._caller.buyer.territory if self._caller else ""
        )

    def _contacts(self) -> list[Choice]:
        if self._caller is None:
            return []
        # A customer without a contact may be a person, who is asked for by name.
        return _plain(reach.contact for reach in self._caller.reaches) or _plain([self._caller.buyer.name])

    def _phones(self) -> list[Choice]:
        return _plain(reach.phone for reach in self._caller.reaches) if self._caller else []

    def _addresses(self) -> list[Choice]:
        return _plain(self._caller.addresses) if self._caller else []

    @on(Field.Back)
    def _left(self, event: Field.Back) -> None:
        if event.field is self.field("contact"):
            self.post_message(self.Left())

    @on(Field.Accepted)
    def _told(self) -> None:
        self.post_message(self.Changed())


def _choices(labels: dict[str, str]) -> list[Choice]:
    return [Choice(value, label) for value, label in labels.items()]


def _plain(texts: object) -> list[Choice]:
    return [Choice(text, text) for text in dict.fromkeys(texts) if text]  # type: ignore[call-overload]


def said(terms: dict[str, str]) -> str:
    """Return the terms in one line, for the narrow screen."""
    parts = [terms.get("contact", ""), terms.get("phone", ""), terms.get("address", "")]
    parts += [_(PAYMENTS.get(terms.get("payment", ""), "")), _(INVOICES.get(terms.get("invoice", ""), ""))]
    if terms.get("urgent") == "yes":
        parts += [_(URGENT["yes"]), _("by {latest}").format(latest=terms["latest"]) if terms.get("latest") else ""]
    return " · ".join(part for part in parts if part)

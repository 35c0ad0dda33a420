"""What the codes of an order are called: pay, invoice, channel, delivery and payment tracks (ORD-3)."""

from __future__ import annotations

from collections.abc import Callable

from ordersdesk.documents.story import STEPS
from ordersdesk.foundation.texts.language import N_, NP_
from ordersdesk.orders.terms.flow import ORDER_FLOW

PAYMENTS = {
    "cash": N_("cash on delivery"),
    "transfer": N_("bank transfer"),
    "card": N_("card"),
    "third_party": N_("mobile payment"),
    "account": N_("monthly account"),
}
TERMS = {"cash": N_("cash on delivery"), "prepaid": N_("prepaid"), "account": N_("monthly account")}
INVOICES = {"none": N_("no invoice"), "ordinary": N_("ordinary invoice"), "vat_special": N_("VAT special invoice")}


def invoicing(say: Callable[[str], str], invoice: str, payment: str) -> str:
    """Say when the invoice comes: with the goods, or for a monthly account at the end of the month (PAY-9)."""
    if invoice == "none":
        return say(INVOICES["none"])
    text = N_("{invoice}, at the end of the month") if payment == "account" else N_("{invoice}, with the goods")
    return say(text).format(invoice=say(INVOICES.get(invoice, invoice)))


CHANNELS = {
    "phone": N_("phone"),
    "web": N_("web"),
    "fax": N_("fax"),
    "email": N_("e-mail"),
    "visit": N_("visit"),
    "rep": N_("sales rep"),
}
DELIVERY = {
    "none": N_("not allocated yet"),
    "partly allocated": N_("partly allocated"),
    "allocated": N_("allocated"),
    "partly released": N_("partly released"),
    "released": N_("released"),
    "partly delivered": N_("partly delivered"),
    "delivered": N_("delivered"),
}
PAID = {
    "unpaid": N_("unpaid"),
    "deposit paid": N_("deposit paid"),
    "partly paid": N_("partly paid"),
    "paid": N_("paid"),
    "refunded": N_("refunded"),
}
# What a line of an order's story is called; the rest are verbs of its flow.
STORY = (
    {verb.name: verb.label for verb in ORDER_FLOW.verbs}
    | STEPS
    | {
        "imported": N_("Imported"),
        "updated from a file": N_("Updated from a file"),
        "read back": N_("Read back"),
        "asked": N_("Asked"),
        "change asked": N_("Change asked for"),
        "change denied": N_("Change denied"),
        "change withdrawn": N_("Change withdrawn"),
        "goods freed": N_("Goods freed"),
        "told": N_("Told"),
        "noted": N_("Noted"),
        "sheet sent": N_("Sheet sent"),
        "sheet returned": N_("Sheet returned"),
        "deposit paid": N_("Deposit paid"),
        "money in": N_("Money in"),
        "money taken back": N_("Money taken back"),
        "promised again": N_("Promised again"),
        "handwritten": N_("Handwritten slip"),
        "handwritten taken off": N_("Handwritten slip taken off"),
        "fulfil": N_("Delivery"),  # what its slips did is said behind it
    }
)
# What the fields of an order are called where a refusal names one.
FIELDS: dict[str, str] = {
    "customer": N_("Customer"), "contact": N_("Contact"), "phone": N_("Phone"), "address": N_("Address"),
    "region": N_("Province"), "distance_km": N_("Distance"),
    "lines": N_("Lines"), "item": N_("Item"), "quantity": N_("Quantity"),
    "shortage": N_("When goods are short"), "payment": N_("Payment"), "invoice": N_("Invoice"),
    "channel": N_("Channel"), "deliver_on": N_("Deliver on"), "urgent": NP_("choice", "Urgent"),
    "latest": N_("Wanted by"), "department": N_("To department"), "papers": N_("Papers along"),
    "note": N_("Note"),
    "contract": N_("Contract"), "fee": N_("Delivery fee"), "fee_reason": N_("Why this fee"), "reason": N_("Reason"),
}  # fmt: skip

"""What the particulars and prices of an item are called, and the lines of its story (CAT-1, CAT-6)."""

from __future__ import annotations

from ordersdesk.catalogue.prices.writing import PRICE_ENDED, PRICE_SET
from ordersdesk.foundation.texts.language import N_

PARTICULARS: dict[str, str] = {
    "code": N_("Code"),
    "name": N_("Name"),
    "name_en": N_("English name"),
    "mnemonic": N_("Mnemonic"),
    "barcode": N_("Bar code"),
    "brand": N_("Brand"),
    "spec": N_("Spec"),
    "model": N_("Model"),
    "colour": N_("Colour"),
    "unit": N_("Unit"),
    "packs": N_("Packs"),
    "list_price": N_("List price"),
    "cost": N_("Cost"),
    "tax_rate": N_("Tax rate, %"),
    "category": N_("Category"),
    "department": N_("Department"),
    "listing": N_("Listing"),
    "purchase_limit": N_("Most per order"),
    "safety_stock": N_("Safety stock"),
    "weight_g": N_("Weight, g"),
    "volume_cm3": N_("Volume, cm³"),
    "warranty_months": N_("Warranty, months"),
    "needs_installation": N_("Installed by us"),
    "valuable": N_("Valuable"),
    "equivalents": N_("Group of equals"),
    "discontinued": N_("Discontinued"),
    "replacement": N_("Replacement"),
}
# What a story says of a price, beside what is a particular.
OF_PRICES: dict[str, str] = {
    "price": N_("Price"),
    "from_quantity": N_("From pieces"),
    "customer_id": N_("Customer"),
    "starts": N_("First day"),
    "ends": N_("Last day"),
    "classes": N_("For whom"),
    "cap": N_("Most per customer"),
}
PRICE_SORTS: dict[str, str] = {
    "list": N_("list price"),
    "agreed": N_("agreed price"),
    "break": N_("quantity price"),
    "promotion": N_("promotion"),
}
STANDS: dict[str, str] = {"running": N_("running"), "coming": N_("coming"), "over": N_("over")}
STORY: dict[str, str] = {
    "added": N_("Added"),
    "changed": N_("Changed"),
    "imported": N_("Imported"),
    "prices set": N_("Prices set"),
    PRICE_SET: N_("Price set"),
    PRICE_ENDED: N_("Price ended"),
}

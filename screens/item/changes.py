"""What planning changes about an item, as forms: particulars, prices, and that it is sold no longer (CAT-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ordersdesk.catalogue.actions import add_item, discontinue, edit_item
from ordersdesk.catalogue.pages import spelled
from ordersdesk.catalogue.pages.labels import PARTICULARS, PRICE_SORTS
from ordersdesk.catalogue.pages.queries import ItemPage, PriceLine
from ordersdesk.catalogue.particulars import CATEGORY_NAMES, LISTING_NAMES, is_count, is_money, is_yes
from ordersdesk.catalogue.prices.actions import end_price, set_prices
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _
from screens.customer.changing import Change
from screens.forms.form_field import Choice, FormField, Kind
from screens.item.page import CLASSES, price_said

YES_NO = (Choice("yes", N_("yes")), Choice("no", N_("no")))
CHOICES = {
    "category": [Choice(*pair) for pair in CATEGORY_NAMES.items()],
    "listing": [Choice(*pair) for pair in LISTING_NAMES.items()],
}
HELP = {"packs": N_("Pack units and what they hold: 盒=12, 箱=240.")}
NEEDED = ("code", "name")
DAY_HELP = N_("A day like 2026-12-01.")
FOR = [Choice("", N_("everybody")), *(Choice(*pair) for pair in CLASSES.items())]
SORTS = [Choice(*pair) for pair in PRICE_SORTS.items()]


def _field(name: str) -> FormField:
    label, needed, help_ = PARTICULARS[name], name in NEEDED, HELP.get(name, "")
    if is_yes(name):
        return FormField(name, label, kind=Kind.CHOICE, choices=YES_NO, default="no", rule="CAT-1")
    if name in CHOICES:
        choices = CHOICES[name]
        return FormField(name, label, kind=Kind.CHOICE, choices=choices, default=choices[0].value, rule="CAT-1")
    return FormField(name, label, required=needed, help=help_, rule="CAT-1")


PRICE = (
    FormField("sort", N_("Kind"), required=True, kind=Kind.CHOICE, choices=SORTS, rule="CAT-3"),
    FormField("price", N_("Price"), required=True, rule="CAT-3", help=N_("What one smallest unit costs.")),
    FormField("customer", N_("Customer"), help=N_("Of an agreed price: the customer's number.")),
    FormField("quantity", N_("From pieces"), help=N_("Of a quantity price.")),
    FormField("start", N_("First day"), help=DAY_HELP),
    FormField("end", N_("Last day"), help=DAY_HELP),
    FormField("classes", N_("For whom"), kind=Kind.CHOICE, choices=FOR),
    FormField("cap", N_("Most per customer"), help=N_("Of a promotion; empty: as many as they like.")),
)


def adding(desk: Desk, code: str = "") -> Change:
    """Add an item, with the code that was looked for."""
    names = [name for name in PARTICULARS if name not in ("discontinued", "replacement")]
    fields = [_field(name) for name in names]
    defaults = {field.key: field.default for field in fields} | {"code": code}

    def save(values: Mapping[str, str]) -> None:
        add_item(desk, spelled.particulars({name: text for name, text in values.items() if text}))

    return Change(N_("New item"), "", fields, save, defaults, key=f"new item {code}")


def editing(desk: Desk, found: ItemPage) -> Change:
    """Change particulars; only what was changed is written, and not over somebody else's change."""
    names = [name for name in PARTICULARS if name != "code" and name in found.values]
    before = {name: typed(found, name) for name in names}

    def save(values: Mapping[str, str]) -> None:
        changed = {name: text for name, text in values.items() if text != before[name]}
        edit_item(desk, found.code, spelled.particulars(changed), version=found.values["version"])

    return Change(N_("Edit"), found.code, [_field(name) for name in names], save, before, key=f"item {found.code}")


def typed(found: ItemPage, name: str) -> str:
    """Return a particular as somebody would type it."""
    value = found.values[name]
    if is_yes(name):
        return "yes" if value else "no"
    if name == "packs":
        return ", ".join(f"{unit}={factor}" for unit, factor in value.items())
    return str(value) if is_money(name) or is_count(name) else value


def pricing(desk: Desk, found: ItemPage) -> Change:
    """Set a price of an item."""

    def save(values: Mapping[str, str]) -> None:
        set_prices(desk, [spelled.price({**values, "item": found.code})])

    return Change(N_("Price"), found.code, PRICE, save, key=f"price {found.code}")


def endings(desk: Desk, found: ItemPage) -> Sequence[tuple[str, Change]]:
    """Offer every price that can still be ended."""
    today = desk.today()
    return [
        (price_said(line, today), _ending(desk, found, line)) for line in found.prices if line.stands(today) != "over"
    ]


def _ending(desk: Desk, found: ItemPage, line: PriceLine) -> Change:
    which = {
        "sort": line.sort, "item": found.code, "customer": line.customer, "quantity": line.quantity,
        "start": line.starts,
    }  # fmt: skip

    def save(values: Mapping[str, str]) -> None:
        end_price(desk, which, on=spelled.day("on", values["on"]))

    on = FormField("on", N_("Last day"), help=N_("Empty: it ends at once."), check=_day)
    return Change(N_("End the price"), found.code, [on], save)


def _day(text: str) -> str:
    spelled.day("on", text)
    return ""


def discontinuing(desk: Desk, found: ItemPage) -> Change:
    """Sell the item no longer."""
    instead = FormField("replacement", N_("Replacement"), help=N_("What is sold in its place: an item's code."))
    save = partial(_discontinue, desk, found)
    return Change(N_("Discontinue"), found.code, [instead], save, {"replacement": found.values["replacement"]})


def _discontinue(desk: Desk, found: ItemPage, values: Mapping[str, str]) -> None:
    discontinue(desk, found.code, replacement=values["replacement"], version=found.values["version"])


def nothing_to_end() -> str:
    """Say that no price can be ended."""
    return _("No price of it can be ended: only its list price holds.")

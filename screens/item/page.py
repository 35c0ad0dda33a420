"""An item laid out as a page: particulars, prices, and who changed what when (CAT-1, CAT-6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ordersdesk.catalogue.pages.labels import PARTICULARS, PRICE_SORTS, STANDS
from ordersdesk.catalogue.pages.queries import ItemPage, PriceLine
from ordersdesk.catalogue.pages.story import told
from ordersdesk.catalogue.particulars import CATEGORY_NAMES, LISTING_NAMES, is_count, is_money, is_yes
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.people.names import person
from screens.widgets.laying import BLANK, Line, Pair, pairs, paragraph, spread, table
from screens.widgets.rows import Column

PRICES = (
    Column(N_("Price from"), 14),
    Column(N_("Price"), 10, right=True),
    Column(N_("From pieces"), 11, right=True, drop=3),
    Column(N_("Customer"), least=14),
    Column(N_("First day"), 10),
    Column(N_("Last day"), 10),
    Column(N_("Most"), 6, right=True, drop=2),
    Column(N_("State"), 8, drop=1),
)
TONES = {"over": "muted", "coming": "label"}
HEAD = ("code", "name")


def page(found: ItemPage, desk: Desk, width: int) -> list[Line]:
    """Lay the item out."""
    values = found.values
    name = " ".join(part for part in (values["name"], values["spec"]) if part)
    return [
        spread(name, found.code, width, right_role="label"),
        *_gone(found, width),
        BLANK,
        *pairs(_facts(found), width),
        BLANK,
        *_prices(found, desk.today(), width),
        BLANK,
        ((_("Story"), "title"),),
        *pairs([(_by(row, desk), told(row)) for row in found.story], width),
    ]


def _gone(found: ItemPage, width: int) -> Iterator[Line]:
    if found.values["discontinued"]:
        text = _("No longer sold; instead: {item}").format(item=found.values["replacement"] or "–")
        yield from paragraph(text, width, role="warn")


def _facts(found: ItemPage) -> Iterator[Pair]:
    for name, label in PARTICULARS.items():
        if name not in HEAD and (text := said(found, name)):
            yield _(label), text


def said(found: ItemPage, name: str) -> str:
    """Return a particular as it is shown; what is nought or empty says nothing."""
    value = found.values.get(name)
    if not value:
        return ""
    if name == "packs":
        return word_list(f"{unit} = {factor}" for unit, factor in value.items())
    if is_money(name):
        return formatted(value)
    if is_yes(name):
        return _("yes")
    names = {"category": CATEGORY_NAMES, "listing": LISTING_NAMES}.get(name, {})
    return f"{value:,}" if is_count(name) else _(names.get(str(value), str(value)))


def _by(row: Happening, desk: Desk) -> str:
    return f"{row.at.astimezone(desk.zone):%Y-%m-%d %H:%M}  {person(desk, row.by)}"


def _prices(found: ItemPage, today: date, width: int) -> Iterator[Line]:
    if not found.prices:
        yield ((_("Only its list price."), "muted"),)
        return
    stands = [line.stands(today) for line in found.prices]
    roles = [TONES.get(one, "") for one in stands]
    yield from table(
        PRICES, [_row(line, one) for line, one in zip(found.prices, stands, strict=True)], width, roles=roles
    )


def _row(line: PriceLine, stands: str) -> tuple[str, ...]:
    for_whom = line.customer_name or line.customer or word_list(_(CLASSES[name]) for name in line.classes)
    first, last = (day.isoformat() if day else "" for day in (line.starts, line.ends))
    most = f"{line.cap:,}" if line.cap else ""
    pieces = f"{line.quantity:,}" if line.quantity else ""
    return (_(PRICE_SORTS[line.sort]), formatted(line.price), pieces, for_whom, first, last, most, _(STANDS[stands]))


CLASSES = {"key": N_("key customers"), "small": N_("small customers")}


def price_said(line: PriceLine, today: date) -> str:
    """Return a price in one line, to choose it from a list."""
    cells = (cell for cell in _row(line, line.stands(today)) if cell)
    return " · ".join(cells)

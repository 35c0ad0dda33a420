"""`customers find`, `items find`, `stock check`: the questions of a phone call, answered in a shell."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.frame.helping import Commands
from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.records import classes, credit, keeping, receiving
from ordersdesk.cli.records import items as goods
from ordersdesk.foundation.texts.language import _, labelled, pgettext
from ordersdesk.foundation.texts.texts import full_name

Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("Any part of what a caller says."))]
Most = Annotated[int, typer.Option("--limit", min=1, max=1000, help=_("At most so many."))]


def find_customers(ctx: typer.Context, text: Text, limit: Most = 20) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table, within
    from ordersdesk.customers.finding.find_queries import find

    setting = setting_of(ctx)
    found = within(find(acting(setting), text, limit=limit + 1), limit)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [_("Number"), _("Name"), _("Contact"), _("Phone"), _("Address"), _("Territory"), _("Found by")],
        ((o.number, o.name, o.contact, o.phone, o.address, o.territory, _found_by(o.why, o.matched)) for o in found),
    )


def _found_by(why: str, matched: str) -> str:
    from ordersdesk.customers.model.rules import WHY_LABELS

    return f"{_(WHY_LABELS.get(why, why))} {matched}"


def find_items(ctx: typer.Context, text: Text, limit: Most = 20) -> None:
    from ordersdesk.catalogue.queries import find
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table, within

    setting = setting_of(ctx)
    found = within(find(acting(setting), text, limit=limit + 1), limit)
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [_("Code"), _("Name"), _("English name"), _("Brand"), _("Spec"), _("Unit"), _("List price"), _("Remark")],
        (
            (o.code, o.name, o.name_en, o.brand, o.spec, o.unit, o.list_price, _gone(o.discontinued, o.replacement))
            for o in found
        ),
    )


def _gone(discontinued: bool, replacement: str) -> str:
    if not discontinued:
        return ""
    return _("no longer sold; instead {code}").format(code=replacement) if replacement else _("no longer sold")


def check_stock(
    ctx: typer.Context,
    text: Text,
    wanted: Annotated[int, typer.Option("--wanted", min=1, help=_("Pieces the caller wants."))] = 1,
    limit: Most = 20,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table, within
    from ordersdesk.cli.orders.answering import stock_answers

    setting = setting_of(ctx)
    answers = within(stock_answers(acting(setting), text, wanted=wanted, limit=limit + 1), limit)
    if setting.json:
        tell_json(answers)
        return
    aside = any(place.quarantined for a in answers for place in a.places)
    rows = [
        (
            a.code,
            full_name(a.name, a.spec),
            place.warehouse,
            place.available,
            place.on_hand,
            place.reserved,
            place.expected,
            place.due,
            *([place.quarantined] if aside else []),
        )
        for a in answers
        for place in a.places
    ]
    columns = [_("Code"), _("Name"), _("Warehouse"), _("Available"), _("On hand"), _("Reserved")]
    tell_table([*columns, pgettext("stock", "Expected"), _("Due"), *([_("Not inspected")] if aside else [])], rows)
    for answer in answers:
        print(labelled(answer.code, answer.sentence))


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    customers = Commands(help=_("Who buys."), no_args_is_help=True, epilog=example("ordersdesk customers find 8000"))
    customers.command(
        "find",
        help=_("Find customers by name, pinyin, phone, address, contact or number; phones are masked."),
        epilog=example("ordersdesk customers find 'zhang 8000'", "ordersdesk customers find 张江 --json"),
    )(find_customers)
    credit.add_to(customers)
    classes.add_to(customers)
    keeping.add_to(customers)
    app.add_typer(customers, name="customers")
    items = Commands(help=_("What can be ordered."), no_args_is_help=True, epilog=example("ordersdesk items find a4"))
    items.command(
        "find",
        help=_("Find items by code, bar code, name, pinyin, English name, brand or spec."),
        epilog=example("ordersdesk items find fyz"),
    )(find_items)
    goods.add_to(items)
    app.add_typer(items, name="items")
    stock = Commands(help=_("What is there."), no_args_is_help=True, epilog=example("ordersdesk stock check a4"))
    stock.command(
        "check",
        help=_("Say what is available where, and the sentence to say about it."),
        epilog=example("ordersdesk stock check 复印纸 --wanted 30"),
    )(check_stock)
    receiving.add_to(stock)
    app.add_typer(stock, name="stock")

"""`items show|add|edit|discontinue|price|end-price`: what product planning does about goods and prices (CAT-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _, word_list

if TYPE_CHECKING:
    from ordersdesk.foundation.desk import Desk

Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The item's code."))]
Said = Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE", help=_("What it shall be: name=… cost=…"))]
Customer = Annotated[str, typer.Option("--customer", metavar="CUSTOMER", help=_("Agreed with this customer."))]
From = Annotated[str, typer.Option("--from", metavar="PIECES", help=_("From so many pieces on."))]
Start = Annotated[str, typer.Option("--start", metavar="DAY", help=_("Its first day."))]


def show(ctx: typer.Context, code: Code) -> None:
    from ordersdesk.cli.kit.opening import acting

    _done(ctx, acting(setting_of(ctx)), code)


def _tell(desk: Desk, code: str) -> None:
    from ordersdesk.catalogue.pages.labels import PARTICULARS, PRICE_SORTS, STANDS
    from ordersdesk.catalogue.pages.queries import page_of
    from ordersdesk.catalogue.pages.story import told
    from ordersdesk.catalogue.particulars import CATEGORY_NAMES, LISTING_NAMES
    from ordersdesk.cli.kit.telling import say, tell_sheet, tell_table
    from ordersdesk.credit.names import SIZES
    from ordersdesk.people.names import person

    found, today = page_of(desk, code), desk.today()
    values = {**found.values, "packs": word_list(f"{name} = {n}" for name, n in found.values["packs"].items())}
    values |= {"category": _(CATEGORY_NAMES[values["category"]]), "listing": _(LISTING_NAMES[values["listing"]])}
    tell_sheet((_(label), values.get(name)) for name, label in PARTICULARS.items())
    columns = [
        _("Price from"),
        _("Price"),
        _("From pieces"),
        _("Customer"),
        _("First day"),
        _("Last day"),
        _("For whom"),
    ]
    tell_table(
        [*columns, _("Most per customer"), _("State")],
        (
            (_(PRICE_SORTS[o.sort]), o.price, o.quantity or "", f"{o.customer} {o.customer_name}".strip(), o.starts,
             o.ends, word_list(_(SIZES[each]) for each in o.classes), o.cap or "", _(STANDS[o.stands(today)]))
            for o in found.prices
        ),
        empty=_("Only its list price."),
    )  # fmt: skip
    for row in found.story:
        say(f"{row.at.astimezone(desk.zone):%Y-%m-%d %H:%M}  {person(desk, row.by)}  {told(row)}")


def add(ctx: typer.Context, code: Code, said: Said = None) -> None:
    from ordersdesk.catalogue.actions import add_item
    from ordersdesk.catalogue.pages.spelled import particulars
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    _done(ctx, desk, add_item(desk, {"code": code} | particulars(_fields(said))))


def edit(ctx: typer.Context, code: Code, said: Said = None) -> None:
    from ordersdesk.catalogue.actions import edit_item
    from ordersdesk.catalogue.pages.spelled import particulars
    from ordersdesk.cli.kit.opening import acting

    if not said:
        raise typer.BadParameter(_("Say what changes: list_price=23.50."), param_hint="FIELD=VALUE")
    desk = acting(setting_of(ctx))
    edit_item(desk, code, particulars(_fields(said)))
    _done(ctx, desk, code)


def discontinue(
    ctx: typer.Context,
    code: Code,
    replacement: Annotated[
        str, typer.Option("--replacement", metavar="CODE", help=_("What is sold in its place."))
    ] = "",
) -> None:
    from ordersdesk.catalogue.actions import discontinue as stop
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    stop(desk, code, replacement=replacement)
    _done(ctx, desk, code)


def price(
    ctx: typer.Context,
    code: Code,
    amount: Annotated[str, typer.Argument(metavar="PRICE", help=_("What one smallest unit costs."))],
    customer: Customer = "",
    quantity: From = "",
    start: Start = "",
    end: Annotated[str, typer.Option("--end", metavar="DAY", help=_("Its last day."))] = "",
    classes: Annotated[str, typer.Option("--for", metavar="CLASS", help=_("Only for key or small customers."))] = "",
    cap: Annotated[str, typer.Option("--most", metavar="PIECES", help=_("At most so many per customer."))] = "",
) -> None:
    from ordersdesk.catalogue.pages.spelled import price as read
    from ordersdesk.catalogue.prices.actions import set_prices
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    said = {"item": code, "price": amount, "customer": customer, "quantity": quantity, "start": start, "end": end}
    set_prices(desk, [read(said | {"classes": classes, "cap": cap})])
    _done(ctx, desk, code)


def end_price(
    ctx: typer.Context,
    code: Code,
    customer: Customer = "",
    quantity: From = "",
    start: Start = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help=_("The last day it holds; without it, it ends at once."))
    ] = "",
) -> None:
    from ordersdesk.catalogue.pages.spelled import day
    from ordersdesk.catalogue.pages.spelled import price as read
    from ordersdesk.catalogue.prices.actions import end_price as stop
    from ordersdesk.cli.kit.opening import acting

    desk = acting(setting_of(ctx))
    which = read({"item": code, "customer": customer, "quantity": quantity, "start": start})
    stop(desk, which, on=day("on", on))
    _done(ctx, desk, code)


def _fields(said: list[str] | None) -> dict[str, str]:
    pairs = [each.partition("=") for each in said or ()]
    wrong = next((name for name, sign, _value in pairs if not sign), "")
    if wrong:
        raise typer.BadParameter(_("“{text}” is not FIELD=VALUE.").format(text=wrong[:40]), param_hint="FIELD=VALUE")
    return {name.strip(): value for name, _sign, value in pairs}


def _done(ctx: typer.Context, desk: Desk, code: str) -> None:
    from ordersdesk.catalogue.pages.queries import page_of
    from ordersdesk.cli.kit.telling import tell_json

    if setting_of(ctx).json:
        found = page_of(desk, code)
        tell_json({**found.values, "prices": found.prices, "story": found.story})
    else:
        _tell(desk, code)


def add_to(items: typer.Typer) -> None:
    """Add the commands to the group `items`."""
    items.command(
        "show",
        help=_("Show an item with its prices and who changed what when."),
        epilog=example("ordersdesk items show ZH202"),
    )(show)
    items.command(
        "add",
        help=_("Add an item; planning does."),
        epilog=example("ordersdesk items add ZH999 name=复印纸 unit=包 list_price=25.00 packs=箱=5"),
    )(add)
    items.command(
        "edit",
        help=_("Change particulars of an item; planning does."),
        epilog=example("ordersdesk items edit ZH202 list_price=23.50 purchase_limit=100"),
    )(edit)
    items.command(
        "discontinue",
        help=_("Sell an item no longer, and name what takes its place."),
        epilog=example("ordersdesk items discontinue ZH202 --replacement ZH201"),
    )(discontinue)
    items.command(
        "price",
        help=_("Set a price: the list price, or one for a customer, from a quantity, or for some days (a promotion)."),
        epilog=example(
            "ordersdesk items price ZH202 23.50",
            "ordersdesk items price ZH202 20.00 --customer C000017 --start 2026-12-01",
            "ordersdesk items price ZH202 18.00 --start 2026-12-01 --end 2026-12-31 --most 20",
        ),
    )(price)
    items.command(
        "end-price",
        help=_("End a promotion or an agreed price, or take a quantity price away."),
        epilog=example(
            "ordersdesk items end-price ZH202 --start 2026-12-01", "ordersdesk items end-price ZH202 --from 10"
        ),
    )(end_price)

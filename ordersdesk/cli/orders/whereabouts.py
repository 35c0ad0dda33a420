"""`orders where` and `orders owed`: what to say to a caller who waits for goods (ORD-14)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.cli.orders.orders import group
from ordersdesk.foundation.texts.language import _


@group.command(
    "where",
    help=_("Say where an order is, in sentences for the caller."),
    epilog=example("ordersdesk orders where SO20261123-0001"),
)
def where(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The order's number."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.delivery.whereabouts.queries import where_is

    setting = setting_of(ctx)
    told = where_is(acting(setting), number)
    if setting.json:
        tell_json(told)
        return
    for sentence in told:
        say(sentence)


@group.command(
    "owed",
    help=_("List what we have not sent a customer yet."),
    epilog=example("ordersdesk orders owed C000017"),
)
def owed(
    ctx: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("Customer number."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json, tell_table
    from ordersdesk.orders.book.answer_queries import owed_to, still_to_come

    setting = setting_of(ctx)
    desk = acting(setting)
    rows = owed_to(desk, customer)
    if setting.json:
        tell_json(rows)
        return
    say(still_to_come(rows, desk.today()))
    columns = [_("Order"), _("Code"), _("Name"), _("Quantity"), _("Unit"), _("Promised")]
    if rows:
        tell_table(columns, ((r.number, r.code, r.full_name, r.quantity, r.unit, r.promised_on) for r in rows))


def add_to(_app: typer.Typer) -> None:
    """The commands belong to the group `orders`."""

"""`customers merge|block|unblock`: what a leader or a manager does about a customer's record (CUS-5, CUS-11)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _

Number = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("The customer's number."))]


def merge(
    ctx: typer.Context,
    kept: Annotated[str, typer.Argument(metavar="KEPT", help=_("The customer that stays."))],
    merged: Annotated[str, typer.Argument(metavar="MERGED", help=_("The record that goes into it."))],
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.customers.model.name_queries import known
    from ordersdesk.orders.review.standing_actions import merge as unite

    setting = setting_of(ctx)
    desk = acting(setting)
    stays, goes = known(desk, kept), known(desk, merged)
    unite(desk, kept_id=stays.id, merged_id=goes.id)
    if setting.json:
        tell_json({"kept": stays.number, "merged": goes.number})
        return
    text = _("{merged} is part of {kept} {name} now; its number still finds it.")
    say(text.format(merged=goes.number, kept=stays.number, name=stays.name))


def block(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why; agents read it out."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.customers.model.name_queries import known
    from ordersdesk.customers.records.actions import block as stop

    setting = setting_of(ctx)
    desk = acting(setting)
    who = known(desk, number)
    stop(desk, who.id, reason=reason)
    if setting.json:
        tell_json({"customer": who.number, "blocked": reason})
    else:
        say(_("{number} {name} is blocked: {reason}").format(number=who.number, name=who.name, reason=reason))


def unblock(
    ctx: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why it is lifted."))] = "",
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import say, tell_json
    from ordersdesk.customers.model.name_queries import known
    from ordersdesk.orders.review.standing_actions import unblock as lift

    setting = setting_of(ctx)
    desk = acting(setting)
    who = known(desk, number)
    lift(desk, who.id, note=note)
    if setting.json:
        tell_json({"customer": who.number, "blocked": ""})
    else:
        say(_("{number} {name} may order again.").format(number=who.number, name=who.name))


def add_to(customers: typer.Typer) -> None:
    """Add the commands to the group `customers`."""
    customers.command(
        "merge",
        help=_("Make two records of one customer one: documents follow, the old number still finds it; leaders do."),
        epilog=example("ordersdesk customers merge C000017 C000230"),
    )(merge)
    customers.command(
        "block",
        help=_("Take no more orders of a customer, with a reason."),
        epilog=example('ordersdesk customers block C000017 --reason "Bankrupt since Monday."'),
    )(block)
    customers.command(
        "unblock",
        help=_("Lift a block; managers do."),
        epilog=example('ordersdesk customers unblock C000017 --note "Paid."'),
    )(unblock)

"""`customers classes`: who is a key customer by what was bought, and who no longer (CUS-6)."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.cli.kit.options import example, setting_of
from ordersdesk.foundation.texts.language import _


def classes(
    ctx: typer.Context,
    customers: Annotated[list[str] | None, typer.Argument(metavar="CUSTOMER", help=_("Only these."))] = None,
    accept: Annotated[bool, typer.Option("--accept", help=_("Set the proposed classes; managers only."))] = False,
) -> None:
    from ordersdesk.cli.kit.opening import acting
    from ordersdesk.cli.kit.telling import tell_json, tell_table
    from ordersdesk.credit.class_actions import accept_classes
    from ordersdesk.credit.class_queries import proposals
    from ordersdesk.credit.names import SIZES

    setting = setting_of(ctx)
    desk = acting(setting)
    if accept:
        found = accept_classes(desk, numbers=customers or None)
    else:
        wanted = {number.strip().upper() for number in customers or ()}
        found = [one for one in proposals(desk) if not wanted or one.number in wanted]
    if setting.json:
        tell_json(found)
        return
    tell_table(
        [_("Number"), _("Name"), _("Average a month"), _("Class now"), _("Accepted") if accept else _("Proposed")],
        ((o.number, o.name, o.average, _(SIZES[o.before]), _(SIZES[o.after])) for o in found),
        empty=_("Every class is right."),
    )


def add_to(customers: typer.Typer) -> None:
    """Add the command to the group `customers`."""
    customers.command(
        "classes",
        help=_("List whose size class should change by the purchases of the last full months; --accept sets it."),
        epilog=example("ordersdesk customers classes", "ordersdesk customers classes C000017 --accept"),
    )(classes)
